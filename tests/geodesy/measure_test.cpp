// Measures against published values: Karney's GeodTest-like pairs where they are at hand, textbook
// arcs of the meridian, and brute force.
#include "geodesy/measure.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace xiangtu;
using namespace xiangtu::geodesy;

namespace {

struct Pair {
  LonLat a, b;
  double distance_m;
};

// Columns: id, kind, lat1, lon1, lat2, lon2, azi1, azi2, dist_m.
std::vector<Pair> published_pairs() {
  std::ifstream file(std::string(XIANGTU_SOURCE_DIR) +
                     "/../shared/data/geodesic-pairs/geodesic_inverse_wgs84.csv");
  std::vector<Pair> pairs;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<std::string> cell;
    for (std::string text; std::getline(cells, text, ',');) cell.push_back(text);
    if (cell.size() < 9) continue;
    pairs.push_back({{std::stod(cell[3]), std::stod(cell[2])},
                     {std::stod(cell[5]), std::stod(cell[4])},
                     std::stod(cell[8])});
  }
  return pairs;
}

}  // namespace

TEST_CASE("distance agrees with the published geodesic pairs", "[geodesy]") {
  const auto pairs = published_pairs();
  if (pairs.empty()) WARN("the published pairs are not beside this checkout");
  for (const Pair& pair : pairs) {
    // Made on WGS 84, whose flattening differs by 1.6e-11 from CGCS2000's.
    INFO(pair.a.lat << " " << pair.a.lon << " " << pair.b.lat << " " << pair.b.lon);
    CHECK(distance(pair.a, pair.b).value == Approx(pair.distance_m).epsilon(1e-9).margin(2e-4));
  }
}

TEST_CASE("known lines of the ellipsoid", "[geodesy]") {
  // Quarter meridian of GRS 80 (Moritz 2000, Geodetic Reference System 1980): 10 001 965.7293 m.
  CHECK(distance({0, 0}, {0, 90}).value == Approx(10001965.7293).margin(1e-3));
  // Along the equator: a · Δλ.
  CHECK(distance({10, 0}, {11, 0}).value == Approx(semi_major_m * M_PI / 180).margin(1e-6));
  CHECK(distance({109.7, 38.3}, {109.7, 38.3}).value == 0);
}

TEST_CASE("segment_length is the geodesic within 1e-9 for short lines", "[geodesy]") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> lat(-79.9, 79.9), turn(0, 360), size(0.5, 7000);
  for (int i = 0; i < 20000; ++i) {
    const LonLat a{100 + turn(random) / 10, lat(random)};
    const LonLat b = destination(a, turn(random), {size(random)});
    const double exact = distance(a, b).value;
    CHECK(segment_length(a, b).value == Approx(exact).epsilon(1e-9).margin(1e-8));
  }
}

TEST_CASE("area of a whole hemisphere and of a small square", "[geodesy]") {
  // Surface of the GRS 80 ellipsoid: 4πR₂² with R₂ = 6 371 007.1810 m (Moritz 2000).
  const double surface = 4 * M_PI * 6371007.1810 * 6371007.1810;
  const std::vector<LonLat> octant{{0, 0}, {90, 0}, {90, 90}, {0, 0}};
  CHECK(ring_area(octant).value == Approx(surface / 8).epsilon(1e-9));
  std::vector<LonLat> reversed(octant.rbegin(), octant.rend());
  CHECK(ring_area(reversed).value == Approx(-surface / 8).epsilon(1e-9));
}

TEST_CASE("distance to a segment is that of brute force", "[geodesy]") {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> turn(0, 360), away(0, 5000), size(0, 3000);
  for (int i = 0; i < 200; ++i) {
    const LonLat p{109 + turn(random) / 360, 36 + turn(random) / 120};
    const LonLat a = destination(p, turn(random), {away(random)});
    const double azimuth_deg = turn(random), length_m = size(random);
    const LonLat b = destination(a, azimuth_deg, {length_m});
    double nearest = 1e300;
    for (int step = 0; step <= 2000; ++step)
      nearest = std::min(nearest, distance(p, destination(a, azimuth_deg, {length_m * step / 2000})).value);
    const double found = distance_to_segment(p, a, b).value;
    CHECK(found <= nearest + 1e-6);
    CHECK(found >= nearest - 0.8);  // the brute steps are up to 1.5 m
  }
}

TEST_CASE("the local frame stays within its error bound", "[geodesy]") {
  std::mt19937_64 random(13);
  std::uniform_real_distribution<double> turn(0, 360), away(0, 10000), size(0, 5000), lat(-75, 75);
  for (int i = 0; i < 4000; ++i) {
    const LonLat p{turn(random) - 180, lat(random)};
    if (std::abs(p.lon) > 179) continue;
    const LonLat a = destination(p, turn(random), {away(random)});
    const LonLat b = destination(a, turn(random), {size(random)});
    const LocalFrame frame(p);
    const LocalFrame::ToSegment planar = frame.to_segment(a, b);
    const double error = std::abs(planar.distance.value - distance_to_segment(p, a, b).value);
    INFO("lat " << p.lat << " distance " << planar.distance.value << " error " << error);
    CHECK(error <= frame.error_bound(planar).value);
    CHECK(frame.box_within({10000}).contains(destination(p, turn(random), {9999})));
  }
}

TEST_CASE("distance to a segment is exact to a micrometre on the segment and close beside it", "[geodesy]") {
  // The equator and the meridians are geodesics.
  for (const double size : {0.1, 1.0, 9.0})
    for (const double share : {0.1, 0.25, 0.4}) {
      const double along = share * size;
      INFO(size << " degrees, at " << along);
      CHECK(distance_to_segment({along, 0}, {0, 0}, {size, 0}).value < 1e-6);
      CHECK(distance_to_segment({109, along}, {109, 0}, {109, size}).value < 1e-6);
      const LonLat beside{along, 1e-5};  // 1.1 m
      const double off_m = distance(beside, {along, 0}).value;
      CHECK(distance_to_segment(beside, {0, 0}, {size, 0}).value == Approx(off_m).margin(1e-6));
    }
}

TEST_CASE("distance to a segment is that of brute force at the poles and across 180°", "[geodesy]") {
  std::mt19937_64 random(19);
  std::uniform_real_distribution<double> turn(0, 360), away(0, 8000), size(0, 12000);
  for (const LonLat around : {LonLat{0, 90}, {120, -90}, {33, 89.97}, {180, 52}, {-179.99, -17}, {179.99, 0}})
    for (int i = 0; i < 20; ++i) {
      const LonLat p = destination(around, turn(random), {away(random)});
      const LonLat a = destination(around, turn(random), {away(random)});
      const double azimuth_deg = turn(random), length_m = size(random);
      const LonLat b = destination(a, azimuth_deg, {length_m});
      double nearest = 1e300;
      for (int step = 0; step <= 1000; ++step)
        nearest = std::min(nearest, distance(p, destination(a, azimuth_deg, {length_m * step / 1000})).value);
      const double found = distance_to_segment(p, a, b).value;
      INFO("p " << p.lon << " " << p.lat << " a " << a.lon << " " << a.lat << " b " << b.lon << " " << b.lat);
      CHECK(found <= nearest + 1e-3);
      CHECK(found >= nearest - 6.1);  // half a brute step
    }
}
