// Every fast kernel against its slow, obvious twin on random and degenerate input.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "geodesy/measure.hpp"
#include "spatial/length_by_zone.hpp"
#include "spatial/packed_index.hpp"
#include "spatial/polygon_locator.hpp"
#include "spatial/validity.hpp"
#include "spatial/within_distance.hpp"

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using geodesy::LonLatBox;
using table::GeometryColumn;
using table::GeometryKind;

namespace {

struct Random {
  std::mt19937_64 engine;
  double operator()(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(engine);
  }
};

// Squares of a grid with shared borders, south-west first.
GeometryColumn grid(int columns, int rows, double size) {
  GeometryColumn squares(GeometryKind::polygon);
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < columns; ++x) {
      const double west = 109 + x * size, south = 37 + y * size;
      for (const auto& [dx, dy] : {std::pair{0., 0.}, {1., 0.}, {1., 1.}, {0., 1.}, {0., 0.}})
        squares.add_vertex({west + dx * size, south + dy * size});
      squares.end_part();
      squares.end_feature();
    }
  return squares;
}

GeometryColumn random_lines(Random& random, int count, double extent, double step) {
  GeometryColumn lines(GeometryKind::line);
  for (int i = 0; i < count; ++i) {
    LonLat p{random(109, 109 + extent), random(37, 37 + extent)};
    const int vertices = static_cast<int>(random(0, 12));
    for (int v = 0; v < vertices; ++v) {
      lines.add_vertex(p);
      if (random(0, 1) > 0.1)
        p = {p.lon + random(-step, step), p.lat + random(-step, step)};  // else a duplicate vertex
    }
    if (vertices > 0) lines.end_part();
    lines.end_feature();
  }
  return lines;
}

std::vector<RowIx> all_rows(const GeometryColumn& column) {
  std::vector<RowIx> rows;
  for (std::size_t i = 0; i < column.size(); ++i) rows.emplace_back(i);
  return rows;
}

}  // namespace

TEST_CASE("the packed index finds what a scan finds", "[spatial]") {
  Random random{std::mt19937_64{3}};
  for (const std::size_t count : {0u, 1u, 15u, 16u, 17u, 300u, 5000u}) {
    std::vector<LonLatBox> boxes(count);
    for (LonLatBox& box : boxes) {
      if (random(0, 1) < 0.05) continue;  // an empty box
      const LonLat p{random(-10, 10), random(-10, 10)};
      box.add(p);
      box.add(LonLat{p.lon + random(0, 0.5), p.lat + random(0, 0.5)});
    }
    const PackedIndex index(boxes);
    for (int i = 0; i < 50; ++i) {
      LonLatBox query;
      query.add(LonLat{random(-11, 11), random(-11, 11)});
      query.add(LonLat{query.min.lon + random(0, 3), query.min.lat + random(0, 3)});
      std::vector<std::size_t> found, expected;
      index.query(query, [&](std::size_t item) {
        found.push_back(item);
        return true;
      });
      for (std::size_t item = 0; item < count; ++item)
        if (!boxes[item].empty() && boxes[item].intersects(query)) expected.push_back(item);
      std::sort(found.begin(), found.end());
      CHECK(found == expected);
    }
  }
}

