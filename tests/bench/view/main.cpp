// How fluid the window is: ./dev bench view. Opens a region as the window does, in a picture of its size, and
// measures every frame until all is there, then along a tour of the map, and along the same while the map is
// printed.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <epoxy/gl.h>
#include <imgui.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/assets.hpp"
#include "io/atomic_file.hpp"
#include "regions.hpp"
#include "render/gl/context.hpp"
#include "render/gl/target.hpp"
#include "render/page/draw_page.hpp"
#include "render/scene/labels.hpp"
#include "render/text/system_fonts.hpp"
#include "view/frames.hpp"
#include "view/tour.hpp"
#include "viewer/commands/export_map.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/display.hpp"

namespace xiangtu::bench {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double frame_s = 1.0 / 60;  // of the display that is imagined
constexpr int redraws = 9;

struct Options {
  std::string region = "60000";  // a number of villages, or a file
  int width = 1280, height = 800;
  std::string output;
};

// Since the process was begun, to the hundredth of a second that the system counts in.
double seconds_since_start() {
  std::ifstream stat{"/proc/self/stat"};
  std::string text{std::istreambuf_iterator<char>{stat}, {}};
  std::size_t at = text.rfind(')');
  for (int field = 2; field < 22; ++field) at = text.find(' ', at + 1);
  const double started = std::stod(text.substr(at)) / static_cast<double>(sysconf(_SC_CLK_TCK));
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9 - started;
}

struct Outcome {
  double first_picture_s = -1, complete_s = 0, redraw_s = 0;
  FrameTimes loading, moving, exporting;
  std::size_t exports = 0;  // begun meanwhile, one after the other
  std::size_t blank = 0;    // frames of the tour with nothing on the map: they would cost nothing
};

// The window without a window.
class Stage {
 public:
  static Result<std::unique_ptr<Stage>> create(const Options& options) {
    auto context = render::gl::OffscreenContext::create();
    if (!context) return context.issue();
    auto target = render::gl::OffscreenTarget::create(options.width, options.height);
    if (!target) return target.issue();
    auto styles = render::scene::StyleSheet::load(assets_folder() / "styles.toml");
    if (!styles) return styles.issue();
    std::unique_ptr<Stage> stage(new Stage(std::move(*context), std::move(*target), std::move(*styles)));
    auto display = viewer::Display::create(stage->state, 1);
    if (!display) return display.issue();
    stage->display_ = std::move(*display);
    ImGui::GetIO().DisplaySize = {static_cast<float>(options.width), static_cast<float>(options.height)};
    ImGui::GetIO().DeltaTime = static_cast<float>(frame_s);
    return stage;
  }

  // Milliseconds until its last pixel is there.
  double frame() {
    const auto begin = Clock::now();
    target_.bind();
    display_->draw_frame(state, target_.width(), target_.height(), target_.framebuffer());
    glFinish();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  }
  bool settled() const { return state.region && display_->settled(state); }

  // Whether there is anything on the map but paper, on one line through its middle.
  bool shows_something() const {
    const int width = state.camera.width();
    std::vector<std::uint8_t> line(static_cast<std::size_t>(width) * 4);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target_.framebuffer());
    glReadPixels(target_.width() - width, target_.height() - state.camera.height() / 2, width, 1, GL_RGBA,
                 GL_UNSIGNED_BYTE, line.data());
    const render::scene::Colour paper = state.scene.styles().paper.background;
    int other = 0;
    for (std::size_t i = 0; i < line.size(); i += 4)
      other += line[i] != paper.r || line[i + 1] != paper.g || line[i + 2] != paper.b;
    return state.scene.layers().size() > 0 && other > width / 8;
  }

  viewer::AppState state;

 private:
  Stage(render::gl::OffscreenContext context, render::gl::OffscreenTarget target,
        render::scene::StyleSheet styles)
      : state(std::make_shared<const render::scene::StyleSheet>(std::move(styles))),
        context_(std::move(context)),
        target_(std::move(target)) {}

  render::gl::OffscreenContext context_;
  render::gl::OffscreenTarget target_;
  std::unique_ptr<viewer::Display> display_;
};

// As a display would show it: the rest of a frame's time belongs to the jobs.
double shown_frame(Stage& stage) {
  const double ms = stage.frame();
  std::this_thread::sleep_for(std::chrono::duration<double>(std::max(frame_s - ms / 1000, 0.0)));
  return ms;
}

void load(Stage& stage, const fs::path& region, Outcome& outcome) {
  stage.frame();  // the empty window
  viewer::open(stage.state, {{region.string()}, std::nullopt});
  while (!stage.settled() && (stage.state.region || !stage.state.jobs.jobs().empty())) {
    outcome.loading.add(shown_frame(stage));
    if (outcome.first_picture_s < 0 && stage.shows_something())
      outcome.first_picture_s = seconds_since_start();
  }
  outcome.complete_s = seconds_since_start();
}

// Where there is much to see: at three features of the layer that has most.
std::vector<geodesy::LonLat> places_of(const render::scene::Scene& scene) {
  const auto& layers = scene.layers();
  const auto most = std::max_element(layers.begin(), layers.end(), [](const auto& a, const auto& b) {
    return a.table->size() < b.table->size();
  });
  std::vector<geodesy::LonLat> places;
  if (most == layers.end()) return places;
  const auto& geometry = most->table->geometry;
  for (const std::size_t quarter : {1, 2, 3}) {
    const std::size_t row = geometry.size() * quarter / 4;
    if (!geometry.empty_at(row)) places.push_back(geometry.representative(row));
  }
  return places;
}

