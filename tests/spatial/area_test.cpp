#include "spatial/area.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "slow_twins.hpp"

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;

namespace {

// Whole numbers, so that every side test below is exact.
long long turn(LonLat a, LonLat b, LonLat c) {
  const auto whole = [](double x) { return static_cast<long long>(x); };
  const long long value = (whole(b.lon) - whole(a.lon)) * (whole(c.lat) - whole(a.lat)) -
                          (whole(b.lat) - whole(a.lat)) * (whole(c.lon) - whole(a.lon));
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}

bool on_segment(LonLat a, LonLat b, LonLat p) {
  return turn(a, b, p) == 0 && std::min(a.lon, b.lon) <= p.lon && p.lon <= std::max(a.lon, b.lon) &&
         std::min(a.lat, b.lat) <= p.lat && p.lat <= std::max(a.lat, b.lat);
}

bool cross(LonLat a, LonLat b, LonLat c, LonLat d) {
  if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
  return on_segment(a, b, c) || on_segment(a, b, d) || on_segment(c, d, a) || on_segment(c, d, b);
}

// Everything against everything.
bool slow_meets(const GeometryColumn& area, const GeometryColumn& features, std::size_t row) {
  for (const LonLat p : features.vertices_of(row))
    if (slow::contains(area, RowIx{0}, p)) return true;
  if (features.kind() == GeometryKind::point) return false;
  const auto sides = area.part(0);
  for (std::size_t part = features.part_begin(row); part < features.part_end(row); ++part) {
    const auto line = features.part(part);
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
      for (std::size_t k = 0; k + 1 < sides.size(); ++k)
        if (cross(line[i], line[i + 1], sides[k], sides[k + 1])) return true;
  }
  return features.kind() == GeometryKind::polygon && slow::contains(features, RowIx{row}, sides.front());
}

GeometryColumn ring_of(const std::vector<LonLat>& corners) {
  GeometryColumn column(GeometryKind::polygon);
  column.add_vertices(corners);
  column.end_simple_feature();
  return column;
}

std::vector<LonLat> some_positions(std::mt19937& random, std::size_t count, int from, int size) {
  std::vector<LonLat> positions;
  for (std::size_t i = 0; i < count; ++i)
    positions.push_back(
        {static_cast<double>(from + static_cast<int>(random() % static_cast<unsigned>(size))),
         static_cast<double>(from + static_cast<int>(random() % static_cast<unsigned>(size)))});
  return positions;
}

std::vector<RowIx> rows_in(const std::vector<LonLat>& corners, const GeometryColumn& features) {
  return Area{corners}.rows(features, Progress{});
}

const std::vector<LonLat> square{{0, 0}, {4, 0}, {4, 4}, {0, 4}};

}  // namespace

TEST_CASE("an area meets what touches it, what crosses it and what holds it", "[spatial]") {
  GeometryColumn points(GeometryKind::point);
  for (const LonLat p : {LonLat{2, 2}, {4, 2}, {4, 4}, {5, 2}, {-1, -1}}) {
    points.add_vertex(p);
    points.end_simple_feature();
  }
  points.end_feature();  // without geometry
  CHECK(rows_in(square, points) == std::vector<RowIx>{RowIx{0}, RowIx{1}, RowIx{2}});

  GeometryColumn lines(GeometryKind::line);
  for (const auto& line : {std::vector<LonLat>{{-1, 2}, {5, 2}},  // right through, no vertex inside
                           {{-1, 5}, {5, 5}},                     // past it
                           {{3, 6}, {6, 3}},                      // past a corner, boxes meet
                           {{4, 6}, {4, -2}},                     // along a side
                           {{1, 1}, {2, 3}}}) {
    lines.add_vertices(line);
    lines.end_simple_feature();
  }
  CHECK(rows_in(square, lines) == std::vector<RowIx>{RowIx{0}, RowIx{3}, RowIx{4}});

  GeometryColumn polygons(GeometryKind::polygon);
  polygons.add_vertices(std::vector<LonLat>{{-9, -9}, {9, -9}, {9, 9}, {-9, 9}});
  polygons.end_simple_feature();  // holds all of it
  polygons.add_vertices(std::vector<LonLat>{{-9, -9}, {9, -9}, {9, 9}, {-9, 9}});
  polygons.end_part();
  polygons.add_vertices(std::vector<LonLat>{{-8, -8}, {-8, 8}, {8, 8}, {8, -8}});
  polygons.end_part(true);
  polygons.end_feature();  // all of it lies in the hole
  CHECK(rows_in(square, polygons) == std::vector<RowIx>{RowIx{0}});
  CHECK(rows_in({{0, 0}, {1, 1}}, points).empty());
  CHECK(rows_in({}, points).empty());
}

TEST_CASE("areas of any shape meet what everything against everything says", "[spatial]") {
  std::mt19937 random(12);
  for (int round = 0; round < 300; ++round) {
    const std::vector<LonLat> corners = some_positions(random, 3 + random() % 6, 20, 40);
    const GeometryColumn area = ring_of(corners);
    for (const GeometryKind kind : {GeometryKind::point, GeometryKind::line, GeometryKind::polygon}) {
      GeometryColumn features(kind);
      for (int row = 0; row < 60; ++row) {
        const int size = random() % 4 == 0 ? 80 : 8;
        const int from = static_cast<int>(random() % static_cast<unsigned>(81 - size));
        const std::size_t count = kind == GeometryKind::point  ? 1
                                  : kind == GeometryKind::line ? 2 + random() % 4
                                                               : 3 + random() % 4;
        features.add_vertices(some_positions(random, count, from, size));
        features.end_simple_feature();
      }
      const Area fast{corners};
      for (std::size_t row = 0; row < features.size(); ++row) {
        INFO("round " << round << ", kind " << static_cast<int>(kind) << ", row " << row);
        REQUIRE(fast.meets(features, row) == slow_meets(area, features, row));
      }
    }
  }
}
