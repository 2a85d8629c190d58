// An OpenGL 3.3 core context without a window, on EGL: surfaceless where the driver can, else a pbuffer
// on the default display. Needs no DISPLAY. One thread at a time.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"

namespace xiangtu::render::gl {

class OffscreenContext {
 public:
  // Current on the calling thread when it succeeds. Error no_opengl says what to install or set.
  static Result<OffscreenContext> create();
  OffscreenContext(OffscreenContext&&) noexcept;
  OffscreenContext& operator=(OffscreenContext&&) noexcept;
  ~OffscreenContext();

  Status make_current() const;

 private:
  struct Handles;
  explicit OffscreenContext(std::unique_ptr<Handles> handles);
  std::unique_ptr<Handles> handles_;
};

// no_opengl with version and renderer when the current context has less than OpenGL 3.3.
Status check_opengl();
// "4.5 (Core Profile) Mesa …, llvmpipe": for logs and about boxes.
std::string opengl_description();

}  // namespace xiangtu::render::gl