void move(Stage& stage, Outcome& outcome) {
  viewer::fit_all(stage.state);
  const std::vector<geodesy::LonLat> places = places_of(stage.state.scene);
  for (const render::scene::Camera& camera : tour(stage.state.camera, places)) {
    stage.state.camera = camera;
    outcome.moving.add(shown_frame(stage));
    outcome.blank += !stage.shows_something();
  }
  viewer::fit_all(stage.state);
}

// The same tour while maps are written, each as large as A3 in print.
Status move_and_export(Stage& stage, Outcome& outcome) {
  viewer::AppState& state = stage.state;
  const fs::path file = fs::temp_directory_path() / ("xiangtu-bench-" + std::to_string(::getpid()) + ".png");
  state.exporting.sheet.size = "A3";
  state.exporting.sheet.dpi = 300;
  viewer::fit_all(state);
  for (const render::scene::Camera& camera : tour(state.camera, places_of(state.scene))) {
    if (state.jobs.jobs().empty()) {
      if (const Status begun = viewer::export_map(state, file.string()); !begun) return begun;
      ++outcome.exports;
    }
    state.camera = camera;
    outcome.exporting.add(shown_frame(stage));
  }
  while (!state.jobs.jobs().empty()) outcome.exporting.add(shown_frame(stage));
  std::error_code error;
  fs::remove(file, error);
  viewer::fit_all(state);
  return {};
}

// A picture of the whole map as the `map` command draws it, from what is in memory: the median of some.
Result<double> redraw(Stage& stage) {
  render::scene::Scene& scene = stage.state.scene;
  const auto fonts = render::text::system_fonts(render::scene::names_on(scene));
  render::scene::MapSheet sheet;
  sheet.width = 1920;
  sheet.height = 1080;
  Progress progress;
  FrameTimes times;
  for (int i = 0; i <= redraws; ++i) {  // the first makes the tiles
    const auto begin = Clock::now();
    const auto picture = render::page::draw_picture(scene, sheet, fonts, progress);
    if (!picture) return picture.issue();
    if (i > 0) times.add(std::chrono::duration<double>(Clock::now() - begin).count());
  }
  return times.percentile(0.5);
}

Result<Outcome> measure(const Options& options, const fs::path& region) {
  Outcome outcome;
  auto stage = Stage::create(options);
  if (!stage) return stage.issue();
  load(**stage, region, outcome);
  if (!(*stage)->state.region)
    return Issue{IssueCode::input, "{0} cannot be shown: {1}", region.string(),
                 (*stage)->state.notices.front().text};
  move(**stage, outcome);
  if (const Status exported = move_and_export(**stage, outcome); !exported) return exported.issue();
  const Result<double> redrawn = redraw(**stage);
  if (!redrawn) return redrawn.issue();
  outcome.redraw_s = *redrawn;
  return outcome;
}

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

nlohmann::ordered_json summary(const FrameTimes& times) {
  return {{"frames", times.count()},
          {"p50_ms", rounded(times.percentile(0.5))},
          {"p95_ms", rounded(times.percentile(0.95))},
          {"p99_ms", rounded(times.percentile(0.99))},
          {"longest_ms", rounded(times.percentile(1))}};
}

int report(const Issue& issue) {
  std::fprintf(stderr, "xiangtu_bench_view: %s\n", issue.message.english().c_str());
  return exit_status(issue.code);
}

int show(const Options& options) {
  const std::string& name = options.region;
  const bool number = name.find_first_not_of("0123456789") == std::string::npos;
  const fs::path built = XIANGTU_BINARY_DIR;
  const Result<fs::path> region = number ? region_of(std::stoull(name), built / "xiangtu",
                                                     fs::path(XIANGTU_SOURCE_DIR) / "build" / "bench")
                                         : Result<fs::path>{fs::path{name}};
  if (!region) return report(region.issue());
  const Result<Outcome> outcome = measure(options, *region);
  if (!outcome) return report(outcome.issue());
  const nlohmann::ordered_json json{{"region", region->string()},
                                    {"width", options.width},
                                    {"height", options.height},
                                    {"first_picture_s", rounded(outcome->first_picture_s)},
                                    {"complete_s", rounded(outcome->complete_s)},
                                    {"loading", summary(outcome->loading)},
                                    {"moving", summary(outcome->moving)},
                                    {"blank_frames", outcome->blank},
                                    {"exporting", summary(outcome->exporting)},
                                    {"exports", outcome->exports},
                                    {"redraw_1920x1080_s", rounded(outcome->redraw_s)}};
  const std::string text = json.dump(2) + "\n";
  std::fputs(text.c_str(), stdout);
  if (options.output.empty()) return 0;
  const Status written = io::write_file(options.output, text);
  return written ? 0 : report(written.issue());
}

}  // namespace

}  // namespace xiangtu::bench

int main(int count, char** words) {
  using namespace xiangtu::bench;
  CLI::App app{"Measures the frames of the window: while a region is opened, and along a tour of its map"};
  Options options;
  app.add_option("REGION", options.region, "a number of villages, or a file")->capture_default_str();
  app.add_option("--width", options.width)->capture_default_str();
  app.add_option("--height", options.height)->capture_default_str();
  app.add_option("-o,--output", options.output, "also write the results there")->type_name("FILE.json");
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return show(options);
}
