// Which polygons GEOS takes for invalid, and where.
#include "spatial/validity.hpp"

#include <catch2/catch.hpp>

using namespace xiangtu;
using namespace xiangtu::spatial;
using geodesy::LonLat;
using table::GeometryColumn;
using table::GeometryKind;

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
  const auto judged = invalid_polygons(zones, Progress{});
  REQUIRE(judged);
  const std::vector<Invalidity>& found = *judged;
  REQUIRE(found.size() == 1);
  CHECK(found[0].row == RowIx{2u});
  CHECK(found[0].cause.find("Self-intersection") != std::string::npos);
  CHECK(found[0].place == LonLat{1, 1});
}
