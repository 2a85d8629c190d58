// The locator against a scan of all edges of all polygons in exact integers.
#include "spatial/polygon_locator.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <stop_token>
#include <tuple>

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

constexpr Lattice fields[] = {tests::lattices::county,     tests::lattices::zero,
                              tests::lattices::before_180, tests::lattices::after_180,
                              tests::lattices::garden,     tests::lattices::hemisphere,
                              tests::lattices::north_pole, tests::lattices::south_pole};

// The positions of a lattice's quarters, and everything around it.
std::vector<LonLat> draw_places(Random& random, const Lattice& lattice, int count) {
  std::vector<LonLat> places;
  for (int i = 0; i < count; ++i) places.push_back(lattice.draw_between(random));
  return places;
}

void check_all(const GeometryColumn& zones, const std::vector<LonLat>& places) {
  const PolygonLocator locator(zones);
  for (const LonLat p : places) {
    INFO("at " << p.lon << " " << p.lat);
    CHECK(locator.locate(p).value == slow::locate(zones, p).value);
    for (std::size_t row = 0; row < zones.size(); ++row)
      CHECK(locator.contains(RowIx{row}, p) == slow::contains(zones, RowIx{row}, p));
  }
}

void check_all_located(const GeometryColumn& zones, const std::vector<LonLat>& places) {
  const PolygonLocator locator(zones);
  for (const LonLat p : places) {
    INFO("at " << p.lon << " " << p.lat);
    CHECK(locator.locate(p).value == slow::locate(zones, p).value);
  }
}

}  // namespace

TEST_CASE("on a boundary, a corner or an overlap the lowest row has the position, as an exact scan says",
          "[spatial]") {
  for (const Lattice& lattice : fields)
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      Random random(seed);
      INFO(lattice.name << ", seed " << seed);
      const GeometryColumn zones = tests::draw_polygons(random, lattice, random.whole(1, 14));
      check_all(zones, draw_places(random, lattice, 40));
    }
}

TEST_CASE("every vertex and every middle of an edge is on the boundary, of the lowest row", "[spatial]") {
  for (std::uint64_t seed = 100; seed < 130; ++seed) {
    Random random(seed);
    const GeometryColumn zones = tests::draw_polygons(random, tests::lattices::county, 8);
    const PolygonLocator locator(zones);
    INFO("seed " << seed);
    for (std::size_t row = 0; row < zones.size(); ++row)
      for (std::size_t part = zones.part_begin(row); part < zones.part_end(row); ++part) {
        const auto ring = zones.part(part);
        for (std::size_t i = 1; i < ring.size(); ++i) {
          const LonLat a = ring[i - 1], b = ring[i];
          for (const LonLat p : {a, b, LonLat{(a.lon + b.lon) / 2, (a.lat + b.lat) / 2}}) {
            CHECK(locator.contains(RowIx{row}, p));
            CHECK(locator.locate(p) <= RowIx{row});
          }
        }
      }
  }
}

TEST_CASE("stars with edges at any angle are located in as by an exact scan", "[spatial]") {
  Random random(5);
  const auto fine = [](double degrees) { return std::round(degrees * 0x1p40) * 0x1p-40; };
  for (const double size : {1e-6, 0.2, 60.0}) {
    GeometryColumn stars(GeometryKind::polygon);
    const auto near = [&] {
      return LonLat{fine(100 + size * random.between(-1, 1)), fine(30 + size * random.between(-1, 1))};
    };
    for (int i = 0; i < 12; ++i) {
      const LonLat centre = near();
      const int corners = random.whole(3, 80);
      tests::Path ring;
      for (int c = 0; c < corners; ++c) {
        const double angle = 2 * M_PI * c / corners, radius = size * random.between(0.1, 1);
        ring.push_back(
            {fine(centre.lon + radius * std::cos(angle)), fine(centre.lat + radius * std::sin(angle))});
      }
      tests::add_feature(stars, ring);
    }
    const PolygonLocator locator(stars);
    for (int i = 0; i < 400; ++i) {
      const LonLat p = near();
      CHECK(locator.locate(p).value == slow::locate(stars, p).value);
    }
  }
}

TEST_CASE("a position on a border belongs to the lowest row, in a hole to nobody", "[spatial]") {
  const PolygonLocator locator(tests::grid({"three by three", {109, 37}, {0.1, 0.1}, 3, 3}, 3));
  CHECK(locator.locate({109.05, 37.05}) == RowIx{0u});
  CHECK(locator.locate({109.1, 37.05}) == RowIx{0u});  // shared by 0 and 1
  CHECK(locator.locate({109.1, 37.1}) == RowIx{0u});   // shared by four
  CHECK(locator.locate({109, 37}) == RowIx{0u});
  CHECK_FALSE(locator.locate({108.999, 37.05}).exists());

  GeometryColumn holed(GeometryKind::polygon);
  tests::add_part(holed, {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}});
  tests::add_part(holed, {{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}}, true);
  holed.end_feature();
  const PolygonLocator with_hole(holed);
  CHECK(with_hole.locate({0.5, 2}).exists());
  CHECK(with_hole.locate({1, 2}).exists());  // on the hole's border
  CHECK_FALSE(with_hole.locate({2, 2}).exists());
}

