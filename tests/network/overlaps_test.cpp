// Stretches that two roads have in common, against primitive steps on a lattice.
#include "network/overlaps.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "geodesy/measure.hpp"
#include "network/drawn_roads.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using geodesy::LonLat;
using table::GeometryColumn;
using tests::at;
using tests::lines_of;
using tests::Path;
using tests::Random;

namespace {

std::vector<Overlap> find(const GeometryColumn& lines, Metres tolerance = {0.1},
                          std::span<const std::int8_t> levels = {}) {
  Progress progress;
  const RoadParts parts(lines, {});
  return find_overlaps(lines, parts, RunIndex(lines, parts, progress), levels, tolerance, progress);
}

Path reversed(const Path& path) {
  return {path.rbegin(), path.rend()};
}

const Path road{at(0, 0), at(100, 20), at(250, -10), at(400, 30)};
const double road_m = geodesy::length(road).value;

}  // namespace

TEST_CASE("a road that is there twice, as it is or the other way round", "[network]") {
  for (const Metres tolerance : {Metres{0}, Metres{0.1}})
    for (const Path& other : {road, reversed(road)}) {
      const auto found = find(lines_of({road, {at(0, 0), at(-100, 50)}, other}), tolerance);
      REQUIRE(found.size() == 1);
      CHECK(found[0].a == 0);
      CHECK(found[0].b == 2);
      CHECK(found[0].is_all);
      CHECK(found[0].length.value == Approx(road_m).margin(1e-6));
    }
  CHECK(find(lines_of({road, road, road})).size() == 3);
  const Path loop{at(0, 0), at(30, 30), at(0, 60), at(0, 0)};
  REQUIRE(find(lines_of({loop, reversed(loop)})).size() == 1);
  CHECK(find(lines_of({loop, reversed(loop)}))[0].is_all);
}

TEST_CASE("a part of a road, with its vertices or between them", "[network]") {
  const auto shared = [](const Path& other, Metres tolerance) {
    const auto found = find(lines_of({road, other}), tolerance);
    REQUIRE(found.size() <= 1);
    if (found.size() == 1) CHECK_FALSE(found[0].is_all);
    return found.empty() ? 0 : found[0].length.value;
  };
  const double middle_m = geodesy::distance(road[1], road[2]).value;
  CHECK(shared({road[1], road[2]}, {0}) == Approx(middle_m).margin(1e-6));
  CHECK(shared({at(100, 300), road[2], road[1], at(90, -70)}, {0}) == Approx(middle_m).margin(1e-6));
  // Between vertices: off the line by rounding, so that only a tolerance finds it.
  const auto between = [](double share) {
    return LonLat{road[1].lon + share * (road[2].lon - road[1].lon),
                  road[1].lat + share * (road[2].lat - road[1].lat)};
  };
  CHECK(shared({between(0.3), between(0.7)}, {0.1}) == Approx(middle_m * 0.4).margin(1e-3));
  CHECK(shared({at(100, 300), between(0.5), road[2], road[3]}, {0.1}) ==
        Approx(middle_m / 2 + geodesy::distance(road[2], road[3]).value).margin(1e-3));
  // Exactly on a line from west to east.
  const auto found = find(lines_of({{{109, 37}, {109.5, 37}}, {{109.25, 37}, {110, 37}}}), {0});
  REQUIRE(found.size() == 1);
  CHECK(found[0].length.value == Approx(geodesy::distance({109.25, 37}, {109.5, 37}).value).margin(0.01));
}

TEST_CASE("roads that touch, cross or run beside each other have nothing in common", "[network]") {
  CHECK(find(lines_of({road, {road[3], at(500, 0)}, {road[0], at(-80, 9)}})).empty());
  CHECK(find(lines_of({{at(-100, 0), at(100, 0)}, {at(0, -100), at(0, 100)}})).empty());
  CHECK(find(lines_of({{at(0, 0), at(400, 0)}, {at(0, 0.2), at(400, 0.2)}})).empty());
  CHECK(find(lines_of({{at(0, 0), at(400, 0)}, {at(0, 0.05), at(400, 0.05)}})).size() == 1);
  CHECK(find(lines_of({{at(0, 0), at(400, 0)}, {at(0, 0.05), at(400, 0.05)}}), {0}).empty());
  CHECK(find(lines_of({{at(0, 0), at(0, 0)}, {at(0, 0), at(0, 0)}, {at(0, 0)}})).empty());
  CHECK(find(lines_of({{at(0, 0), at(100, 0)}, {at(100, 0), at(0, 0), at(100, 0)}})).size() == 1);
  CHECK(find(lines_of({{at(-50, 0), at(-49.95, 0)}, {at(-49.95, 0), at(-49.9, 0)}})).empty());
  const std::int8_t above[] = {0, 1};
  CHECK(find(lines_of({road, road}), {0.1}, above).empty());
}

