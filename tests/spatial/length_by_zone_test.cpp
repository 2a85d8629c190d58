// Lengths by zone against a cut of every segment at every edge, in exact shares.
#include "spatial/length_by_zone.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "geodesy/measure.hpp"
#include "slow_twins.hpp"
#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;
using tests::Lattice;
using tests::Random;

namespace {

constexpr double rounding_m = 1e-6;  // a piece below it may be there or not

std::vector<ZonePiece> pieces_of(const GeometryColumn& lines, const GeometryColumn& zones) {
  Progress progress;
  auto pieces = length_by_zone(lines, PolygonLocator(zones), progress);
  REQUIRE(pieces);
  return {pieces->begin(), pieces->end()};
}

// By line, then zone, outside last; each pair once, none without length.
void check_order(const std::vector<ZonePiece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    CHECK(pieces[i].length.value > 0);
    if (i > 0)
      CHECK(std::tie(pieces[i - 1].line, pieces[i - 1].zone) < std::tie(pieces[i].line, pieces[i].zone));
  }
}

double sum_of(const slow::LengthByZone& lengths) {
  double sum_m = 0;
  for (const auto& [zone, length_m] : lengths) sum_m += length_m;
  return sum_m;
}

void check_all(const GeometryColumn& lines, const GeometryColumn& zones) {
  const std::vector<ZonePiece> pieces = pieces_of(lines, zones);
  check_order(pieces);
  std::vector<slow::LengthByZone> found(lines.size());
  for (const ZonePiece& piece : pieces) found[piece.line.value][piece.zone] = piece.length.value;
  std::vector<slow::LengthByZone> expected = slow::length_by_zone(lines, zones);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const double margin = rounding_m + 1e-9 * sum_of(expected[line]);
    for (const auto& [zone, length_m] : found[line]) expected[line].try_emplace(zone, 0);
    for (const auto& [zone, length_m] : expected[line]) {
      INFO("line " << line << ", zone " << static_cast<std::int32_t>(zone.value));
      CHECK(found[line][zone] == Approx(length_m).epsilon(0).margin(margin));
    }
  }
}

constexpr Lattice fields[] = {tests::lattices::county,     tests::lattices::zero,
                              tests::lattices::before_180, tests::lattices::after_180,
                              tests::lattices::arctic,     tests::lattices::garden,
                              tests::lattices::hemisphere, tests::lattices::north_pole,
                              tests::lattices::south_pole, tests::lattices::medium};

GeometryColumn box(double west, double south, double east, double north) {
  GeometryColumn zone(GeometryKind::polygon);
  tests::add_feature(zone, {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}});
  return zone;
}

}  // namespace

TEST_CASE("lengths by zone are those of cuts at every edge, and a shared border counts for the lowest row",
          "[spatial]") {
  for (const Lattice& lattice : fields)
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      Random random(seed);
      INFO(lattice.name << ", seed " << seed);
      const GeometryColumn zones = tests::draw_polygons(random, lattice, random.whole(1, 10));
      check_all(tests::draw_lines(random, lattice, 6), zones);
    }
}

TEST_CASE("the pieces of a line add up to its geodesic length", "[spatial]") {
  for (const Lattice& lattice : fields) {
    Random random(17);
    const GeometryColumn zones = tests::draw_polygons(random, lattice, 8);
    const GeometryColumn lines = tests::draw_lines(random, lattice, 1100);  // more than two tasks
    std::vector<double> sums(lines.size(), 0);
    for (const ZonePiece& piece : pieces_of(lines, zones)) sums[piece.line.value] += piece.length.value;
    const std::vector<double> expected = slow::lengths(lines);
    INFO(lattice.name);
    for (std::size_t line = 0; line < lines.size(); ++line)
      CHECK(sums[line] == Approx(expected[line]).epsilon(1e-9).margin(rounding_m));
  }
}

TEST_CASE("lengths are sums of geodesics, the short way over 180°, and without geometry zero", "[spatial]") {
  std::vector<Lattice> lattices(std::begin(fields), std::end(fields));
  lattices.push_back(tests::lattices::across_180);
  for (const Lattice& lattice : lattices) {
    Random random(19);
    const GeometryColumn lines = tests::draw_lines(random, lattice, 1100);
    const std::vector<Metres> found = lengths(lines, Progress{});
    const std::vector<double> expected = slow::lengths(lines);
    INFO(lattice.name);
    REQUIRE(found.size() == expected.size());
    for (std::size_t line = 0; line < lines.size(); ++line)
      CHECK(found[line].value == Approx(expected[line]).epsilon(1e-9).margin(rounding_m));
  }
}

TEST_CASE("a segment that spans 180° lies in the zones along its short way", "[spatial]") {
  GeometryColumn zones = box(179, 9, 180, 11), road(GeometryKind::line);
  zones.append(box(-180, 9, -179, 11));
  zones.append(box(-1, 9, 1, 11));  // where a straight line in longitude would pass
  tests::add_feature(road, {{179.75, 10}, {-179.75, 10}});
  const double half_m = geodesy::distance({179.75, 10}, {-179.75, 10}).value / 2;
  const std::vector<ZonePiece> pieces = pieces_of(road, zones);
  REQUIRE(pieces.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(pieces[i].zone == RowIx{i});
    CHECK(pieces[i].length.value == Approx(half_m).epsilon(1e-9));
  }
}

TEST_CASE("a line along a shared border belongs to the lowest row, once", "[spatial]") {
  const GeometryColumn zones = tests::grid({"two", {109, 37}, {0.1, 0.1}, 2, 2}, 2);
  GeometryColumn lines(GeometryKind::line);
  tests::add_feature(lines, {{109.1, 36.95}, {109.1, 37.05}, {109.1, 37.15}});
  const std::vector<ZonePiece> pieces = pieces_of(lines, zones);
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[0].zone == RowIx{0u});
  CHECK(pieces[0].length.value == Approx(geodesy::distance({109.1, 37}, {109.1, 37.1}).value).epsilon(1e-6));
  CHECK(pieces[1].zone == RowIx{2u});
  CHECK_FALSE(pieces[2].zone.exists());
}

TEST_CASE("a road along an oblique border belongs to the lowest row, whatever its vertices", "[spatial]") {
  const LonLat a{109.13, 37.07}, b{109.71, 37.43};
  tests::Path own;  // along the shared side with vertices of its own
  for (int i = 0; i <= 37; ++i)
    own.push_back({a.lon + (b.lon - a.lon) * i / 37, a.lat + (b.lat - a.lat) * i / 37});
  GeometryColumn road(GeometryKind::line);
  tests::add_feature(road, own);
  tests::add_feature(road, {a, b});
  const std::vector<ZonePiece> pieces = pieces_of(road, tests::triangles_along(a, b));
  REQUIRE(pieces.size() == 2);
  for (const ZonePiece& piece : pieces) CHECK(piece.zone == RowIx{0u});
}
