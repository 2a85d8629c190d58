// Columns put together in bulk against the same features built one after another.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/drawn_geometry.hpp"

using namespace xiangtu;
using tests::GeometryColumn;
using tests::GeometryKind;
using tests::Random;

namespace {

GeometryColumn draw(Random& random, GeometryKind kind, int rows) {
  if (kind == GeometryKind::point) return tests::draw_points(random, tests::lattices::county, rows);
  if (kind == GeometryKind::line) return tests::draw_lines(random, tests::lattices::county, rows);
  return tests::draw_polygons(random, tests::lattices::county, rows);
}

// Vertex by vertex, as a reader would.
void rebuild(const GeometryColumn& from, GeometryColumn& column) {
  for (std::size_t row = 0; row < from.size(); ++row) {
    for (std::size_t part = from.part_begin(row); part < from.part_end(row); ++part) {
      for (const tests::LonLat vertex : from.part(part)) column.add_vertex(vertex);
      column.end_part(from.kind() == GeometryKind::polygon && from.is_hole(part));
    }
    column.end_feature();
  }
}

void check_equal(const GeometryColumn& found, const GeometryColumn& expected) {
  CHECK(found.kind() == expected.kind());
  REQUIRE(found.size() == expected.size());
  REQUIRE(found.part_count() == expected.part_count());
  for (std::size_t row = 0; row < expected.size(); ++row) {
    CHECK(found.empty_at(row) == expected.empty_at(row));
    CHECK(found.part_begin(row) == expected.part_begin(row));
    CHECK(found.part_end(row) == expected.part_end(row));
  }
  for (std::size_t part = 0; part < expected.part_count(); ++part) {
    const auto one = found.part(part), other = expected.part(part);
    CHECK(std::equal(one.begin(), one.end(), other.begin(), other.end()));
    if (expected.kind() == GeometryKind::polygon) CHECK(found.is_hole(part) == expected.is_hole(part));
  }
  CHECK(found.vertices().size() == expected.vertices().size());
}

void check_copies(GeometryKind kind) {
  Random random(41);
  const GeometryColumn column = draw(random, kind, 60);
  GeometryColumn copies(kind);
  for (std::size_t row = 0; row < column.size(); ++row) copies.add_copy(column, row);
  check_equal(copies, column);
}

}  // namespace

TEST_CASE("an appended column is the features built one after another", "[table]") {
  for (const GeometryKind kind : {GeometryKind::point, GeometryKind::line, GeometryKind::polygon})
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      Random random(seed);
      INFO("kind " << static_cast<int>(kind) << ", seed " << seed);
      GeometryColumn found(kind), expected(kind);
      for (int i = 0; i < 3; ++i) {  // also none to none, and rows after rows
        const GeometryColumn next = draw(random, kind, random.whole(0, 8));
        GeometryColumn alone(kind);
        rebuild(next, alone);
        found.append(alone);
        rebuild(next, expected);
      }
      check_equal(found, expected);
      const GeometryColumn later = draw(random, kind, 2);  // built vertex by vertex on what was appended
      rebuild(later, found);
      rebuild(later, expected);
      check_equal(found, expected);
    }
}

TEST_CASE("a copied point or line is the same vertex by vertex", "[table]") {
  check_copies(GeometryKind::point);
  check_copies(GeometryKind::line);
}

TEST_CASE("a copied polygon is the same vertex by vertex, also without area", "[table]") {
  GeometryColumn flat(GeometryKind::polygon), copy(GeometryKind::polygon);
  tests::add_feature(flat, {{0, 0}, {1, 1}, {2, 2}, {0, 0}});  // neither way round
  copy.add_copy(flat, 0);
  check_equal(copy, flat);
  check_copies(GeometryKind::polygon);
}
