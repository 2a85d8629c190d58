#include "render/scene/graticule.hpp"

#include <cmath>
#include <set>

#include <catch2/catch.hpp>

using namespace xiangtu;
using namespace xiangtu::render::scene;

TEST_CASE("degrees are written with the minutes and seconds that they have") {
  CHECK(degrees_text(110 * 3600, true) == "110°E");
  CHECK(degrees_text(109 * 3600 + 30 * 60, true) == "109°30′E");
  CHECK(degrees_text(-(37 * 3600 + 5 * 60 + 9), false) == "37°05′09″S");
  CHECK(degrees_text(38 * 3600 + 20, false) == "38°00′20″N");
  CHECK(degrees_text(-90 * 3600, true) == "90°W");
  CHECK(degrees_text(0, true) == "0°");
}

TEST_CASE("the step is round, wide enough, and the smallest that is") {
  const std::set<int> round{1,   2,    5,    10,   20,   30,    60,    120,   300,
                            600, 1200, 1800, 3600, 7200, 18000, 36000, 72000, 108000};
  for (double zoom = 2; zoom < 21; zoom += 0.37) {
    Camera camera{1200, 900};
    camera.move_to({109.7, 38.3});
    camera.set_zoom(zoom);
    const int step = graticule_step(camera, 130);
    CHECK(round.contains(step));
    const auto apart = [&](int seconds) {
      return camera.to_screen(geodesy::LonLat{109 + seconds / 3600.0, 38}).x -
             camera.to_screen(geodesy::LonLat{109, 38}).x;
    };
    const auto place = round.find(step);
    if (step != *round.rbegin()) CHECK(apart(step) >= 129.99);
    if (place != round.begin()) CHECK(apart(*std::prev(place)) < 130);
  }
}

TEST_CASE("lines go through the places that their texts say, across the whole view") {
  Camera camera{1200, 900, 1.5};
  camera.move_to({109.7, 38.3});
  camera.set_zoom(9.3);
  const Furniture lines = graticule(camera, {});
  REQUIRE(lines.lines.size() == lines.texts.size());
  REQUIRE(lines.lines.size() >= 6);
  std::set<std::string> texts;
  const int step = graticule_step(camera, 130 * 1.5);
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    const FurnitureLine& line = lines.lines[i];
    texts.insert(lines.texts[i].text);
    const bool meridian = line.a.x == line.b.x;
    CHECK((meridian ? line.b.y - line.a.y : line.b.x - line.a.x) == (meridian ? 900 : 1200));
    const geodesy::LonLat at = camera.to_lonlat(line.a);
    const double steps = (meridian ? at.lon : at.lat) * 3600 / step;
    CHECK(steps == Approx(std::round(steps)).margin(1e-6));
    CHECK(lines.texts[i].text == degrees_text(static_cast<int>(std::lround(steps)) * step, meridian));
  }
  CHECK(texts.size() == lines.texts.size());
}
