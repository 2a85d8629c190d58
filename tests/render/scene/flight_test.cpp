#include "render/scene/flight.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace xiangtu::render::scene;

namespace {

Camera camera_at(double lon, double lat, double zoom) {
  Camera camera(1000, 700);
  camera.move_to({lon, lat});
  camera.set_zoom(zoom);
  return camera;
}

Camera placed(const Flight& flight, double share, Camera camera) {
  flight.place(share * flight.duration_s(), camera);
  return camera;
}

}  // namespace

TEST_CASE("a flight begins and ends where it should and takes a third to half of a second", "[scene]") {
  const Camera home = camera_at(109.7, 38.3, 8);
  for (const Camera& there : {camera_at(110.2, 37.9, 14), camera_at(109.71, 38.3, 8),
                              camera_at(109.7, 38.3, 15), home, camera_at(75, 20, 3)}) {
    for (const auto& [from, to] : {std::pair{home, there}, std::pair{there, home}}) {
      const Flight flight(from, to);
      CHECK(flight.duration_s() >= 0.3);
      CHECK(flight.duration_s() <= 0.5);
      const Camera begin = placed(flight, 0, from), end = placed(flight, 1, from);
      CHECK(begin.zoom() == Approx(from.zoom()).margin(1e-9));
      CHECK(begin.centre().x == Approx(from.centre().x).margin(1e-12));
      CHECK(end.zoom() == Approx(to.zoom()).margin(1e-9));
      CHECK(end.centre().x == Approx(to.centre().x).margin(1e-12));
      CHECK(end.centre().y == Approx(to.centre().y).margin(1e-12));
      CHECK(placed(flight, 7, from) == end);
      CHECK(placed(flight, -1, from) == begin);
    }
  }
}

TEST_CASE("on the way the view goes steadily across, and out and in again where the way is long", "[scene]") {
  const Camera from = camera_at(109.7, 38.3, 12), to = camera_at(110.7, 37.3, 12);
  const Flight flight(from, to);
  double across = -1, widest = 20;
  double step = 0;
  for (int i = 0; i <= 100; ++i) {
    const Camera camera = placed(flight, i / 100.0, from);
    CHECK(camera.centre().x >= across);
    // What the eye has to follow: the way in widths of the view.
    if (i > 0)
      step = std::max(step, (camera.centre().x - across) * camera.pixels_per_world() / camera.width());
    across = camera.centre().x;
    widest = std::min(widest, camera.zoom());
  }
  // Out, until both ends are in the view: 1° of longitude is 1/360 of the world.
  CHECK(1000 / (256 * std::exp2(widest)) > 1 / 360.0);
  CHECK(step < 0.1);  // a jump straight across at zoom 12 would take 5 widths
  // Zooming in place goes one way only.
  const Flight in_place(from, camera_at(109.7, 38.3, 16));
  double zoom = 0;
  for (int i = 0; i <= 50; ++i) {
    const Camera camera = placed(in_place, i / 50.0, from);
    CHECK(camera.zoom() >= zoom);
    CHECK(camera.centre().x == Approx(from.centre().x).margin(1e-12));
    zoom = camera.zoom();
  }
}

TEST_CASE("a window that is resized on the way keeps its size", "[scene]") {
  const Camera from = camera_at(109.7, 38.3, 8), to = camera_at(110, 38, 12);
  Camera camera(640, 480);
  Flight(from, to).place(10, camera);
  CHECK(camera.width() == 640);
  CHECK(camera.zoom() == Approx(12).margin(1e-9));
}
