// What fields of roads say of levels and directions.
#include "reach/road_traits.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::reach;
using network::Direction;
using tests::none;
using tests::TableBuilder;

namespace {

atlas::Layer layer_of(TableBuilder& roads) {
  return {table::Role::roads, roads.build(), {}, {}};
}

TableBuilder roads() {
  return TableBuilder("roads", table::GeometryKind::line);
}

std::vector<std::int64_t> rows_of(const RoadTraits& traits, const std::string& id) {
  for (const Finding& finding : traits.findings)
    if (finding.id == id) return finding.rows;
  return {};
}

}  // namespace

TEST_CASE("roads without such fields lie on the ground and are travelled both ways", "[reach]") {
  const RoadTraits traits = road_traits(layer_of(roads().texts("surface", {"earth", "gravel"})));
  CHECK(traits.levels.empty());
  CHECK(traits.directions.empty());
  CHECK(traits.findings.empty());
}

TEST_CASE("a road's own level goes before bridge and tunnel", "[reach]") {
  const RoadTraits traits =
      road_traits(layer_of(roads()
                               .numbers("level", {2, none, none, -1, 0, none, none, none})
                               .texts("bridge", {"yes", "yes", "no", "", "yes", "yes", "", ""})
                               .texts("tunnel", {"", "no", "yes", "", "", "yes", "roofed", ""})));
  CHECK(traits.levels == std::vector<std::int8_t>{2, 1, -1, -1, 0, 1, 0, 0});
  CHECK(traits.directions.empty());
  CHECK(traits.findings.size() == 1);
  CHECK(rows_of(traits, "bridge.tunnel") == std::vector<std::int64_t>{6});
}

TEST_CASE("one field is enough for levels", "[reach]") {
  CHECK(road_traits(layer_of(roads().texts("bridge", {"", "yes", "no"}))).levels ==
        std::vector<std::int8_t>{0, 1, 0});
  CHECK(road_traits(layer_of(roads().texts("tunnel", {"", "yes", "no"}))).levels ==
        std::vector<std::int8_t>{0, -1, 0});
  CHECK(road_traits(layer_of(roads().numbers("level", {none, -3, 0}))).levels ==
        std::vector<std::int8_t>{0, -3, 0});
}

TEST_CASE("a road's own direction goes before that of a roundabout", "[reach]") {
  const RoadTraits traits =
      road_traits(layer_of(roads()
                               .texts("oneway", {"forward", "backward", "both", "", "both", "backward", ""})
                               .numbers("roundabout", {none, none, none, 1, 1, 1, 0})));
  CHECK(traits.directions == std::vector{Direction::forward, Direction::backward, Direction::both,
                                         Direction::forward, Direction::both, Direction::backward,
                                         Direction::both});
  CHECK(traits.levels.empty());
  CHECK(road_traits(layer_of(roads().numbers("roundabout", {1, none}))).directions ==
        std::vector{Direction::forward, Direction::both});
}

TEST_CASE("values nobody knows are listed and change nothing", "[reach]") {
  const RoadTraits traits =
      road_traits(layer_of(roads()
                               .numbers("level", {0.5, 300, none, 1, none})
                               .texts("bridge", {"", "yes", "perhaps", "", ""})
                               .texts("tunnel", {"", "", "", "", "culvert"})
                               .texts("oneway", {"forward", "", "sometimes", "", "sideways"})));
  CHECK(traits.levels == std::vector<std::int8_t>{0, 1, 0, 1, 0});
  CHECK(traits.directions ==
        std::vector{Direction::forward, Direction::both, Direction::both, Direction::both, Direction::both});
  CHECK(rows_of(traits, "level.unknown") == std::vector<std::int64_t>{1, 2});
  CHECK(rows_of(traits, "bridge.unknown") == std::vector<std::int64_t>{3});
  CHECK(rows_of(traits, "tunnel.unknown") == std::vector<std::int64_t>{5});
  CHECK(rows_of(traits, "oneway.unknown") == std::vector<std::int64_t>{3, 5});
}

TEST_CASE("a field by which most roads lie off the ground is doubted", "[reach]") {
  // As a number of the road's class would be.
  CHECK(rows_of(road_traits(layer_of(roads().numbers("level", {1, 2, 3, none}))), "level.most") ==
        std::vector<std::int64_t>{1, 2, 3});
  CHECK(rows_of(road_traits(layer_of(roads().numbers("level", {1, -1, 0, none}))), "level.most").empty());
}
