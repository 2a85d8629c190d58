// A framebuffer of any size to draw into and read back. Needs a current context for all its life.
#pragma once

#include "base/result.hpp"
#include "render/scene/image.hpp"

namespace xiangtu::render::gl {

class OffscreenTarget {
 public:
  // Error no_opengl when the size is more than the driver takes.
  static Result<OffscreenTarget> create(int width, int height);
  OffscreenTarget(OffscreenTarget&& other) noexcept;
  OffscreenTarget& operator=(OffscreenTarget&& other) noexcept;
  ~OffscreenTarget();

  int width() const { return width_; }
  int height() const { return height_; }
  unsigned texture() const { return colour_; }  // RGBA8, lower left origin
  unsigned framebuffer() const { return framebuffer_; }

  // Makes it the current framebuffer with a viewport of its size.
  void bind() const;
  // Top row first.
  scene::Image read() const;

 private:
  OffscreenTarget() = default;
  void release();
  unsigned framebuffer_ = 0;
  unsigned colour_ = 0;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace xiangtu::render::gl
