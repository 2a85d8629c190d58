#include "render/gl/context.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <epoxy/egl.h>
#include <epoxy/gl.h>

namespace xiangtu::render::gl {

namespace {

constexpr EGLenum platform_surfaceless_mesa = 0x31DD;

Issue no_context(std::string_view step) {
  return {IssueCode::no_opengl,
          "OpenGL is not available for drawing without a window ({0} failed); install the Mesa drivers "
          "(packages libegl1 and libgl1-mesa-dri) or set LIBGL_ALWAYS_SOFTWARE=1",
          step};
}

// libepoxy resolves this entry point only once a display is there, so it is asked for by name.
EGLDisplay surfaceless_display() {
  using GetPlatformDisplay = EGLDisplay (*)(EGLenum, void*, const EGLint*);
  const auto get = reinterpret_cast<GetPlatformDisplay>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
  return get ? get(platform_surfaceless_mesa, EGL_DEFAULT_DISPLAY, nullptr) : EGL_NO_DISPLAY;
}

bool initialise(EGLDisplay display) {
  return display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr) == EGL_TRUE;
}

}  // namespace

// The display is left initialised: EGL shares it between all contexts of the process.
struct OffscreenContext::Handles {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  EGLSurface surface = EGL_NO_SURFACE;

  ~Handles() {
    if (display == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
  }
};

Result<OffscreenContext> OffscreenContext::create() {
  auto handles = std::make_unique<Handles>();
  bool needs_surface = false;
  EGLDisplay display = surfaceless_display();
  if (!initialise(display)) {
    display = eglGetDisplay(EGL_DEFAULT_DISPLAY);
    needs_surface = true;
    if (!initialise(display)) return no_context("eglInitialize");
  }
  handles->display = display;
  if (!eglBindAPI(EGL_OPENGL_API)) return no_context("eglBindAPI");
  const std::array<EGLint, 9> wanted{EGL_SURFACE_TYPE,
                                     needs_surface ? EGL_PBUFFER_BIT : 0,
                                     EGL_RENDERABLE_TYPE,
                                     EGL_OPENGL_BIT,
                                     EGL_RED_SIZE,
                                     8,
                                     EGL_ALPHA_SIZE,
                                     8,
                                     EGL_NONE};
  EGLConfig config = nullptr;
  EGLint found = 0;
  if (!eglChooseConfig(display, wanted.data(), &config, 1, &found) || found == 0)
    return no_context("eglChooseConfig");
  const std::array<EGLint, 7> version{EGL_CONTEXT_MAJOR_VERSION,
                                      3,
                                      EGL_CONTEXT_MINOR_VERSION,
                                      3,
                                      EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                      EGL_NONE};
  handles->context = eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
  if (handles->context == EGL_NO_CONTEXT) return no_context("eglCreateContext");
  if (needs_surface) {
    const std::array<EGLint, 5> size{EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE};
    handles->surface = eglCreatePbufferSurface(display, config, size.data());
  }
  OffscreenContext context{std::move(handles)};
  if (const Status current = context.make_current(); !current) return current.issue();
  if (const Status new_enough = check_opengl(); !new_enough) return new_enough.issue();
  return context;
}

OffscreenContext::OffscreenContext(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}
OffscreenContext::OffscreenContext(OffscreenContext&&) noexcept = default;
OffscreenContext& OffscreenContext::operator=(OffscreenContext&&) noexcept = default;
OffscreenContext::~OffscreenContext() = default;

Status OffscreenContext::make_current() const {
  if (!eglMakeCurrent(handles_->display, handles_->surface, handles_->surface, handles_->context))
    return no_context("eglMakeCurrent");
  return {};
}

Status check_opengl() {
  if (epoxy_is_desktop_gl() && epoxy_gl_version() >= 33) return {};
  return Issue{IssueCode::no_opengl,
               "OpenGL 3.3 is needed, but this driver offers {0}; update the graphics driver or set "
               "LIBGL_ALWAYS_SOFTWARE=1 to draw in software",
               opengl_description()};
}

std::string opengl_description() {
  const auto text = [](GLenum name) {
    const GLubyte* value = glGetString(name);
    return value ? std::string{reinterpret_cast<const char*>(value)} : std::string{"?"};
  };
  return text(GL_VERSION) + ", " + text(GL_RENDERER);
}

}  // namespace xiangtu::render::gl
