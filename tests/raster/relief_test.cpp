#include "raster/relief.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "raster/web_tile.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::raster;

namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr float none = std::numeric_limits<float>::quiet_NaN();

Heights grid(int width, int height, double cell_m) {
  Heights heights{width, height, {}, {}};
  heights.metres.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  heights.cell_m.assign(static_cast<std::size_t>(height), cell_m);
  return heights;
}

// Heights of a plane that rises by so much a metre to the east and to the north.
Heights plane(double east, double north, double cell_m) {
  Heights heights = grid(5, 5, cell_m);
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x)
      heights.metres[static_cast<std::size_t>(y * 5 + x)] =
          static_cast<float>(1000 + cell_m * (east * x - north * y));
  return heights;
}

// The same after the books: by slope and aspect instead of vectors. `window`: from the north-west.
double light_by_angles(const float* window, double cell_m, const Sun& sun) {
  const double dx =
      ((window[2] + 2 * window[5] + window[8]) - (window[0] + 2 * window[3] + window[6])) / (8 * cell_m);
  const double dy =
      ((window[6] + 2 * window[7] + window[8]) - (window[0] + 2 * window[1] + window[2])) / (8 * cell_m);
  const double slope = std::atan(std::hypot(dx, dy));
  const double aspect = std::atan2(dy, -dx);  // downhill, anticlockwise from the east
  const double zenith = (90 - sun.altitude_deg) * degree;
  const double azimuth = (90 - sun.azimuth_deg) * degree;  // anticlockwise from the east
  return std::max(0.0, std::cos(zenith) * std::cos(slope) +
                           std::sin(zenith) * std::sin(slope) * std::cos(azimuth - aspect));
}

}  // namespace

TEST_CASE("light on planes is the cosine between their normal and the sun") {
  const double half = std::sqrt(0.5);
  CHECK(light_at(plane(0, 0, 30), 2, 2, {}) == Approx(half));
  // A slope of 45° that faces the sun in the north-west, one that turns its back, one along its rays.
  CHECK(light_at(plane(half, -half, 10), 2, 2, {}) == Approx(1).epsilon(1e-5));
  CHECK(light_at(plane(-half, half, 10), 2, 2, {}) == Approx(0).margin(1e-5));
  CHECK(light_at(plane(half, half, 10), 2, 2, {}) == Approx(0.5).epsilon(1e-5));
  CHECK(light_at(plane(-3, 3, 10), 2, 2, {}) == 0);  // in its own shadow
  // Twice as large cells, heights exaggerated twice.
  CHECK(light_at(plane(half / 2, -half / 2, 20), 2, 2, {}, 2) == Approx(1).epsilon(1e-5));
  CHECK(light_at(plane(0, 0, 30), 2, 2, {90, 30}) == Approx(0.5));
}

TEST_CASE("light agrees with the formula by slope and aspect on any surface and for any sun") {
  tests::Random random{11};
  for (int round = 0; round < 2000; ++round) {
    const double cell = random.between(1, 200);
    Heights heights = grid(3, 3, cell);
    for (float& z : heights.metres) z = static_cast<float>(random.between(0, 3 * cell));
    const Sun sun{random.between(0, 360), random.between(5, 85)};
    CHECK(light_at(heights, 1, 1, sun) ==
          Approx(light_by_angles(heights.metres.data(), cell, sun)).margin(1e-6));
  }
}

TEST_CASE("no height is transparent, and its neighbours are lit as if the ground went on level") {
  Heights heights = plane(0, 0, 30);
  heights.metres[6] = none;
  const Image image = shade(heights, Tint::none);
  REQUIRE(image.width == 3);
  REQUIRE(image.height == 3);
  CHECK(image.pixel(0, 0)[3] == 0);
  for (const auto& [x, y] : {std::pair{1, 0}, {0, 1}, {1, 1}, {2, 2}}) {
    CHECK(image.pixel(x, y)[3] == 255);
    CHECK(image.pixel(x, y)[0] == image.pixel(2, 2)[0]);
  }
  CHECK(image.pixel(2, 2)[0] > 230);  // level ground is nearly white
  CHECK(shade(Heights{}, Tint::none).empty());
}

TEST_CASE("shadow is darker than level ground, light brighter, and tints differ by height") {
  const auto grey = [](double east, double north) {
    return static_cast<int>(shade(plane(east, north, 20), Tint::none).pixel(1, 1)[1]);
  };
  CHECK(grey(0.3, -0.3) > grey(0, 0));
  CHECK(grey(-0.3, 0.3) < grey(0, 0) - 30);
  Heights low = plane(0, 0, 20), high = low;
  std::fill(low.metres.begin(), low.metres.end(), 10.f);
  std::fill(high.metres.begin(), high.metres.end(), 2000.f);
  const Image green = shade(low, Tint::by_height), brown = shade(high, Tint::by_height);
  CHECK(green.pixel(1, 1)[1] > green.pixel(1, 1)[0]);
  CHECK(brown.pixel(1, 1)[0] > brown.pixel(1, 1)[2] + 20);
}

TEST_CASE("web tiles: their boxes, pixels and what lies above them") {
  const MercatorBox world = box_of(WebTile{0, 0, 0});
  CHECK(world.east == Approx(20037508.342789244));  // EPSG:3857's own bounds
  CHECK(world.north == Approx(-world.south));
  const MercatorBox tile = box_of(WebTile{2, 3, 1});
  CHECK(tile.west == Approx(world.east / 2));
  CHECK(tile.north == Approx(world.north / 2));
  CHECK(tile.south == Approx(0).margin(1e-6));
  CHECK(pixel_size(0) == Approx(156543.03392804097));
  CHECK(WebTile{5, 21, 13}.above(2) == WebTile{3, 5, 3});
  // At 60° of latitude the map is twice the ground: asinh(tan 60°) of the earth's radius north.
  CHECK(ground_scale(6378137 * std::asinh(std::tan(60 * degree))) == Approx(0.5));
  geodesy::LonLatBox box;
  box.add(geodesy::LonLat{-180, -90});
  box.add(geodesy::LonLat{180, 85.0511287798066});
  CHECK(box_of(box).north == Approx(world.north));
  CHECK(box_of(box).south == Approx(world.south));
}