TEST_CASE("two stretches apart are two overlaps", "[network]") {
  const Path other{road[0], road[1], at(180, 200), road[2], road[3]};
  const auto found = find(lines_of({road, other}));
  REQUIRE(found.size() == 2);
  CHECK(found[0].length.value == Approx(geodesy::distance(road[0], road[1]).value).margin(1e-6));
  CHECK(found[1].length.value == Approx(geodesy::distance(road[2], road[3]).value).margin(1e-6));
}

namespace {

// Steps of some 50 m, whose differences are exact.
constexpr tests::Lattice quarter{"a quarter", {109, 37}, {0x1p-11, 0x1p-11}, 12, 12};

using Point = std::pair<long, long>;
using Step = std::pair<Point, Point>;

Point point_of(LonLat p) {
  return {std::lround((p.lon - 109) * 2048), std::lround((p.lat - 37) * 2048)};
}
LonLat position_of(Point p) {
  return {109 + static_cast<double>(p.first) / 2048, 37 + static_cast<double>(p.second) / 2048};
}

// A line from lattice position to lattice position.
std::vector<Step> steps_of(std::span<const LonLat> line) {
  std::vector<Step> steps;
  for (std::size_t v = 1; v < line.size(); ++v) {
    const Point a = point_of(line[v - 1]), b = point_of(line[v]);
    const long count = std::gcd(b.first - a.first, b.second - a.second);
    for (long i = 0; i < count; ++i) {
      const auto place = [&](long k) {
        return Point{a.first + (b.first - a.first) / count * k, a.second + (b.second - a.second) / count * k};
      };
      steps.push_back({place(i), place(i + 1)});
    }
  }
  return steps;
}

}  // namespace

TEST_CASE("overlaps are as long as the lattice steps that two roads share", "[network]") {
  Random random(12);
  double shared_m = 0;
  for (int round = 0; round < 300; ++round) {
    INFO("round " << round);
    const GeometryColumn lines = tests::draw_lines(random, quarter, random.whole(2, 10));
    const RoadParts parts(lines, {});
    // Stretches of steps in a row, by pair of roads.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>> expected, found;
    for (std::uint32_t a = 0; a < parts.size(); ++a)
      for (std::uint32_t b = a + 1; b < parts.size(); ++b) {
        std::set<Step> of_b;
        for (const auto& [from, to] : steps_of(lines.part(parts.parts[b].value)))
          of_b.insert(std::minmax(from, to));
        bool goes_on = false;
        for (const auto& [from, to] : steps_of(lines.part(parts.parts[a].value))) {
          const bool is_shared = of_b.contains(std::minmax(from, to));
          if (is_shared && !goes_on) expected[{a, b}].push_back(0);
          if (is_shared)
            expected[{a, b}].back() += geodesy::distance(position_of(from), position_of(to)).value;
          goes_on = is_shared;
        }
      }
    for (const Metres tolerance : {Metres{0}, Metres{0.1}}) {
      found.clear();
      for (const Overlap& overlap : find(lines, tolerance))
        found[{overlap.a, overlap.b}].push_back(overlap.length.value);
      REQUIRE(found.size() == expected.size());
      for (const auto& [roads, lengths] : expected) {
        REQUIRE(found[roads].size() == lengths.size());
        for (std::size_t i = 0; i < lengths.size(); ++i) {
          CHECK(found[roads][i] == Approx(lengths[i]).epsilon(1e-6));
          shared_m += lengths[i];
        }
      }
    }
  }
  CHECK(shared_m > 10000);
}