TEST_CASE("a position on a border belongs to the lowest row, in a hole to nobody", "[spatial]") {
  const GeometryColumn squares = grid(3, 3, 0.1);
  const PolygonLocator locator(squares);
  CHECK(locator.locate({109.05, 37.05}) == RowIx{0u});
  CHECK(locator.locate({109.1, 37.05}) == RowIx{0u});  // shared by 0 and 1
  CHECK(locator.locate({109.1, 37.1}) == RowIx{0u});   // shared by four
  CHECK(locator.locate({109, 37}) == RowIx{0u});
  CHECK_FALSE(locator.locate({108.999, 37.05}).exists());

  GeometryColumn holed(GeometryKind::polygon);
  for (const LonLat p : {LonLat{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}) holed.add_vertex(p);
  holed.end_part();
  for (const LonLat p : {LonLat{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}}) holed.add_vertex(p);
  holed.end_part(true);
  holed.end_feature();
  const PolygonLocator with_hole(holed);
  CHECK(with_hole.locate({0.5, 2}).exists());
  CHECK(with_hole.locate({1, 2}).exists());  // on the hole's border
  CHECK_FALSE(with_hole.locate({2, 2}).exists());
}

TEST_CASE("the locator agrees with a plain even-odd test", "[spatial]") {
  Random random{std::mt19937_64{5}};
  GeometryColumn stars(GeometryKind::polygon);
  for (int i = 0; i < 20; ++i) {
    const LonLat centre{random(100, 101), random(30, 31)};
    const int corners = static_cast<int>(random(3, 80));
    for (int c = 0; c < corners; ++c) {
      const double angle = 2 * M_PI * c / corners, radius = random(0.02, 0.2);
      stars.add_vertex({centre.lon + radius * std::cos(angle), centre.lat + radius * std::sin(angle)});
    }
    stars.end_part();
    stars.end_feature();
  }
  const PolygonLocator locator(stars);
  for (int i = 0; i < 5000; ++i) {
    const LonLat p{random(99.8, 101.2), random(29.8, 31.2)};
    RowIx expected;
    for (std::size_t row = 0; row < stars.size() && !expected.exists(); ++row) {
      const auto ring = stars.part(stars.part_begin(row));
      bool inside = false;
      for (std::size_t k = 0; k + 1 < ring.size(); ++k)
        if ((ring[k].lat > p.lat) != (ring[k + 1].lat > p.lat) &&
            p.lon < ring[k].lon + (p.lat - ring[k].lat) / (ring[k + 1].lat - ring[k].lat) *
                                      (ring[k + 1].lon - ring[k].lon))
          inside = !inside;
      if (inside) expected = RowIx{row};
    }
    CHECK(locator.locate(p) == expected);
  }
}

TEST_CASE("pieces of lines add up to the lines and match fine sampling", "[spatial]") {
  Random random{std::mt19937_64{17}};
  const GeometryColumn squares = grid(4, 4, 0.05);
  const GeometryColumn lines = random_lines(random, 300, 0.25, 0.03);
  Progress progress;
  const auto pieces = length_by_zone(lines, squares, progress);
  REQUIRE(pieces);
  const PolygonLocator locator(squares);
  std::vector<double> by_line(lines.size(), 0), by_zone(17, 0), sampled(17, 0);
  for (const ZonePiece& piece : *pieces) {
    by_line[piece.line.value] += piece.length.value;
    by_zone[piece.zone.exists() ? piece.zone.value : 16] += piece.length.value;
  }
  double total = 0;
  for (std::size_t row = 0; row < lines.size(); ++row) {
    double expected = 0;
    for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
      const auto line = lines.part(part);
      for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double length_m = geodesy::distance(line[i], line[i + 1]).value;
        expected += length_m;
        for (int s = 0; s < 500; ++s) {
          const double t = (s + 0.5) / 500;
          const RowIx zone = locator.locate({line[i].lon + t * (line[i + 1].lon - line[i].lon),
                                             line[i].lat + t * (line[i + 1].lat - line[i].lat)});
          sampled[zone.exists() ? zone.value : 16] += length_m / 500;
        }
      }
    }
    CHECK(by_line[row] == Approx(expected).epsilon(1e-8).margin(1e-6));
    total += expected;
  }
  for (std::size_t zone = 0; zone < 17; ++zone) CHECK(std::abs(by_zone[zone] - sampled[zone]) < 1e-4 * total);
}

TEST_CASE("a line along a shared border belongs to the lower zone, once", "[spatial]") {
  const GeometryColumn squares = grid(2, 1, 0.1);
  GeometryColumn lines(GeometryKind::line);
  for (const LonLat p : {LonLat{109.1, 36.95}, {109.1, 37.05}, {109.1, 37.15}}) lines.add_vertex(p);
  lines.end_part();
  lines.end_feature();
  Progress progress;
  const auto pieces = length_by_zone(lines, squares, progress);
  REQUIRE(pieces);
  REQUIRE(pieces->size() == 2);
  CHECK((*pieces)[0].zone == RowIx{0u});
  CHECK((*pieces)[0].length.value ==
        Approx(geodesy::distance({109.1, 37}, {109.1, 37.1}).value).epsilon(1e-6));
  CHECK_FALSE((*pieces)[1].zone.exists());
}

