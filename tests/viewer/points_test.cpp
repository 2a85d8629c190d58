// A source that has points and nothing that shows from afar.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "render/scene/furniture.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/demo_state.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;
namespace fs = std::filesystem;
namespace scene = xiangtu::render::scene;

namespace {

// 11,000 water works, three degrees across, with a few large ones in a corner.
struct Works {
  fs::path folder;
  std::string file;
  Works() {
    std::string pattern = (fs::temp_directory_path() / "xiangtu-points-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    file = (folder / "water_projects.geojson").string();
    std::ofstream out(file);
    out << R"({"type":"FeatureCollection","features":[)";
    for (int i = 0; i < 11'000; ++i)
      out << (i > 0 ? "," : "")
          << fmt::format(R"({{"type":"Feature","properties":{{"type":"{}"}},"geometry":)"
                         R"({{"type":"Point","coordinates":[{:.4f},{:.4f}]}}}})",
                         i < 3 ? "over_10k" : "small_central", 33 + i % 100 * (3.0 / 99),
                         -16 + i / 100 * (3.0 / 109));
    out << "]}";
  }
  ~Works() { fs::remove_all(folder); }
};

bool shows_something(AppState& state) {
  Progress progress;
  state.scene.settle(state.camera, progress);
  return !scene::legend_of(state.scene, state.camera, Language::english).empty();
}

bool all_in_view(const AppState& state) {
  const geodesy::LonLatBox box = state.scene.box();
  const auto a = state.camera.to_screen(box.min), b = state.camera.to_screen(box.max);
  return std::min(a.x, b.x) >= 0 && std::max(a.x, b.x) <= state.camera.width() && std::min(a.y, b.y) >= 0 &&
         std::max(a.y, b.y) <= state.camera.height();
}

}  // namespace

TEST_CASE("points alone are seen when they are opened, and as the camera moves", "[viewer]") {
  const Works works;
  const auto state = fresh_state();
  open(*state, {{works.file}, std::nullopt});
  finish_jobs(*state);
  REQUIRE(state->region);
  CHECK(state->camera.zoom() < 9);  // where the styles show none
  CHECK(state->camera.zoom() > 5);
  CHECK(all_in_view(*state));
  CHECK(shows_something(*state));
  for (const double zoom : {4.0, 7.0, 9.5, 12.0}) {
    state->camera.set_zoom(zoom);
    INFO(zoom);
    CHECK(shows_something(*state));
  }
}

TEST_CASE("points alone come back as they were left", "[viewer]") {
  const Works works;
  const auto state = fresh_state();
  open(*state, {{works.file}, std::nullopt});
  finish_jobs(*state);
  state->camera.set_zoom(8.5);
  const Session session = session_of(*state);
  const auto again = fresh_state();
  restore(*again, session);
  finish_jobs(*again);
  CHECK(again->camera.zoom() == Approx(8.5));
  CHECK(shows_something(*again));
}

TEST_CASE("a window that is smaller by now shows something as well when all is brought into view",
          "[viewer]") {
  const Works works;
  const auto state = fresh_state();
  state->camera.resize(12'000, 9'000, 1);  // where the large works show by their styles
  open(*state, {{works.file}, std::nullopt});
  finish_jobs(*state);
  CHECK(state->camera.zoom() > 9);
  CHECK_FALSE(state->scene.layers()[0].at_every_zoom);
  state->camera.resize(600, 400, 1);
  fit_all(*state);
  CHECK(shows_something(*state));
}

TEST_CASE("a region that boundaries show keeps to the zooms of its styles", "[viewer]") {
  const auto state = demo_state();
  fit_all(*state);
  for (const scene::MapLayer& layer : state->scene.layers()) CHECK_FALSE(layer.at_every_zoom);
}
