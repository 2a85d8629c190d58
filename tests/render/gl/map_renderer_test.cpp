#include "render/gl/map_renderer.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "render/gl/context.hpp"
#include "render/gl/gl_state.hpp"
#include "render/gl/golden.hpp"
#include "render/gl/program.hpp"
#include "render/gl/sheet_in_gl.hpp"
#include "render/gl/target.hpp"
#include "render/region.hpp"

using namespace xiangtu;
using namespace xiangtu::render;

namespace {

scene::MapSheet sheet_of(int width, int height) {
  scene::MapSheet sheet;
  sheet.width = width;
  sheet.height = height;
  sheet.texts = {"榆林 Test sheet", "Roads, bridges and villages",
                 "Source: made up", "Positions are synthetic",
                 "Legend",          "N",
                 Language::english};
  return sheet;
}

std::shared_ptr<const scene::Choropleth> township_colours() {
  std::vector<std::optional<double>> values;
  for (int i = 0; i < 24; ++i) values.push_back(i % 7 == 3 ? std::nullopt : std::optional<double>(i * i));
  auto choropleth = std::make_shared<scene::Choropleth>(
      make_choropleth(values, classify(values, scene::ClassMethod::quantile, 5), scene::ramp("YlGnBu", 5)));
  choropleth->title = "Share (%)";
  choropleth->unknown_label = "unknown";
  choropleth->format = [](double v, int) { return std::to_string(static_cast<int>(v)); };
  return choropleth;
}

}  // namespace

TEST_CASE("the map sheet looks as it did") {
  test::Region region;
  CHECK(test::difference_from_golden(test::sheet_in_gl(region.scene, sheet_of(900, 620)), "map_sheet") <=
        0.005);
}

TEST_CASE("a choropleth with unknown units, a selection and a transparent layer look as they did") {
  test::Region region;
  region.scene.look(region.townships)->choropleth = township_colours();
  region.scene.look(region.roads)->opacity = 0.5;
  region.scene.select(
      {{region.counties, {RowIx{std::size_t{4}}}}, {region.villages, {RowIx{std::size_t{8}}}}});
  scene::MapSheet sheet = sheet_of(900, 620);
  geodesy::LonLatBox extent;
  extent.add(geodesy::LonLat{109.3, 37.75});
  extent.add(geodesy::LonLat{110.1, 38.25});
  sheet.extent = extent;
  CHECK(test::difference_from_golden(test::sheet_in_gl(region.scene, sheet), "choropleth") <= 0.005);
}

TEST_CASE("names along roads, codes in boxes, the graticule and the dark theme look as they did") {
  test::Region region;
  const auto dark =
      scene::StyleSheet::load(std::string{XIANGTU_SOURCE_DIR} + "/assets/styles.toml", scene::Theme::dark);
  REQUIRE(dark.ok());
  region.scene.set_styles(std::make_shared<const scene::StyleSheet>(*dark));
  scene::MapSheet sheet = sheet_of(900, 620);
  sheet.graticule = true;
  geodesy::LonLatBox extent;
  extent.add(geodesy::LonLat{109.42, 38.02});
  extent.add(geodesy::LonLat{109.56, 38.12});
  sheet.extent = extent;
  CHECK(test::difference_from_golden(test::sheet_in_gl(region.scene, sheet), "names_dark") <= 0.005);
}

TEST_CASE("two runs give the same bytes") {
  test::Region first, second;
  CHECK(test::sheet_in_gl(first.scene, sheet_of(500, 400)).rgba ==
        test::sheet_in_gl(second.scene, sheet_of(500, 400)).rgba);
}