TEST_CASE("within-distance is exact at the threshold and agrees with brute force", "[spatial]") {
  Random random{std::mt19937_64{23}};
  const GeometryColumn lines = random_lines(random, 60, 0.2, 0.02);
  const SegmentIndex index(lines);
  std::vector<Counts> counts;
  for (std::size_t row = 0; row < lines.size(); ++row) counts.push_back(static_cast<Counts>(row % 3));
  const std::vector<Counts> all(lines.size(), Counts::yes);
  GeometryColumn places(GeometryKind::point);
  for (int i = 0; i < 400; ++i) {
    places.add_vertex({random(108.95, 109.25), random(36.95, 37.25)});
    places.end_part();
    places.end_feature();
  }
  Progress progress;
  const auto near_them = within_distance(places, all_rows(places), index, counts, {2000}, progress);
  REQUIRE(near_them);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const LonLat p = places.representative(i);
    double nearest = 1e300;
    Counts expected = Counts::no;
    for (std::size_t row = 0; row < lines.size(); ++row)
      for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
        const auto line = lines.part(part);
        double distance = 1e300;
        if (line.size() == 1) distance = geodesy::distance(p, line[0]).value;
        for (std::size_t k = 0; k + 1 < line.size(); ++k)
          distance = std::min(distance, geodesy::distance_to_segment(p, line[k], line[k + 1]).value);
        nearest = std::min(nearest, distance);
        if (distance <= 2000) expected = std::max(expected, counts[row]);
      }
    CHECK((*near_them)[i] == expected);
    const auto found = index.nearest(p, {5000});
    CHECK(found.row.exists() == (nearest <= 5000));
    if (found.row.exists()) CHECK(found.distance.value == Approx(nearest).margin(1e-6));
    if (nearest < 20000) {  // inclusive to a millimetre, either side
      CHECK(index.within(p, {nearest + 0.001}, all) == Counts::yes);
      CHECK(index.within(p, {nearest - 0.001}, all) == Counts::no);
    }
  }
}

TEST_CASE("runs of long lines, points and polygons are found from every side", "[spatial]") {
  Random random{std::mt19937_64{29}};
  GeometryColumn line(GeometryKind::line), points(GeometryKind::point);
  std::vector<LonLat> path{{109, 37}};
  for (int i = 0; i < 49; ++i)  // three runs and one segment more
    path.push_back({path.back().lon + random(-0.01, 0.02), path.back().lat + random(-0.01, 0.01)});
  for (const LonLat p : path) line.add_vertex(p);
  line.end_part();
  line.end_feature();
  for (const LonLat p : path) {
    points.add_vertex(p);
    points.end_part();
    points.end_feature();
  }
  const SegmentIndex line_index(line), point_index(points);
  for (int i = 0; i < 200; ++i) {
    const LonLat p{random(108.9, 109.4), random(36.8, 37.2)};
    double to_line = 1e300, to_point = 1e300;
    for (std::size_t k = 0; k < path.size(); ++k) {
      to_point = std::min(to_point, geodesy::distance(p, path[k]).value);
      if (k > 0) to_line = std::min(to_line, geodesy::distance_to_segment(p, path[k - 1], path[k]).value);
    }
    CHECK(line_index.nearest(p, {1e6}).distance.value == Approx(to_line).margin(1e-6));
    CHECK(point_index.nearest(p, {1e6}).distance.value == Approx(to_point).margin(1e-6));
  }
}

namespace {

// Two triangles that share the side from a to b, one on each side of it.
GeometryColumn triangles_along(LonLat a, LonLat b) {
  GeometryColumn zones(GeometryKind::polygon);
  for (const LonLat apex : {LonLat{a.lon, b.lat}, LonLat{b.lon, a.lat}}) {
    for (const LonLat p : {a, b, apex, a}) zones.add_vertex(p);
    zones.end_part();
    zones.end_feature();
  }
  return zones;
}

}  // namespace

