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
#include "viewer/key_latch.hpp"
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

// What the window's events act on.
struct Events {
  AppState& state;
  KeyLatch keys;
};

Events& events_of(GLFWwindow* window) {
  return *static_cast<Events*>(glfwGetWindowUserPointer(window));
}

void on_key(GLFWwindow* window, int key, int, int action, int modifiers) {
  if (action != GLFW_PRESS || key < 0) return;
  events_of(window).keys.press(key, {(modifiers & GLFW_MOD_CONTROL) != 0, (modifiers & GLFW_MOD_SHIFT) != 0,
                                     (modifiers & GLFW_MOD_ALT) != 0});
}

// With Ctrl held they are added to what is open.
void on_drop(GLFWwindow* window, int count, const char** paths) {
  AppState& state = events_of(window).state;
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

// Sources that were asked for, as the last session left them where it was of them; where none were, the last
// session. One that broke off is left to the user to decide on.
void open_first(const ViewOptions& options, AppState& state, bool ended_well) {
  const bool asked = !options.open.sources.empty();
  std::optional<Session> last = read_session();
  const bool may_restore = last && ended_well && options.backgrounds.empty();
  if (may_restore && (!asked || is_of(*last, options.open))) return restore(state, std::move(*last));
  if (asked) return open(state, options.open);
  state.session.offered = std::move(last);
}

std::string window_title(const Region& region) {
  std::string title;
  for (const std::string& source : region.opened.sources)
    title += (title.empty() ? "" : ", ") + std::filesystem::path{source}.filename().string();
  return title + " – Xiangtu";
}

void frame(Events& events, Display& display, GLFWwindow* window) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  ImGui_ImplGlfw_NewFrame();
  events.keys.before_frame(ImGui::GetIO());
  display.draw_frame(events.state, std::max(width, 1), std::max(height, 1), 0);
  events.keys.after_frame(ImGui::GetIO());
  glfwSwapBuffers(window);
}

// The window with its OpenGL context and its callbacks.
Status open_window(const ViewOptions& options, Events& events, const WindowPlace& place, Glfw& glfw) {
  if (!glfw.ready)
    return Issue{IssueCode::no_display,
                 "there is no display for a window; on a machine without one use --screenshot FILE.png"};
  glfw.window = create_window(options, place);
  if (!glfw.window)
    return Issue{IssueCode::no_opengl,
                 "the display gives no OpenGL 3.3 window; update the graphics driver, or set "
                 "LIBGL_ALWAYS_SOFTWARE=1 to "
                 "draw in software"};
  glfwMakeContextCurrent(glfw.window);
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(glfw.window, &events);
  glfwSetDropCallback(glfw.window, on_drop);
  glfwSetKeyCallback(glfw.window, on_key);  // ImGui's, which comes after, calls it first
  glfwSetWindowSizeLimits(glfw.window, 720, 480, GLFW_DONT_CARE, GLFW_DONT_CARE);
  return {};
}

float scale_of(GLFWwindow* window) {
  float scale = 1;
  glfwGetWindowContentScale(window, &scale, nullptr);
  return scale;
}

// Frame by frame until the window is closed.
class Running {
 public:
  Running(const ViewOptions& options, Events& events, Display& display, GLFWwindow* window, Settings kept)
      : options_(options),
        events_(events),
        state_(events.state),
        display_(display),
        window_(window),
        kept_(std::move(kept)),
        begun_(options.open.sources.empty()) {}

  bool goes_on() const {
    return !glfwWindowShouldClose(window_) && !state_.view.quit && !options_.stop.stop_requested();
  }

  void step() {
    // A few frames after the last change the window waits for events, so that it costs nothing at rest.
    if (idle_frames_ > 3)
      glfwWaitEventsTimeout(idle_wait_s);
    else
      glfwPollEvents();
    const render::scene::Camera before = state_.camera;
    frame(events_, display_, window_);
    greet_region();
    const double now = glfwGetTime(), passed = now - std::exchange(last_frame_, now);
    keep(passed);
    const ImGuiIO& io = ImGui::GetIO();
    const bool moving =
        !(before == state_.camera) || ImGui::IsAnyMouseDown() || io.MouseWheel != 0 || io.WantTextInput;
    idle_frames_ = moving || !display_.settled(state_) ? 0 : idle_frames_ + 1;
  }

 private:
  // One that has come since the last frame: its title; what was asked for on the command line, once.
  void greet_region() {
    if (state_.region != titled_) {
      titled_ = state_.region;
      glfwSetWindowTitle(window_, window_title(*titled_).c_str());
    }
    if (begun_ || !state_.region) return;
    begun_ = true;
    if (const Status asked = begin_with(state_, options_); !asked)
      report(state_, asked.issue(), NoticeAbout::region);
  }

  // Looks at the files that are open, and writes down what is to be found again.
  void keep(double passed) {
    const bool has_focus = glfwGetWindowAttrib(window_, GLFW_FOCUSED) == GLFW_TRUE;
    watch_sources(state_, passed, has_focus && !focused_);
    focused_ = has_focus;
    if (!write_session_soon(state_, passed)) return;
    Settings now_are = settings_of(state_, place_of(window_), false);
    if (now_are == kept_) return;
    kept_ = std::move(now_are);
    state_.watch.jobs.start("", [kept = kept_](Progress&) { write_settings(kept); });
  }

  const ViewOptions& options_;
  Events& events_;
  AppState& state_;
  Display& display_;
  GLFWwindow* window_;
  Settings kept_;  // as they stand in the file
  bool begun_;
  std::shared_ptr<const Region> titled_;
  double last_frame_ = glfwGetTime();
  bool focused_ = true;
  int idle_frames_ = 0;
};

}  // namespace

Status run_window(const ViewOptions& options, AppState& state, const Settings& remembered) {
  Events events{state, {}};
  Glfw glfw;
  if (Status opened =
          open_window(options, events, options.size_asked ? WindowPlace{} : remembered.window, glfw);
      !opened)
    return opened;
  auto display = Display::create(state, scale_of(glfw.window));
  if (!display) return display.issue();
  ImGui_ImplGlfw_InitForOpenGL(glfw.window, true);
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;

  Settings kept = settings_of(state, remembered.window, false);
  write_settings(kept);
  open_first(options, state, remembered.ended);
  for (const std::string& background : options.backgrounds) add_background(state, background);
  Running running(options, events, **display, glfw.window, std::move(kept));
  while (running.goes_on()) running.step();
  state.jobs.cancel_all();
  write_session(state);
  write_settings(settings_of(state, place_of(glfw.window), true));
  ImGui_ImplGlfw_Shutdown();
  display->reset();
  return options.stop.stop_requested() ? Status{cancelled_issue()} : Status{};
}

}  // namespace xiangtu::viewer
