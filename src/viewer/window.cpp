// The window and its events.
#include <algorithm>

#include <epoxy/gl.h>
// After the OpenGL headers, or GLFW brings its own.
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <backends/imgui_impl_glfw.h>

#include "render/gl/context.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/display.hpp"
#include "viewer/session.hpp"

namespace xiangtu::viewer {

namespace {

constexpr double idle_wait_s = 0.25;

// The library's life and the window's, ended in reverse order.
struct Glfw {
  bool ready = glfwInit() == GLFW_TRUE;
  GLFWwindow* window = nullptr;
  ~Glfw() {
    if (window) glfwDestroyWindow(window);
    if (ready) glfwTerminate();
  }
};

// With Ctrl held they are added to what is open.
void on_drop(GLFWwindow* window, int count, const char** paths) {
  AppState& state = *static_cast<AppState*>(glfwGetWindowUserPointer(window));
  const std::vector<std::string> sources(paths, paths + count);
  const bool add = state.region && (glfwGetKey(window, GLFW_KEY_LEFT_CONTROL) == GLFW_PRESS ||
                                    glfwGetKey(window, GLFW_KEY_RIGHT_CONTROL) == GLFW_PRESS);
  drop_files(state, sources, add);
}

GLFWwindow* create_window(const ViewOptions& options) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  return glfwCreateWindow(options.width, options.height, "Xiangtu", nullptr, nullptr);
}

std::string window_title(const Region& region) {
  std::string title;
  for (const std::string& source : region.opened.sources)
    title += (title.empty() ? "" : ", ") + std::filesystem::path{source}.filename().string();
  return title + " – Xiangtu";
}

void frame(AppState& state, Display& display, GLFWwindow* window) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  ImGui_ImplGlfw_NewFrame();
  display.draw_frame(state, std::max(width, 1), std::max(height, 1), 0);
  glfwSwapBuffers(window);
}

}  // namespace

Status run_window(const ViewOptions& options, AppState& state) {
  Glfw glfw;
  if (!glfw.ready)
    return Issue{IssueCode::no_display,
                 "there is no display for a window; on a machine without one use --screenshot FILE.png"};
  glfw.window = create_window(options);
  if (!glfw.window)
    return Issue{
        IssueCode::no_opengl,
        "the display gives no OpenGL 3.3 window; update the graphics driver, or use --screenshot FILE.png"};
  glfwMakeContextCurrent(glfw.window);
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(glfw.window, &state);
  glfwSetDropCallback(glfw.window, on_drop);
  glfwSetWindowSizeLimits(glfw.window, 720, 480, GLFW_DONT_CARE, GLFW_DONT_CARE);
  float scale = 1;
  glfwGetWindowContentScale(glfw.window, &scale, nullptr);
  auto display = Display::create(state, scale);
  if (!display) return display.issue();
  ImGui_ImplGlfw_InitForOpenGL(glfw.window, true);
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;

  open(state, options.open);
  for (const std::string& background : options.backgrounds) add_background(state, background);
  bool begun = options.open.sources.empty();
  std::shared_ptr<const Region> titled;
  int idle_frames = 0;
  while (!glfwWindowShouldClose(glfw.window) && !state.view.quit && !options.stop.stop_requested()) {
    // A few frames after the last change the window waits for events, so that it costs nothing at rest.
    if (idle_frames > 3)
      glfwWaitEventsTimeout(idle_wait_s);
    else
      glfwPollEvents();
    const render::scene::Camera before = state.camera;
    frame(state, **display, glfw.window);
    if (state.region != titled) {
      titled = state.region;
      glfwSetWindowTitle(glfw.window, window_title(*titled).c_str());
    }
    if (!begun && state.region) {
      begun = true;
      if (const Status asked = begin_with(state, options); !asked) report(state, asked.issue());
    }
    const ImGuiIO& io = ImGui::GetIO();
    const bool moving =
        !(before == state.camera) || ImGui::IsAnyMouseDown() || io.MouseWheel != 0 || io.WantTextInput;
    idle_frames = moving || !(*display)->settled(state) ? 0 : idle_frames + 1;
  }
  state.jobs.cancel_all();
  ImGui_ImplGlfw_Shutdown();
  display->reset();
  return options.stop.stop_requested() ? Status{cancelled_issue()} : Status{};
}

}  // namespace xiangtu::viewer