TEST_CASE("a road along an oblique border belongs to the lower zone, whatever its vertices", "[spatial]") {
  // The road follows the shared side with vertices of its own.
  const LonLat a{109.13, 37.07}, b{109.71, 37.43};
  const GeometryColumn zones = triangles_along(a, b);
  GeometryColumn road(GeometryKind::line);
  for (int i = 0; i <= 37; ++i)
    road.add_vertex({a.lon + (b.lon - a.lon) * i / 37, a.lat + (b.lat - a.lat) * i / 37});
  road.end_part();
  road.end_feature();
  for (const LonLat p : {a, b}) road.add_vertex(p);
  road.end_part();
  road.end_feature();
  Progress progress;
  const auto pieces = length_by_zone(road, zones, progress);
  REQUIRE(pieces);
  REQUIRE(pieces->size() == 2);
  for (const ZonePiece& piece : *pieces) CHECK(piece.zone == RowIx{0u});
}

TEST_CASE("every position on a shared border is in one of its polygons", "[spatial]") {
  Random random{std::mt19937_64{31}};
  const LonLat a{109.13, 37.07}, b{109.71, 37.43};
  const GeometryColumn zones = triangles_along(a, b);
  const PolygonLocator locator(zones);
  for (int i = 0; i < 10000; ++i) {
    const double t = random(0.001, 0.999);
    CHECK(locator.locate({a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)}).exists());
  }
}

TEST_CASE("a comb of long edges is located in without a copy of each edge in every band", "[spatial]") {
  GeometryColumn comb(GeometryKind::polygon);
  constexpr int teeth = 20000;
  for (int i = 0; i < teeth; ++i) {
    comb.add_vertex({109 + 1e-5 * i, 37});
    comb.add_vertex({109 + 1e-5 * (i + 0.5), 38});
  }
  comb.add_vertex({109 + 1e-5 * teeth, 36.9});
  comb.add_vertex({109, 36.9});
  comb.add_vertex({109, 37});
  comb.end_part();
  comb.end_feature();
  const PolygonLocator locator(comb);
  CHECK(locator.locate({109.1, 36.95}).exists());
  CHECK_FALSE(locator.locate({109.1, 38.5}).exists());
}

TEST_CASE("nearness holds across the antimeridian and beside long straight roads", "[spatial]") {
  const auto line_index = [](LonLat a, LonLat b, GeometryColumn& line) {
    line.add_vertex(a);
    line.add_vertex(b);
    line.end_part();
    line.end_feature();
  };
  const std::vector<Counts> yes{Counts::yes};
  GeometryColumn across(GeometryKind::line), straight(GeometryKind::line);
  line_index({-179.999, 10}, {-179.99, 10.01}, across);
  CHECK(SegmentIndex(across).within({179.999, 10}, {250}, yes) == Counts::yes);
  CHECK(SegmentIndex(across).within({179.999, 10}, {200}, yes) == Counts::no);
  // The geodesic bulges 4.3 km north of the parallel that its box follows.
  line_index({100, 45}, {102, 45}, straight);
  const LonLat village{101, 45.0216};
  const double exact = geodesy::distance_to_segment(village, {100, 45}, {102, 45}).value;
  CHECK(exact == Approx(1913.9).margin(1));
  CHECK(SegmentIndex(straight).within(village, {2000}, yes) == Counts::yes);
  CHECK(SegmentIndex(straight).within(village, {1900}, yes) == Counts::no);
}

TEST_CASE("boundaries that cross themselves are found, with the place", "[spatial]") {
  GeometryColumn zones(GeometryKind::polygon);
  const auto add = [&](const std::vector<LonLat>& ring, bool hole = false) {
    for (const LonLat p : ring) zones.add_vertex(p);
    zones.end_part(hole);
  };
  add({{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}});
  add({{1, 1}, {1, 1.5}, {1.5, 1.5}, {1.5, 1}, {1, 1}}, true);
  zones.end_feature();
  zones.end_feature();                            // without geometry
  add({{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}});  // a bow tie
  zones.end_feature();
  const auto found = invalid_polygons(zones, Progress{});
  REQUIRE(found.size() == 1);
  CHECK(found[0].row == RowIx{2u});
  CHECK(found[0].cause.find("Self-intersection") != std::string::npos);
  CHECK(found[0].place == LonLat{1, 1});
}