TEST_CASE("every position on a shared border is in one of its polygons", "[spatial]") {
  Random random(31);
  const LonLat a{109.13, 37.07}, b{109.71, 37.43};
  const PolygonLocator locator(tests::triangles_along(a, b));
  for (int i = 0; i < 10000; ++i) {
    const double t = random.between(0.001, 0.999);
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

TEST_CASE("a comb's teeth, over many bands, are told apart as by an exact scan", "[spatial]") {
  const Lattice lattice{"a comb", {109, 37}, {0x1p-8, 0x1p-8}, 200, 100};
  tests::Path ring;
  for (int x = 0; x < lattice.columns; x += 2) {
    ring.push_back(lattice.at(x, 10));
    ring.push_back(lattice.at(x + 1, x % 3 == 0 ? 90 : 20));
  }
  ring.push_back(lattice.at(lattice.columns, 0));
  ring.push_back(lattice.at(0, 0));
  GeometryColumn comb(GeometryKind::polygon);
  tests::add_feature(comb, ring);
  Random random(37);
  check_all(comb, draw_places(random, lattice, 1500));
}

TEST_CASE("edges that meet a box are visited, each once, as by a scan of all", "[spatial]") {
  using Edge = std::tuple<std::uint32_t, double, double, double, double>;  // row, south-western end first
  for (const Lattice& lattice : fields)
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Random random(seed);
      const GeometryColumn zones = tests::draw_polygons(random, lattice, random.whole(1, 14));
      const PolygonLocator locator(zones);
      for (int i = 0; i < 20; ++i) {
        geodesy::LonLatBox box;
        box.add(lattice.draw_between(random));
        box.add(random.chance(0.2) ? box.min : lattice.draw_between(random));
        std::vector<Edge> expected, found;
        for (std::size_t row = 0; row < zones.size(); ++row)
          for (std::size_t part = zones.part_begin(row); part < zones.part_end(row); ++part) {
            const auto ring = zones.part(part);
            for (std::size_t v = 0; v + 1 < ring.size(); ++v) {
              LonLat a = ring[v], b = ring[v + 1];
              if (std::tie(b.lat, b.lon) < std::tie(a.lat, a.lon)) std::swap(a, b);
              geodesy::LonLatBox around;
              around.add(a);
              around.add(b);
              if (around.intersects(box))
                expected.emplace_back(static_cast<std::uint32_t>(row), a.lon, a.lat, b.lon, b.lat);
            }
          }
        locator.visit_edges(box, [&](RowIx row, LonLat a, LonLat b) {
          found.emplace_back(row.value, a.lon, a.lat, b.lon, b.lat);
          return true;
        });
        std::sort(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        INFO(lattice.name << ", seed " << seed);
        CHECK(found == expected);
        int visits = 0;
        locator.visit_edges(box, [&](RowIx, LonLat, LonLat) { return ++visits < 2; });
        CHECK(visits == static_cast<int>(std::min<std::size_t>(expected.size(), 2)));
      }
    }
}

TEST_CASE("many polygons, prepared on several threads, are located in as by an exact scan", "[spatial]") {
  Random random(77);
  const Lattice lattice{"many", {109, 37}, {0x1p-8, 0x1p-8}, 400, 400};
  GeometryColumn zones(GeometryKind::polygon);
  for (int i = 0; i < 1500; ++i) {
    const int west = random.whole(0, 390), south = random.whole(0, 390);
    tests::add_feature(zones, tests::rectangle(lattice, west, south, west + random.whole(1, 10),
                                               south + random.whole(1, 10)));
  }
  check_all_located(zones, draw_places(random, lattice, 500));
}

TEST_CASE("a stop leaves a locator that finds nothing", "[spatial]") {
  std::stop_source stop;
  stop.request_stop();
  const Progress stopped(stop.get_token());
  Random random(3);
  const GeometryColumn zones = tests::draw_polygons(random, tests::lattices::county, 30);
  const PolygonLocator locator(zones, stopped);
  for (const LonLat p : draw_places(random, tests::lattices::county, 100)) {
    CHECK_FALSE(locator.locate(p).exists());
    CHECK_FALSE(locator.contains(RowIx{std::size_t{0}}, p));
  }
  CHECK_FALSE(locator.zone_of_box(zones.box()));
  locator.visit_edges(zones.box(), [](RowIx, LonLat, LonLat) {
    FAIL("an edge was found");
    return false;
  });
}
