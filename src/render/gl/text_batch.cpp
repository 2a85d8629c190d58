#include "render/gl/text_batch.hpp"

#include <cmath>
#include <cstddef>

#include "render/text/characters.hpp"

namespace xiangtu::render::gl {

void TextBatch::add(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline, double size,
                    scene::Colour colour, scene::Colour halo, double halo_px) {
  if (halo.a > 0 && halo_px > 0) add_glyphs(fonts, utf8, left_baseline, size, halo, halo_px, halos_);
  add_glyphs(fonts, utf8, left_baseline, size, colour, 0, texts_);
}

void TextBatch::add_turned(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline,
                           double angle, double size, scene::Colour colour, scene::Colour halo,
                           double halo_px) {
  if (halo.a > 0 && halo_px > 0)
    add_turned_glyphs(fonts, utf8, left_baseline, angle, size, halo, halo_px, halos_);
  add_turned_glyphs(fonts, utf8, left_baseline, angle, size, colour, 0, texts_);
}

void TextBatch::add_turned_glyphs(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline,
                                  double angle, double size, scene::Colour colour, double outline,
                                  std::vector<Vertex>& vertices) {
  constexpr float rim = 0.5f;  // texels around the glyph, into the gap: its edge fades as smoothly as within
  const auto c = static_cast<float>(std::cos(angle)), s = static_cast<float>(std::sin(angle));
  const auto x0 = static_cast<float>(left_baseline.x), y0 = static_cast<float>(left_baseline.y);
  float pen = 0;
  for (const char32_t character : text::characters(utf8)) {
    const text::Glyph& glyph = fonts.glyph(character, size, outline);
    const auto w = static_cast<float>(glyph.width), h = static_cast<float>(glyph.height);
    const auto corner = [&](float along, float below) {  // texels of the glyph
      const float x = pen + glyph.left + along, y = below - glyph.top;
      return Vertex{x0 + x * c - y * s, y0 + x * s + y * c, static_cast<float>(glyph.u) + along,
                    static_cast<float>(glyph.v) + below, colour};
    };
    if (w > 0) {
      const Vertex p = corner(-rim, -rim), q = corner(w + rim, -rim), r = corner(-rim, h + rim),
                   t = corner(w + rim, h + rim);
      vertices.insert(vertices.end(), {p, q, r, q, t, r});
    }
    pen += glyph.advance;
  }
}

void TextBatch::add_glyphs(text::Fonts& fonts, std::string_view utf8, scene::ScreenPoint left_baseline,
                           double size, scene::Colour colour, double outline, std::vector<Vertex>& vertices) {
  double pen = left_baseline.x;
  for (const char32_t character : text::characters(utf8)) {
    const text::Glyph& glyph = fonts.glyph(character, size, outline);
    const auto x = static_cast<float>(std::round(pen) + glyph.left);
    const auto y = static_cast<float>(std::round(left_baseline.y) - glyph.top);
    const auto u = static_cast<float>(glyph.u);
    const auto v = static_cast<float>(glyph.v);
    const auto w = static_cast<float>(glyph.width);
    const auto h = static_cast<float>(glyph.height);
    if (w > 0) {
      const Vertex a{x, y, u, v, colour}, b{x + w, y, u + w, v, colour};
      const Vertex c{x, y + h, u, v + h, colour}, d{x + w, y + h, u + w, v + h, colour};
      vertices.insert(vertices.end(), {a, b, c, b, d, c});
    }
    pen += glyph.advance;
  }
}

void TextBatch::upload_atlas(const text::Fonts& fonts) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, atlas_.id());
  if (atlas_revision_ == fonts.atlas_revision()) return;
  atlas_revision_ = fonts.atlas_revision();
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, fonts.atlas_width(), fonts.atlas_height(), 0, GL_RED,
               GL_UNSIGNED_BYTE, fonts.atlas().data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

void TextBatch::draw(text::Fonts& fonts, Program& program, int width, int height) {
  if (texts_.empty()) return;
  halos_.insert(halos_.end(), texts_.begin(), texts_.end());
  upload_atlas(fonts);
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(halos_.size() * sizeof(Vertex)), halos_.data(),
               GL_STREAM_DRAW);
  const auto at = [](std::size_t bytes) { return reinterpret_cast<const void*>(bytes); };
  glEnableVertexAttribArray(0);
  glEnableVertexAttribArray(1);
  glEnableVertexAttribArray(2);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), at(0));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), at(offsetof(Vertex, u)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(Vertex), at(offsetof(Vertex, colour)));
  program.use();
  program.set("viewport", static_cast<float>(width), static_cast<float>(height));
  program.set("atlas", 0);
  glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(halos_.size()));
  halos_.clear();
  texts_.clear();
}

}  // namespace xiangtu::render::gl