TEST_CASE("twice the resolution is the same picture with more pixels") {
  test::Region region;
  const scene::Image small = test::sheet_in_gl(region.scene, sheet_of(760, 560));
  scene::MapSheet sheet = sheet_of(1520, 1120);
  sheet.dpi = 192;
  const scene::Image large = test::sheet_in_gl(region.scene, sheet);
  scene::Image halved{760, 560, std::vector<std::uint8_t>(small.rgba.size())};
  for (int y = 0; y < 560; ++y)
    for (int x = 0; x < 760; ++x)
      for (int c = 0; c < 4; ++c) {
        int sum = 0;
        for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}})
          sum += large.pixel(2 * x + dx, 2 * y + dy)[c];
        halved.rgba[static_cast<std::size_t>((y * 760 + x) * 4 + c)] = static_cast<std::uint8_t>(sum / 4);
      }
  CHECK(test::difference(small, halved, 60) < 0.08);  // texts and hinting differ a little
}

TEST_CASE("an empty scene gives an empty sheet") {
  scene::Scene scene{test::shipped_styles()};
  const scene::Image image = test::sheet_in_gl(scene, sheet_of(300, 200));
  CHECK(image.width == 300);
  CHECK(image.rgba.size() == 300u * 200 * 4);
  CHECK(image.pixel(150, 100)[3] == 255);
}

TEST_CASE("the renderer leaves the state it promises, whatever it found") {
  auto context = gl::OffscreenContext::create();
  REQUIRE(context.ok());
  auto target = gl::OffscreenTarget::create(400, 300);
  auto renderer = gl::MapRenderer::create(test::test_fonts());
  REQUIRE(renderer.ok());
  test::Region region{100, 60};
  scene::Camera camera{400, 300};
  camera.fit(region.scene.box());
  Progress progress;
  region.scene.settle(camera, progress);
  region.scene.look(region.roads)->opacity = 0.7;
  target->bind();
  renderer->draw(region.scene, camera, 0, 0, {});
  const scene::Image clean = target->read();
  test::spoil_state();
  target->bind();
  renderer->draw(region.scene, camera, 0, 0, {});
  CHECK(target->read().rgba == clean.rgba);
  CHECK(test::promised_state());
  CHECK(renderer->counts().segments > 0);
}

TEST_CASE("a viewport inside a larger framebuffer: nothing is drawn outside") {
  auto context = gl::OffscreenContext::create();
  auto target = gl::OffscreenTarget::create(400, 300);
  auto renderer = gl::MapRenderer::create(test::test_fonts());
  REQUIRE(renderer.ok());
  test::Region region{100, 60};
  scene::Camera camera{200, 150};
  camera.fit(region.scene.box());
  camera.set_zoom(11);
  Progress progress;
  region.scene.settle(camera, progress);
  target->bind();
  test::clear_blue();
  renderer->draw(region.scene, camera, 100, 80, {});
  const scene::Image image = target->read();
  for (int y = 0; y < 300; ++y)
    for (int x = 0; x < 400; ++x) {
      const bool inside = x >= 100 && x < 300 && y >= 300 - 80 - 150 && y < 300 - 80;
      const std::uint8_t* p = image.pixel(x, y);
      if (!inside && !(p[0] == 0 && p[1] == 0 && p[2] == 255)) FAIL("drawn at " << x << ", " << y);
    }
}

TEST_CASE("a shader that does not compile is named with its line") {
  const auto folder = std::filesystem::temp_directory_path() / "xiangtu-render-broken-shaders";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream{folder / "bad.vert"} << "#version 330 core\nvoid main() {\n  gl_Position = nonsense;\n}\n";
  std::ofstream{folder / "bad.frag"} << "#version 330 core\nvoid main() {}\n";
  auto context = gl::OffscreenContext::create();
  REQUIRE(context.ok());
  const auto program = gl::Program::load(folder, "bad");
  REQUIRE_FALSE(program.ok());
  CHECK(program.issue().code == IssueCode::no_opengl);
  CHECK_THAT(program.issue().message.english(), Catch::Contains("bad.vert") && Catch::Contains(":3"));
  CHECK_THAT(gl::Program::load(folder, "none").issue().message.english(), Catch::Contains("none.vert"));
  std::filesystem::remove_all(folder);
}
