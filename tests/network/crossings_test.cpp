// Roads that cross rivers: once each, wherever the vertices lie.
#include "network/crossings.hpp"

#include <catch2/catch.hpp>

#include "network/drawn_roads.hpp"

using namespace xiangtu;
using namespace xiangtu::network;
using geodesy::LonLat;
using table::GeometryColumn;
using tests::lines_of;
using tests::Path;
using tests::Random;

namespace {

std::vector<Crossing> find(const GeometryColumn& roads, const GeometryColumn& rivers) {
  Progress progress;
  const RoadParts parts(roads, {});
  return find_crossings(roads, RunIndex(roads, parts, progress), rivers, progress);
}

std::size_t count(const Path& road, const Path& river) {
  return find(lines_of({road}), lines_of({river})).size();
}

}  // namespace

TEST_CASE("a road crosses a river once, at a vertex of either or between", "[network]") {
  const LonLat west{109, 37}, middle{109.5, 37}, east{110, 37}, south{109.5, 36}, north{109.5, 38};
  for (const Path& road : {Path{west, east}, Path{west, middle, east}, Path{east, middle, middle, west}})
    for (const Path& river :
         {Path{south, north}, Path{south, middle, north}, Path{north, middle, middle, south}})
      CHECK(count(road, river) == 1);
  const auto found = find(lines_of({{{108, 30}, {108.1, 30}}, {west, east}}), lines_of({{south, north}}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].road == 1);
  CHECK(found[0].other == RowIx(0));
  CHECK(position_of(lines_of({{{108, 30}, {108.1, 30}}, {west, east}}), found[0].place) == middle);
}

TEST_CASE("what only touches a river, runs along it or is apart does not cross it", "[network]") {
  const Path river{{109, 37}, {109.5, 37}, {110, 37}};
  for (const double from : {36.0, 38.0}) {
    CHECK(count({{109, from}, {109.25, 37}, {109.5, from}}, river) == 0);
    CHECK(count({{109.25, from}, {109.5, 37}, {109.75, from}}, river) == 0);
  }
  CHECK(count({{109, 37}, {110, 37}}, river) == 0);
  CHECK(count({{109, 37.5}, {110, 37.5}}, river) == 0);
  CHECK(count({{109.2, 37}, {109.2, 37}}, river) == 0);
  CHECK(count({{179, 37.5}, {-179, 36.5}}, river) == 0);
  CHECK(count({{109.5, 36}, {109.5, 38}}, {{108, 37}, {109.5, 37.5}, {108, 37.25}}) == 0);
  CHECK(count({{109.5, 38}, {109.5, 36}}, {{108, 37}, {109.5, 37.5}, {108, 37.25}}) == 0);
  // Along it, and off to the other side.
  CHECK(count({{109.1, 38}, {109.2, 37}, {109.3, 37}, {109.4, 36}}, river) == 1);
}

TEST_CASE("roads cross a closed shore an even number of times", "[network]") {
  Random random(31);
  std::size_t seen = 0;
  for (int round = 0; round < 500; ++round) {
    INFO("round " << round);
    Path shore = tests::draw_path(random, tests::lattices::county, random.whole(3, 9));
    shore.push_back(shore.front());
    Path road = tests::draw_path(random, tests::lattices::county, random.whole(2, 8));
    road.insert(road.begin(), LonLat{100, 30.0625});
    road.push_back({100, 45});
    const std::size_t crossings = count(road, shore);
    CHECK(crossings % 2 == 0);
    seen += crossings;
  }
  CHECK(seen > 500);
}
