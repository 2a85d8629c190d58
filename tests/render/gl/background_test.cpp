// Backgrounds on pictures: at the right place, under the layers, with their opacity.
#include <array>
#include <catch2/catch.hpp>

#include "render/gl/context.hpp"
#include "render/gl/golden.hpp"
#include "render/gl/map_canvas.hpp"
#include "render/gl/sheet_in_gl.hpp"
#include "render/gl/target.hpp"
#include "render/made_ground.hpp"
#include "render/region.hpp"

using namespace xiangtu;
using namespace xiangtu::render;

namespace {

using Rgb = std::array<int, 3>;

Rgb colour_at(const scene::Image& image, double x, double y) {
  const std::uint8_t* pixel = image.pixel(static_cast<int>(x), static_cast<int>(y));
  return {pixel[0], pixel[1], pixel[2]};
}

bool close(const Rgb& a, const Rgb& b, int by = 2) {
  for (std::size_t i = 0; i < 3; ++i)
    if (std::abs(a[i] - b[i]) > by) return false;
  return true;
}

scene::MapSheet bare_sheet() {
  scene::MapSheet sheet;
  sheet.width = 640;
  sheet.height = 480;
  sheet.furniture = {false, false, false, false};
  sheet.labels = false;
  sheet.extent = geodesy::LonLatBox{{109, 37.5}, {110.5, 38.5}};
  return sheet;
}

// Red to the west of a meridian, blue to the east; nothing south of the tiles that hold 38°.
std::shared_ptr<test::MadeGround> two_colours(int zoom) {
  auto ground = std::make_shared<test::MadeGround>(zoom);
  ground->colour = [](const raster::WebTile& tile) {
    const bool west = tile.column % 2 == 0;
    return std::array<std::uint8_t, 4>{static_cast<std::uint8_t>(west ? 220 : 20), 40,
                                       static_cast<std::uint8_t>(west ? 20 : 220), 255};
  };
  return ground;
}

}  // namespace

TEST_CASE("each tile of a background lies where its column and row say") {
  scene::Scene scene{test::shipped_styles()};
  scene.backgrounds().add("ground", two_colours(9));
  const scene::MapSheet sheet = bare_sheet();
  const scene::Image image = test::sheet_in_gl(scene, sheet);
  const scene::Camera camera = scene::camera_of(sheet, *sheet.extent);
  const double left = (sheet.width - camera.width()) / 2.0, top = (sheet.height - camera.height()) / 2.0;
  int compared = 0;
  for (int y = 10; y < camera.height() - 10; y += 37)
    for (int x = 10; x < camera.width() - 10; x += 23) {
      const double column = camera.to_world(scene::ScreenPoint{x + 0.5, y + 0.5}).x * 512;
      const double within = column - std::floor(column);
      if (within < 0.05 || within > 0.95) continue;
      const bool west = static_cast<int>(column) % 2 == 0;
      CHECK(close(colour_at(image, left + x, top + y), west ? Rgb{220, 40, 20} : Rgb{20, 40, 220}));
      ++compared;
    }
  CHECK(compared > 100);
}

TEST_CASE("a background is seen through plain units, and through colours of units a little") {
  test::Region region;
  const auto ground = std::make_shared<test::MadeGround>();
  const auto id = region.scene.backgrounds().add("ground", ground);
  for (const scene::MapLayer& layer : region.scene.layers())
    region.scene.look(layer.id)->visible = layer.id == region.counties;
  scene::MapSheet sheet = bare_sheet();
  sheet.extent.reset();
  const auto share_of_green = [&] {
    const scene::Image image = test::sheet_in_gl(region.scene, sheet);
    int green = 0;
    for (int y = 0; y < image.height; y += 5)
      for (int x = 0; x < image.width; x += 5) green += close(colour_at(image, x, y), {10, 200, 30});
    return green / (image.width * image.height / 25.0);
  };
  CHECK(share_of_green() > 0.8);
  region.scene.backgrounds().look(id)->opacity = 0.5;
  CHECK(share_of_green() == 0);
  region.scene.backgrounds().look(id)->opacity = 1;
  region.scene.backgrounds().look(id)->visible = false;
  CHECK(share_of_green() == 0);
}

TEST_CASE("half the opacity is half way to the paper") {
  scene::Scene scene{test::shipped_styles()};
  const auto id = scene.backgrounds().add("ground", std::make_shared<test::MadeGround>());
  scene.backgrounds().look(id)->opacity = 0.5;
  const scene::Colour paper = scene.styles().paper.background;
  const scene::Image image = test::sheet_in_gl(scene, bare_sheet());
  CHECK(close(colour_at(image, 320, 240), {(paper.r + 10) / 2, (paper.g + 200) / 2, (paper.b + 30) / 2}));
}

TEST_CASE("half transparent tiles mix with what is below them") {
  scene::Scene scene{test::shipped_styles()};
  const auto below = std::make_shared<test::MadeGround>(), above = std::make_shared<test::MadeGround>();
  above->colour = [](const raster::WebTile&) { return std::array<std::uint8_t, 4>{250, 0, 130, 51}; };
  scene.backgrounds().add("below", below);
  scene.backgrounds().add("above", above);
  // A fifth of the upper one.
  CHECK(close(colour_at(test::sheet_in_gl(scene, bare_sheet()), 320, 240), {58, 160, 50}));
}

TEST_CASE("the window shows backgrounds as they come and when their look changes") {
  auto context = gl::OffscreenContext::create();
  REQUIRE(context.ok());
  auto target = gl::OffscreenTarget::create(400, 300);
  auto renderer = gl::MapRenderer::create(test::test_fonts());
  REQUIRE(renderer.ok());
  gl::MapCanvas canvas{*renderer};
  scene::Scene scene{test::shipped_styles()};
  scene::Camera camera{400, 300};
  camera.set_zoom(8);
  camera.move_to({109.7, 38.3});
  const auto id = scene.backgrounds().add("ground", std::make_shared<test::MadeGround>());
  const auto settled_colour = [&] {
    do {
      target->bind();
      scene.update(camera);
      canvas.draw(scene, camera, 0, 0);
    } while (!scene.settled() || !canvas.settled());
    return colour_at(target->read(), 200, 150);
  };
  CHECK(close(settled_colour(), {10, 200, 30}));
  scene.backgrounds().look(id)->visible = false;
  const scene::Colour paper = scene.styles().paper.background;
  CHECK(close(settled_colour(), {paper.r, paper.g, paper.b}));
  scene.backgrounds().look(id)->visible = true;
  CHECK(close(settled_colour(), {10, 200, 30}));
}
