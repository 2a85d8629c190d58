#include "render/gl/box_batch.hpp"

#include <cstddef>

namespace xiangtu::render::gl {

void BoxBatch::add(const scene::LabelBox& box) {
  constexpr float beyond = 1;  // room for the smooth edge
  const auto left = static_cast<float>(box.min.x), top = static_cast<float>(box.min.y);
  const auto right = static_cast<float>(box.max.x), bottom = static_cast<float>(box.max.y);
  const auto corner = [&](float x, float y) {
    return Vertex{x,
                  y,
                  (left + right) / 2,
                  (top + bottom) / 2,
                  (right - left) / 2,
                  (bottom - top) / 2,
                  static_cast<float>(box.radius),
                  static_cast<float>(box.outline_width),
                  box.fill,
                  box.outline};
  };
  const Vertex a = corner(left - beyond, top - beyond), b = corner(right + beyond, top - beyond),
               c = corner(left - beyond, bottom + beyond), d = corner(right + beyond, bottom + beyond);
  vertices_.insert(vertices_.end(), {a, b, c, b, d, c});
}

void BoxBatch::draw(Program& program, int width, int height) {
  if (vertices_.empty()) return;
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices_.size() * sizeof(Vertex)), vertices_.data(),
               GL_STREAM_DRAW);
  const auto field = [](GLuint number, GLint size, GLenum type, bool normalised, std::size_t offset) {
    glEnableVertexAttribArray(number);
    glVertexAttribPointer(number, size, type, normalised ? GL_TRUE : GL_FALSE, sizeof(Vertex),
                          reinterpret_cast<const void*>(offset));
  };
  field(0, 2, GL_FLOAT, false, offsetof(Vertex, x));
  field(1, 2, GL_FLOAT, false, offsetof(Vertex, middle_x));
  field(2, 2, GL_FLOAT, false, offsetof(Vertex, half_width));
  field(3, 2, GL_FLOAT, false, offsetof(Vertex, radius));
  field(4, 4, GL_UNSIGNED_BYTE, true, offsetof(Vertex, fill));
  field(5, 4, GL_UNSIGNED_BYTE, true, offsetof(Vertex, outline));
  program.use();
  program.set("viewport", static_cast<float>(width), static_cast<float>(height));
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(vertices_.size()));
  vertices_.clear();
}

}  // namespace xiangtu::render::gl
