// The window and its events.
#include <algorithm>
#include <utility>

#include <epoxy/gl.h>
// After the OpenGL headers, or GLFW brings its own.
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <backends/imgui_impl_glfw.h>

#include "render/gl/context.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/commands/watching.hpp"
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

// The upper edge, by which a window is taken, is on a screen that is there.
bool on_a_screen(const WindowPlace& place) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0, y = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(monitors[i], &x, &y, &width, &height);
    const int middle = place.x + place.width / 2;
    if (middle >= x && middle < x + width && place.y >= y && place.y < y + height - 40) return true;
  }
  return false;
}

GLFWwindow* create_window(const ViewOptions& options, const WindowPlace& place) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  const bool known = place.width > 0;
  GLFWwindow* window = glfwCreateWindow(known ? place.width : options.width,
                                        known ? place.height : options.height, "Xiangtu", nullptr, nullptr);
  if (window && known && on_a_screen(place)) glfwSetWindowPos(window, place.x, place.y);
  return window;
}

WindowPlace place_of(GLFWwindow* window) {
  WindowPlace place;
  glfwGetWindowPos(window, &place.x, &place.y);
  glfwGetWindowSize(window, &place.width, &place.height);
  return place;
}

// Sources that were asked for, else the last session, unless it broke off: then the user decides.
void open_first(const ViewOptions& options, AppState& state, bool ended_well) {
  if (!options.open.sources.empty()) return open(state, options.open);
  std::optional<Session> last = read_session();
  if (!last) return;
  if (ended_well && options.backgrounds.empty())
    restore(state, std::move(*last));
  else
    state.session.offered = std::move(last);
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

Status run_window(const ViewOptions& options, AppState& state, const Settings& remembered) {
  Glfw glfw;
  if (!glfw.ready)
    return Issue{IssueCode::no_display,
                 "there is no display for a window; on a machine without one use --screenshot FILE.png"};
  glfw.window = create_window(options, options.size_asked ? WindowPlace{} : remembered.window);
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

  Settings kept = settings_of(state, remembered.window, false);
  write_settings(kept);
  open_first(options, state, remembered.ended);
  for (const std::string& background : options.backgrounds) add_background(state, background);
  double last_frame = glfwGetTime();
  bool focused = true;
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
      if (const Status asked = begin_with(state, options); !asked)
        report(state, asked.issue(), NoticeAbout::region);
    }
    const double now = glfwGetTime(), passed = now - std::exchange(last_frame, now);
    const bool has_focus = glfwGetWindowAttrib(glfw.window, GLFW_FOCUSED) == GLFW_TRUE;
    watch_sources(state, passed, has_focus && !focused);
    focused = has_focus;
    if (write_session_soon(state, passed))
      if (Settings now_are = settings_of(state, place_of(glfw.window), false); now_are != kept) {
        kept = std::move(now_are);
        state.watch.jobs.start("", [kept](Progress&) { write_settings(kept); });
      }
    const ImGuiIO& io = ImGui::GetIO();
    const bool moving =
        !(before == state.camera) || ImGui::IsAnyMouseDown() || io.MouseWheel != 0 || io.WantTextInput;
    idle_frames = moving || !(*display)->settled(state) ? 0 : idle_frames + 1;
  }
  state.jobs.cancel_all();
  write_session(state);
  write_settings(settings_of(state, place_of(glfw.window), true));
  ImGui_ImplGlfw_Shutdown();
  display->reset();
  return options.stop.stop_requested() ? Status{cancelled_issue()} : Status{};
}

}  // namespace xiangtu::viewer
