// Scenarios against the data changed in the same way and asked anew.
#include "reach/scenario.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "reach/random_region.hpp"
#include "reach/scenario_file.hpp"

using namespace xiangtu;
using namespace xiangtu::reach;
using atlas::Level;
using tests::at;
using tests::definitions;
using tests::Region;
using tests::Road;

namespace {

std::unique_ptr<const ScenarioModel> model_of(const Region& region, const RoadReachOptions& options) {
  Progress progress;
  auto model = ScenarioModel::build(std::make_shared<const atlas::Atlas>(region.atlas()), definitions(), {},
                                    options, progress);
  if (!model) FAIL(model.issue().message.english());
  return std::move(*model);
}

RoadReach reach_of(const Region& region, const RoadReachOptions& options) {
  Progress progress;
  const atlas::Atlas atlas = region.atlas();
  auto reach = road_reach(atlas, definitions(), {}, options, "", progress);
  if (!reach) FAIL(reach.issue().message.english());
  reach->villages_layer = nullptr;  // of an atlas that goes
  return std::move(*reach);
}

void check_same(const RoadReach& asked, const RoadReach& expected) {
  REQUIRE(asked.villages.size() == expected.villages.size());
  for (std::size_t i = 0; i < asked.villages.size(); ++i) {
    INFO("village " << i);
    CHECK(asked.villages[i].state == expected.villages[i].state);
    CHECK(asked.villages[i].attached == expected.villages[i].attached);
    if (expected.villages[i].state == ReachState::connected)
      // A link is cut where it crosses roads: geodesics of its pieces bulge less than that of the whole.
      CHECK(asked.villages[i].distance_m == Approx(expected.villages[i].distance_m).margin(0.15));
  }
  REQUIRE(asked.figures.size() == expected.figures.size());
  for (std::size_t i = 0; i < asked.figures.size(); ++i) {
    CHECK(asked.figures[i].connected == expected.figures[i].connected);
    CHECK(asked.figures[i].unknown == expected.figures[i].unknown);
    CHECK(asked.figures[i].population_connected == expected.figures[i].population_connected);
  }
}

}  // namespace

TEST_CASE("a scenario is what reach says of data that is changed in the same way", "[reach]") {
  tests::Random random(51);
  std::size_t won = 0, lost = 0;
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    Region region = tests::random_region(random);
    for (Road& road : region.roads)
      if (road.road_class != "G")
        road.surface = random.chance(0.6) ? road.surface : random.chance(0.7) ? "earth" : "";
    RoadReachOptions options;
    options.closed_classes = {5};
    options.by = Level::township;
    options.network.join_within = {1};
    const auto model = model_of(region, options);
    check_same(model->as_it_is(), reach_of(region, options));

    Scenario scenario;
    Region as_changed = region;
    for (int i = random.whole(0, 9); i > 0; --i) {
      const std::size_t bridge = random.whole(0, static_cast<int>(region.bridges.size()) - 1);
      const bool closed = random.chance(0.5);
      scenario.closed_bridges[RowIx(bridge)] = closed;
      as_changed.bridges[bridge].condition_class = closed ? 5 : 1;
    }
    for (int i = random.whole(0, 9); i > 0; --i) {
      const std::size_t road = random.whole(1, static_cast<int>(region.roads.size()) - 1);
      const bool hardened = random.chance(0.7);
      scenario.hardened_roads[RowIx(road)] = hardened;
      as_changed.roads[road].surface = hardened ? "cement_concrete" : "earth";
    }
    const int links = random.whole(0, 2);
    if (links == 0 && random.chance(0.7)) {
      // Across the lattice, meeting no corner of it.
      const tests::Path line{at(700 * (random.whole(0, 4) + 0.37), -110), at(700 * 2.43, 700 * 2.61),
                             at(700 * (random.whole(0, 4) + 0.71), 700 * 5.3)};
      scenario.links.push_back(line);
      as_changed.roads.push_back({"new", "C", "cement_concrete", line});
    }
    for (int i = links; i > 0; --i) {
      // Across a cell of the lattice, from corner to corner or from the middle of a side.
      const double x = random.whole(0, 5), y = random.whole(0, 5), middle = random.chance(0.5) ? 0.5 : 0;
      const tests::Path line{at(700 * (x + middle), 700 * y), at(700 * (x + 0.6), 700 * (y + 0.5)),
                             at(700 * (x + 1), 700 * (y + 1))};
      scenario.links.push_back(line);
      as_changed.roads.push_back({"new", "C", "cement_concrete", line});
    }
    Progress progress;
    const auto asked = model->ask(scenario, Level::township, progress);
    REQUIRE(asked);
    check_same(asked->reach, reach_of(as_changed, options));
    won += asked->won.size();
    lost += asked->lost.size();
    for (const std::uint32_t village : asked->won) {
      CHECK(asked->reach.villages[village].state == ReachState::connected);
      CHECK(model->as_it_is().villages[village].state != ReachState::connected);
    }
    for (std::size_t i = 0; i < asked->reach.villages.size(); ++i) {
      const VillageReach& village = asked->reach.villages[i];
      const WayLine line = model->way(scenario, village.row, progress);
      REQUIRE(line.empty() == (village.state != ReachState::connected));
      if (!line.empty()) CHECK(geodesy::length(line).value == Approx(village.distance_m).margin(0.1));
    }
    const auto nothing = model->ask({}, Level::township, progress);
    REQUIRE(nothing);
    CHECK(nothing->won.empty());
    CHECK(nothing->lost.empty());
  }
  CHECK(won > 20);
  CHECK(lost > 10);
}

