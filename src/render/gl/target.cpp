#include "render/gl/target.hpp"

#include <algorithm>
#include <utility>

#include <epoxy/gl.h>

namespace xiangtu::render::gl {

Result<OffscreenTarget> OffscreenTarget::create(int width, int height) {
  GLint limit = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
  if (width < 1 || height < 1 || width > limit || height > limit)
    return Issue{
        IssueCode::no_opengl,
        "a picture of {0} × {1} pixels is more than this graphics driver can draw; ask for at most {2} "
        "pixels a side",
        width, height, limit};
  OffscreenTarget target;
  target.width_ = width;
  target.height_ = height;
  GLint bound = 0;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &bound);
  glGenTextures(1, &target.colour_);
  glBindTexture(GL_TEXTURE_2D, target.colour_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glBindTexture(GL_TEXTURE_2D, 0);
  glGenFramebuffers(1, &target.framebuffer_);
  glBindFramebuffer(GL_FRAMEBUFFER, target.framebuffer_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target.colour_, 0);
  const GLenum state = glCheckFramebufferStatus(GL_FRAMEBUFFER);
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(bound));
  if (state != GL_FRAMEBUFFER_COMPLETE)
    return Issue{IssueCode::no_opengl,
                 "this graphics driver cannot make a picture of {0} × {1} pixels; ask for a smaller one",
                 width, height};
  return target;
}

OffscreenTarget::OffscreenTarget(OffscreenTarget&& other) noexcept {
  *this = std::move(other);
}

OffscreenTarget& OffscreenTarget::operator=(OffscreenTarget&& other) noexcept {
  std::swap(framebuffer_, other.framebuffer_);
  std::swap(colour_, other.colour_);
  std::swap(width_, other.width_);
  std::swap(height_, other.height_);
  return *this;
}

OffscreenTarget::~OffscreenTarget() {
  release();
}

void OffscreenTarget::release() {
  if (framebuffer_) glDeleteFramebuffers(1, &framebuffer_);
  if (colour_) glDeleteTextures(1, &colour_);
}

void OffscreenTarget::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glViewport(0, 0, width_, height_);
}

scene::Image OffscreenTarget::read() const {
  scene::Image image{width_, height_, {}};
  const std::size_t row_bytes = static_cast<std::size_t>(width_) * 4;
  image.rgba.resize(row_bytes * static_cast<std::size_t>(height_));
  GLint bound = 0;
  glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &bound);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(bound));
  for (std::size_t top = 0, bottom = static_cast<std::size_t>(height_) - 1; top < bottom; ++top, --bottom)
    std::swap_ranges(image.rgba.begin() + static_cast<std::ptrdiff_t>(top * row_bytes),
                     image.rgba.begin() + static_cast<std::ptrdiff_t>((top + 1) * row_bytes),
                     image.rgba.begin() + static_cast<std::ptrdiff_t>(bottom * row_bytes));
  return image;
}

}  // namespace xiangtu::render::gl
