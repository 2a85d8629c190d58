#include "render/scene/camera.hpp"

#include <catch2/catch.hpp>

#include "geodesy/measure.hpp"
#include "render/region.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;
using geodesy::LonLat;
using geodesy::LonLatBox;

TEST_CASE("the projection is that of web maps") {
  // EPSG:3857 of 109.75°E 38.29°N by gdaltransform (PROJ 9.1.1): 12217314.1146, 4620474.4780; its equator is
  // 40075016.6856 m.
  const WorldPoint world = world_of(LonLat{109.75, 38.29});
  const double equator = 40075016.685578486;
  CHECK((world.x - 0.5) * equator == Approx(12217314.1146).margin(0.001));
  CHECK((0.5 - world.y) * equator == Approx(4620474.4780).margin(0.001));
  CHECK(world_of(LonLat{0, 0}) == WorldPoint{0.5, 0.5});
  CHECK(world_of(LonLat{180, 90}).y == Approx(0).margin(1e-12));
}

TEST_CASE("forward and back give the same position to a micrometre") {
  test::Dice dice{3};
  for (int i = 0; i < 1000; ++i) {
    const LonLat p{dice.roll() * 360 - 180, dice.roll() * 168 - 84};
    const LonLat back = lonlat_of(world_of(p));
    CHECK(back.lon == Approx(p.lon).margin(1e-11));
    CHECK(back.lat == Approx(p.lat).margin(1e-11));
  }
}

TEST_CASE("a fitted box touches the margins and lies inside") {
  Camera camera{1280, 800};
  LonLatBox box;
  box.add(LonLat{107.26, 36.81});
  box.add(LonLat{111.25, 39.59});
  camera.fit(box, {10, 20, 30, 40});
  const ScreenPoint north_west = camera.to_screen(LonLat{107.26, 39.59});
  const ScreenPoint south_east = camera.to_screen(LonLat{111.25, 36.81});
  CHECK(north_west.x >= 10 - 1e-6);
  CHECK(north_west.y == Approx(20));
  CHECK(south_east.x <= 1280 - 30 + 1e-6);
  CHECK(south_east.y == Approx(800 - 40));
  CHECK((north_west.x + south_east.x) / 2 == Approx((10 + 1280 - 30) / 2.0));
}

TEST_CASE("an empty box changes nothing and a point is shown at village scale") {
  Camera camera{400, 300};
  const Camera before = camera;
  camera.fit(LonLatBox{});
  CHECK(camera == before);
  LonLatBox point;
  point.add(LonLat{110, 38});
  camera.fit(point);
  CHECK(camera.zoom() == Approx(14));
  CHECK(camera.centre_lonlat().lat == Approx(38));
}

TEST_CASE("zooming keeps what is under the pointer, panning follows it") {
  Camera camera{1000, 700};
  camera.move_to(LonLat{109.7, 38.3});
  camera.set_zoom(11);
  const ScreenPoint pointer{123, 456};
  const LonLat under = camera.to_lonlat(pointer);
  camera.zoom_at(pointer, 1.7);
  CHECK(camera.to_screen(under).x == Approx(123).margin(1e-6));
  CHECK(camera.to_screen(under).y == Approx(456).margin(1e-6));
  camera.pan(10, -20);
  CHECK(camera.to_screen(under).x == Approx(133).margin(1e-6));
  CHECK(camera.to_screen(under).y == Approx(436).margin(1e-6));
  camera.zoom_at(pointer, 1e9);
  CHECK(camera.zoom() == Approx(22));
  camera.zoom_at(pointer, 1e-9);
  CHECK(camera.zoom() == Approx(1));
}

TEST_CASE("metres a pixel are geodesic") {
  for (const double latitude : {0.0, 23.0, 38.3, 60.0}) {
    Camera camera{800, 600};
    camera.move_to(LonLat{109.7, latitude});
    camera.set_zoom(13);
    const LonLat west = camera.to_lonlat({350, 300});
    const LonLat east = camera.to_lonlat({450, 300});
    CHECK(camera.metres_per_pixel() * 100 == Approx(geodesy::distance(west, east).value).epsilon(1e-6));
  }
}

TEST_CASE("a denser screen shows the same at the same zoom") {
  Camera camera{800, 600, 1};
  camera.move_to(LonLat{109.7, 38.3});
  camera.set_zoom(12);
  const double metres = camera.metres_per_pixel();
  camera.resize(1600, 1200, 2);
  CHECK(camera.zoom() == Approx(12));
  CHECK(camera.metres_per_pixel() == Approx(metres / 2).epsilon(1e-6));
}
