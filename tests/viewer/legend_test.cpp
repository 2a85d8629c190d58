// The legend's panel on the map: as high as the map allows, scrolled by the wheel, never smaller.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "render/gl/context.hpp"
#include "render/gl/target.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/display.hpp"
#include "viewer/fingers.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;

namespace {

// A laid out legend of so many pixels.
render::scene::Furniture content(double width, double height) {
  render::scene::Furniture furniture;
  furniture.map = {0, 0, width, height};
  furniture.texts.push_back({"Roads", {8, 17}, 12, {}, {}});
  return furniture;
}

}  // namespace

TEST_CASE("the legend's panel stays on the map, whatever its content") {
  LegendState legend;
  for (const auto& [width, height, ratio] : {std::tuple{800, 600, 1.0}, {640, 90, 1.0}, {2000, 1400, 2.0}}) {
    const render::scene::Camera camera{width, height, ratio};
    legend.content = {};
    CHECK_FALSE(legend_panel(legend, camera));
    for (const double high : {40.0, 300.0, 599.0, 5000.0}) {
      CAPTURE(width, height, high);
      legend.content = content(150, high);
      const auto panel = legend_panel(legend, camera);
      REQUIRE(panel);
      CHECK(panel->y >= 0);
      CHECK(panel->y + panel->height <= height);
      CHECK(panel->x + panel->width <= width);
      CHECK(panel->width >= 150);
      const bool whole = panel->height >= high;
      CHECK((whole || panel->height > height * 0.7));
      CHECK((panel->width > 150) == !whole);  // by a scroll bar
    }
  }
}

TEST_CASE("the wheel over a legend that is too high scrolls it and leaves the map", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  state->legend.content = content(150, 3000);
  fingers.frames(3);
  const auto panel = legend_panel(state->legend, state->camera);
  REQUIRE(panel);
  ImGuiIO& io = ImGui::GetIO();
  const double zoom = state->camera.zoom();
  const auto wheel = [&](double x, double y, float turns) {
    io.MousePos = {fingers.place.x + static_cast<float>(x), fingers.place.y + static_cast<float>(y)};
    fingers.frames(2);
    io.MouseWheel = turns;
    fingers.frames(2);
    io.MouseWheel = 0;
  };
  wheel(panel->x + 40, panel->y + 40, -1);
  CHECK(state->legend.scrolled > 0);
  CHECK(state->camera.zoom() == zoom);
  for (int i = 0; i < 200; ++i) wheel(panel->x + 40, panel->y + 40, -1);
  CHECK(state->legend.scrolled == Approx(3000 - panel->height).margin(1));  // its end, and no farther
  wheel(panel->x - 40, panel->y + 40, -1);
  CHECK(state->camera.zoom() < zoom);
}

TEST_CASE("what is drawn on the map goes under the legend", "[viewer]") {
  constexpr int width = 900, height = 600;
  auto context = render::gl::OffscreenContext::create();
  REQUIRE(context);
  auto target = render::gl::OffscreenTarget::create(width, height);
  REQUIRE(target);
  auto state = demo_state();
  finish_jobs(*state);
  state->view.show_layers = state->view.statistics.shown = false;
  auto display = Display::create(*state, 1);
  REQUIRE(display);
  ImGui::GetIO().DisplaySize = {width, height};
  ImGui::GetIO().DeltaTime = 1.0f / 60;
  const auto picture = [&] {
    for (int frame = 0; frame < 400 && (frame < 6 || !(*display)->settled(*state)); ++frame) {
      target->bind();
      (*display)->draw_frame(*state, width, height, target->framebuffer());
    }
    REQUIRE((*display)->settled(*state));
    return target->read();
  };
  const render::scene::Image plain = picture();
  const auto panel = legend_panel(state->legend, state->camera);
  REQUIRE(panel);
  // A measured line from the right of the legend through it; its length is written at its end.
  begin_tool(*state, MapTool::measure_length);
  const double y = panel->y + panel->height / 2;
  state->tool.points = {state->camera.to_lonlat({panel->x + panel->width - 4, y}),
                        state->camera.to_lonlat({panel->x - 200, y})};
  state->tool.finished = true;
  const render::scene::Image with_line = picture();
  const auto differences = [&](double from_x, double to_x) {
    const int map_top = height - state->camera.height();
    std::size_t count = 0;
    for (int row = map_top + static_cast<int>(panel->y) + 2;
         row < map_top + static_cast<int>(panel->y + panel->height) - 2; ++row)
      for (int column = static_cast<int>(from_x); column < static_cast<int>(to_x); ++column) {
        const auto at = 4 * (static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column));
        // Its paper lets a sixteenth through.
        count += std::abs(int{plain.rgba[at]} - int{with_line.rgba[at]}) > 255 / 16 + 1;
      }
    return count;
  };
  CHECK(differences(panel->x - 190, panel->x - 4) > 100);
  CHECK(differences(panel->x + 2, panel->x + panel->width - 2) == 0);
}