TEST_CASE("new roads join each other, and one that joins nothing is told", "[reach]") {
  Region region;
  region.roads = {{"G1", "G", "cement_concrete", {at(0, 0), at(1000, 0)}}};
  region.villages = {{"610802100201001", at(0, -5000), 1}};
  const auto model = model_of(region, {});
  const tests::Path first{at(0, 0), at(0, -2000)}, second{at(0.5, -2000), at(0, -5000)},
      loose{at(3000, -3000), at(4000, -3000)};
  Progress progress;
  Scenario scenario;
  scenario.links = {second};
  const auto apart = model->ask(scenario, Level::county, progress);
  REQUIRE(apart);
  CHECK(apart->won.empty());
  CHECK(apart->loose == std::vector<std::uint32_t>{0});
  scenario.links = {loose, second, first};
  const auto joined = model->ask(scenario, Level::county, progress);
  REQUIRE(joined);
  CHECK(joined->won == std::vector<std::uint32_t>{0});
  CHECK(joined->reach.villages[0].distance_m == Approx(5000).margin(2));
  CHECK(joined->loose == std::vector<std::uint32_t>{0});
}

TEST_CASE("a scenario comes back from its file, and what is wrong in one is said with its line", "[reach]") {
  Region region;
  region.roads = {{"G1", "G", "cement_concrete", {at(0, 0), at(1000, 0)}},
                  {"C1", "C", "earth", {at(0, 0), at(0, 9)}}};
  region.villages = {{"610802100201001", at(0, 0), 1}};
  region.bridges = {{at(0, 0), 5, ""}, {at(10, 0), 4, ""}};
  const atlas::Atlas atlas = region.atlas();
  Scenario scenario;
  scenario.name = "断桥 \"A\"\n";
  scenario.closed_bridges = {{RowIx(std::size_t{1}), true}, {RowIx(std::size_t{0}), false}};
  scenario.hardened_roads = {{RowIx(std::size_t{1}), true}};
  scenario.links = {{at(3, 4), at(5, 6), at(7, 8)}};
  const auto back = parse_scenario(scenario_text(scenario, atlas), "s.toml", atlas);
  REQUIRE(back);
  CHECK(*back == scenario);
  const auto issue = [&](const char* text) {
    const auto parsed = parse_scenario(text, "s.toml", atlas);
    REQUIRE_FALSE(parsed);
    return parsed.issue().message.english();
  };
  CHECK_THAT(issue("name = 1"), Catch::Contains("s.toml, line 1"));
  CHECK_THAT(issue("\nbridges = 1"), Catch::Contains("line 2"));
  CHECK_THAT(issue("[[bridge]]\nrow = 9\nclosed = true"), Catch::Contains("no row 9"));
  CHECK_THAT(issue("[[road]]\nrow = 2\ncode = \"C7\"\nhardened = true"), Catch::Contains("'C1', not 'C7'"));
  CHECK_THAT(issue("[[bridge]]\nrow = 1"), Catch::Contains("closed is true or false"));
  CHECK_THAT(issue("[bridge]\nrow = 1"), Catch::Contains("[[bridge]]"));
  CHECK_THAT(issue("[[bridge]]\nrow = 1\nclosed = true\n[[bridge]]\nrow = 1\nclosed = false"),
             Catch::Contains("line 4") && Catch::Contains("said to be closed = true above"));
  CHECK_THAT(issue("[[road]]\nhardened = true"), Catch::Contains("by its row or its code"));
  CHECK_THAT(issue("[[road]]\ncode = \"C9\"\nhardened = true"),
             Catch::Contains("line 2") && Catch::Contains("no row of the layer 'roads' has the code 'C9'"));
  CHECK_THAT(issue("[[bridge]]\nrow = 1\nclosed = 3"), Catch::Contains("line 3"));
  CHECK_THAT(issue("[[link]]\nline = [[1, 2], [1, 2]]"), Catch::Contains("0 km long"));
  CHECK_THAT(issue("[[link]]\nline = [[1, 2], [90, 2]]"), Catch::Contains("at most 1000 km"));
  CHECK_THAT(issue("name = \"nothing\""), Catch::Contains("changes nothing"));
  const auto by_code = parse_scenario("[[road]]\ncode = \"C1\"\nhardened = true", "s.toml", atlas);
  REQUIRE(by_code);
  CHECK(by_code->hardened_roads == std::map<RowIx, bool>{{RowIx(std::size_t{1}), true}});
  CHECK_THAT(issue("[[link]]\nline = [[1, 2]]"), Catch::Contains("two positions"));
  CHECK_THAT(issue("[[link]]\nline = [[1, 2], [1, 95]]"), Catch::Contains("in degrees"));
}
