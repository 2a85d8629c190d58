// Defects of drawn networks, and what mending them gains, against mending them and asking for reach again.
#include "reach/defects.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "reach/drawn_region.hpp"
#include "reach/road_reach.hpp"
#include "support/assembled.hpp"

using namespace xiangtu;
using namespace xiangtu::reach;
using atlas::Layer;
using geodesy::LonLat;
using tests::at;
using tests::Bridge;
using tests::definitions;
using tests::layer_of;
using tests::Random;
using tests::Road;
using tests::Village;

namespace {

const std::string hardened = "cement_concrete";

struct Checked {
  atlas::Atlas atlas;
  NetworkDefects check;

  std::vector<Defect> of(DefectKind kind) const {
    std::vector<Defect> some;
    for (const Defect& defect : check.defects)
      if (defect.kind == kind) some.push_back(defect);
    return some;
  }
  bool has_finding(std::string_view id) const {
    return std::any_of(check.findings.begin(), check.findings.end(),
                       [&](const Finding& finding) { return finding.id == id; });
  }
};

Checked check(std::vector<Layer> layers, const DefectOptions& options = {}) {
  Checked checked{tests::assembled(std::move(layers)), {}};
  Progress progress;
  auto found = network_defects(checked.atlas, definitions(), {}, options, progress);
  if (!found) FAIL(found.issue().message.english());
  checked.check = std::move(*found);
  return checked;
}

Layer people_of(const std::vector<Village>& villages) {
  Layer layer = layer_of(villages);
  std::vector<double> households;
  for (const Village& village : villages) households.push_back(village.population / 4);
  layer.table.columns.push_back({"households", "households", table::NumberColumn{households}});
  return layer;
}

Checked check(const std::vector<Road>& roads, const std::vector<Village>& villages,
              const DefectOptions& options = {}) {
  return check({layer_of(roads), people_of(villages)}, options);
}

UnitReach reached(const std::vector<Road>& roads, const std::vector<Village>& villages) {
  const atlas::Atlas atlas = tests::assembled({layer_of(roads), people_of(villages)});
  Progress progress;
  const auto reach = road_reach(atlas, definitions(), {}, {}, "", progress);
  REQUIRE(reach);
  return reach->figures[0];
}

// A trunk road in the north, and a road from the south whose end lies a gap before it, with two villages.
std::vector<Road> roads_with_gap(double gap_m) {
  return {{"G1", "G", hardened, {at(0, 0), at(1000, 0), at(4000, 0)}},
          {"C1", "C", hardened, {at(1000, -gap_m), at(1000, -3000)}}};
}
const std::vector<Village> two_villages{{"610802100201001", at(1030, -1000), 100},
                                        {"610802100201002", at(1030, -2000), 60}};

}  // namespace

TEST_CASE("a gap before the trunk road is worth the villages behind it", "[defects]") {
  for (const double gap_m : {0.05, 0.5, 2.0, 10.0, 25.0}) {
    INFO(gap_m << " m");
    const Checked checked = check(roads_with_gap(gap_m), two_villages);
    const auto misses = checked.of(DefectKind::near_miss);
    REQUIRE(misses.size() == (gap_m > 0.1 && gap_m < 20 ? 1 : 0));
    CHECK(checked.of(DefectKind::island).size() == (gap_m > 0.1 ? 1 : 0));
    if (misses.empty()) continue;
    const Defect& miss = misses[0];
    CHECK(miss.size_m == Approx(gap_m).margin(0.01));
    CHECK(miss.row == RowIx(1));
    CHECK(miss.other == RowIx(0));
    CHECK(geodesy::distance(miss.at, at(1000, -gap_m)).value < 0.001);
    CHECK(geodesy::distance(miss.to, at(1000, 0)).value < 0.01);
    CHECK(miss.gain.villages == 2);
    CHECK(miss.gain.households == 40);
    CHECK(miss.gain.population == 160);
    CHECK(miss.severity() == Severity::error);
    const Defect island = checked.of(DefectKind::island)[0];
    CHECK(island.gain.population == 160);
    CHECK(island.row == RowIx(1));
    CHECK(island.size_m == Approx(3000 - gap_m).margin(1));
  }
}

TEST_CASE("with a tolerance of 0 what only touches by rounding is a defect", "[defects]") {
  DefectOptions options;
  options.network.join_within = {0};
  const Checked checked = check(roads_with_gap(0.05), two_villages, options);
  REQUIRE(checked.of(DefectKind::near_miss).size() == 1);
  CHECK(checked.of(DefectKind::near_miss)[0].gain.villages == 2);
  options.gap = {0.01};
  CHECK(check(roads_with_gap(0.05), two_villages, options).of(DefectKind::near_miss).empty());
}

TEST_CASE("two ends that face each other are one defect", "[defects]") {
  const Checked checked = check(
      {{"G1", "G", hardened, {at(0, 0), at(1000, 0)}}, {"C1", "C", hardened, {at(1005, 0), at(4000, 0)}}},
      two_villages);
  REQUIRE(checked.of(DefectKind::near_miss).size() == 1);
  CHECK(checked.of(DefectKind::near_miss)[0].size_m == Approx(5).margin(0.01));
  // Side by side, each nearest to the other's inside.
  CHECK(check({{"G1", "G", hardened, {at(0, 0), at(1000, 0)}},
               {"C1", "C", hardened, {at(995, 3), at(4000, 3)}}},
              two_villages)
            .of(DefectKind::near_miss)
            .size() == 1);
}

TEST_CASE("of several roads the one that connects is to be joined, if none lies before it", "[defects]") {
  // C1 ends between a field road that leads nowhere, 3 m to the west, and the trunk road 6 m in the north.
  std::vector<Road> roads = roads_with_gap(6);
  roads.push_back({"C2", "C", hardened, {at(997, -3), at(700, -800)}});
  const Checked checked = check(roads, two_villages);
  const auto of_c1 = [](const Checked& all) {
    for (const Defect& defect : all.of(DefectKind::near_miss))
      if (defect.row == RowIx(1)) return defect;
    FAIL("no defect of C1");
    return Defect{};
  };
  CHECK(of_c1(checked).other == RowIx(0));
  CHECK(of_c1(checked).gain.villages == 2);
  // Behind a field road that crosses the gap, the trunk road is not what the end almost joins.
  roads.back().line = {at(900, -3), at(1100, -3)};
  CHECK(of_c1(check(roads, two_villages)).other == RowIx(2));
  CHECK(of_c1(check(roads, two_villages)).gain.villages == 0);
}

TEST_CASE("a way round that is short makes a gap harmless, unless it is no hardened one", "[defects]") {
  std::vector<Road> roads = roads_with_gap(10);
  roads.push_back({"C2", "C", hardened, {at(1000, -30), at(1020, -30), at(1020, 0)}});
  CHECK(check(roads, two_villages).of(DefectKind::near_miss).empty());
  roads.back().surface = "earth";
  const Checked checked = check(roads, two_villages);
  REQUIRE(checked.of(DefectKind::near_miss).size() == 1);
  CHECK(checked.of(DefectKind::near_miss)[0].gain.villages == 2);
  CHECK(checked.of(DefectKind::island).empty());
  CHECK(checked.has_finding("village.not_over_travelled"));
}

TEST_CASE("joining what is not hardened connects no one", "[defects]") {
  std::vector<Road> roads = roads_with_gap(5);
  roads[1].surface = "earth";
  const Checked checked = check(roads, two_villages);
  REQUIRE(checked.of(DefectKind::near_miss).size() == 1);
  CHECK_FALSE(checked.of(DefectKind::near_miss)[0].gain.is_any());
  CHECK(checked.of(DefectKind::near_miss)[0].severity() == Severity::warning);
  DefectOptions options;
  options.network.over = Over::any;
  CHECK(check(roads, two_villages, options).of(DefectKind::near_miss)[0].gain.villages == 2);
}

TEST_CASE("overshoots and roads drawn twice, with their places", "[defects]") {
  std::vector<Road> roads{{"G1", "G", hardened, {at(0, 0), at(4000, 0)}},
                          {"C1", "C", hardened, {at(1000, 8), at(1000, -3000)}}};
  roads.push_back(roads[1]);
  std::reverse(roads[2].line.begin(), roads[2].line.end());
  roads.push_back({"C3", "C", hardened, {at(1000, -3000), at(2000, -3000)}});
  roads.push_back({"C4", "C", hardened, {at(1500, -3000), at(2500, -3000)}});
  const Checked checked = check(roads, two_villages);
  const auto overshoots = checked.of(DefectKind::overshoot), twice = checked.of(DefectKind::duplicate);
  REQUIRE(overshoots.size() == 1);
  CHECK(overshoots[0].size_m == Approx(8).margin(0.3));
  CHECK(overshoots[0].other == RowIx(0));
  CHECK(overshoots[0].severity() == Severity::note);
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].row == RowIx(1));
  CHECK(twice[0].other == RowIx(2));
  CHECK(twice[0].size_m == Approx(3008).margin(1));
}

TEST_CASE("bridges off the roads have their distance, villages their people", "[defects]") {
  std::vector<Road> roads{{"G1", "G", hardened, {at(0, 0), at(4000, 0)}},
                          {"C1", "C", "earth", {at(1000, 0), at(1000, -3000)}},
                          {"C2", "C", "", {at(3000, 0), at(3000, -3000)}}};
  const std::vector<Village> villages{
      {"610802100201001", at(500, 499), 1},    {"610802100201002", at(500, 502), 2},
      {"610802100201003", at(1000, -2500), 4},  // earth alone
      {"610802100201004", at(3000, -2900), 8},  // who knows
      {"610802100201005", at(300000, 0), 16},  {"610802100201006", at(3502, -2500), 32}};
  const std::vector<Bridge> bridges{{at(1000, -49), 1, ""}, {at(2000, 51), 1, ""}, {at(2000, 1100), 1, ""}};
  const Checked checked = check({layer_of(roads), people_of(villages), layer_of(bridges)});
  const auto off = checked.of(DefectKind::bridge_off_road), far = checked.of(DefectKind::village_off_road);
  REQUIRE(off.size() == 2);
  CHECK(off[0].row == RowIx(2));
  CHECK(std::isnan(off[0].size_m));
  CHECK(off[1].row == RowIx(1));
  CHECK(off[1].size_m == Approx(51).margin(0.5));
  CHECK(off[1].other == RowIx(0));
  REQUIRE(far.size() == 3);  // who gain most first
  CHECK(far[0].gain.population == 2);
  CHECK(far[0].size_m == Approx(502).margin(0.5));
  CHECK(far[1].row == RowIx(4));  // no road within 100 km: nothing to join
  CHECK_FALSE(far[1].gain.is_any());
  CHECK(std::isnan(far[1].size_m));
  CHECK(far[2].row == RowIx(5));
  CHECK_FALSE(far[2].gain.is_any());  // the road that it would be joined with may be earth
  CHECK(far[2].size_m == Approx(502).margin(0.5));
  CHECK(checked.has_finding("village.attach_unknown"));
  CHECK(checked.has_finding("village.near_untravelled"));
  CHECK(&checked.check.layer_of(far[0]) == checked.check.villages);
  CHECK(&checked.check.layer_of(off[0]) == checked.check.bridges);
}

TEST_CASE("a bridge where roads cross on one level is a question, with levels it is none", "[defects]") {
  std::vector<Road> roads{{"G1", "G", hardened, {at(-1000, 0), at(1000, 0)}},
                          {"C1", "C", hardened, {at(0, -1000), at(0, 1000)}},
                          {"C2", "C", hardened, {at(500, 0), at(500, 1000)}}};
  const std::vector<Bridge> bridges{{at(3, 3), 1, ""}, {at(0, 500), 1, ""}, {at(500, 2), 1, ""}};
  const auto rows = [&] {
    for (const Finding& finding : check({layer_of(roads), layer_of(bridges)}).check.findings)
      if (finding.id == "bridge.on_crossing") return finding.rows;
    return std::vector<std::int64_t>{};
  };
  CHECK(rows() == std::vector<std::int64_t>{1});  // where a road ends at another, none leads over it
  roads[1].level = 1;
  CHECK(rows().empty());
}

namespace {

Layer layer_of_rivers(const std::vector<tests::Path>& rivers) {
  tests::TableBuilder table("rivers", table::GeometryKind::line);
  for (const tests::Path& river : rivers) table.part(river);
  return {table::Role::rivers, table.build(), {}, {}};
}

}  // namespace

TEST_CASE("roads that cross a river need a bridge near, or lead over it", "[defects]") {
  const std::vector<Road> roads{{"G1", "G", hardened, {at(0, 0), at(4000, 0)}},
                                {"C1", "C", "earth", {at(1000, 0), at(1000, -500), at(1000, -3000)}},
                                {"C2", "C", "earth", {at(2000, 0), at(2000, -3000)}}};
  // It goes through a vertex of C1 and touches none of the others but C2; a brook ends before C2.
  const Layer rivers =
      layer_of_rivers({{at(500, -500), at(1000, -500), at(2500, -510)}, {at(2500, -900), at(2005, -900)}});
  const auto crossings = [&](const std::vector<Bridge>& bridges, const std::vector<double>& levels) {
    Layer drawn = layer_of(roads);
    std::erase_if(drawn.table.columns, [](const table::Column& column) { return column.name == "level"; });
    if (!levels.empty()) drawn.table.columns.push_back({"level", "level", table::NumberColumn{levels}});
    std::vector<Layer> layers{drawn, people_of(two_villages), rivers};
    if (!bridges.empty()) layers.push_back(layer_of(bridges));
    return check(std::move(layers));
  };
  const auto rows = [](const Checked& checked) {
    std::vector<std::uint32_t> found;
    for (const Defect& defect : checked.of(DefectKind::river_crossing)) found.push_back(defect.row.value);
    return found;
  };
  const Checked unknown = crossings({}, {});
  CHECK(rows(unknown).empty());
  CHECK(unknown.has_finding("river.bridges_unknown"));
  const Checked one = crossings({{at(1040, -500), 1, ""}}, {});
  REQUIRE(rows(one) == std::vector<std::uint32_t>{2});
  CHECK(one.of(DefectKind::river_crossing)[0].other == RowIx(0));
  CHECK(one.of(DefectKind::river_crossing)[0].size_m == Approx(960).margin(3));
  CHECK(geodesy::distance(one.of(DefectKind::river_crossing)[0].at, at(2000, -507)).value < 2);
  CHECK(rows(crossings({{at(1000, -560), 1, ""}}, {})).size() == 2);
  CHECK(rows(crossings({{at(1040, -500), 1, ""}}, {0, 0, 1})).empty());
  CHECK(rows(crossings({}, {0, 1, 0})) == std::vector<std::uint32_t>{2});
  CHECK(std::isnan(crossings({}, {0, 1, 0}).of(DefectKind::river_crossing)[0].size_m));
}

TEST_CASE("what is not known of classes and surfaces is said", "[defects]") {
  std::vector<Road> roads = roads_with_gap(5);
  const auto without = [&](const char* field) {
    Layer layer = layer_of(roads);
    std::erase_if(layer.table.columns, [&](const table::Column& column) { return column.name == field; });
    return check({layer, people_of(two_villages)});
  };
  const Checked no_class = without("class"), no_surface = without("surface");
  CHECK(no_class.of(DefectKind::near_miss).size() == 1);
  CHECK_FALSE(no_class.of(DefectKind::near_miss)[0].gain.is_any());
  CHECK(no_class.of(DefectKind::island).empty());
  CHECK(no_class.has_finding("gain.trunk_unknown"));
  CHECK(no_class.has_finding("island.unknown"));
  CHECK(no_surface.of(DefectKind::near_miss).size() == 1);
  CHECK(no_surface.of(DefectKind::village_off_road).empty());
  CHECK(no_surface.has_finding("gain.surface_unknown"));
  CHECK(no_surface.has_finding("village.attach_unknown"));

  roads[0].road_class = "X";
  const Checked no_trunk = check(roads, two_villages);
  CHECK(no_trunk.of(DefectKind::near_miss).size() == 1);
  CHECK(no_trunk.of(DefectKind::island).empty());
  CHECK(no_trunk.has_finding("gain.no_trunk"));

  const Checked no_villages = check({layer_of(roads)});
  CHECK(no_villages.of(DefectKind::near_miss).size() == 1);
  CHECK(no_villages.has_finding("gain.no_villages"));

  Progress progress;
  const atlas::Atlas empty = tests::assembled({people_of(two_villages)});
  CHECK_FALSE(network_defects(empty, definitions(), {}, {}, progress));
}

TEST_CASE("coordinates far outside are islands, and everything else is as before", "[defects]") {
  std::vector<Road> roads = roads_with_gap(5);
  roads.push_back({"C9", "C", hardened, {{0, 0}, {0.01, 0}}});
  roads.push_back({"C10", "C", hardened, {{-179, -89}, {179, 89}}});
  const Checked checked = check(roads, two_villages);
  CHECK(checked.of(DefectKind::near_miss).size() == 1);
  CHECK(checked.of(DefectKind::island).size() == 3);
}

namespace {

// A lattice of roads between crossroads, some of which end before their crossroads or behind them.
struct Region {
  std::vector<Road> roads;
  std::vector<Village> villages;
};

Region draw_region(Random& random, bool all_hardened) {
  constexpr int size = 5;
  constexpr double step_m = 900;
  Region region;
  for (int column = 0; column < size; ++column)
    for (int row = 0; row < size; ++row)
      for (const auto& [east, north] : {std::pair{1, 0}, {0, 1}}) {
        if (random.chance(0.35)) continue;
        const auto along = [&](double metres) {
          return at(step_m * column + east * metres, step_m * row + north * metres);
        };
        const auto moved = [&] { return random.chance(0.4) ? random.whole(-18, 18) * 0.7 : 0; };
        const bool trunk = column == 2 && random.chance(0.4);
        region.roads.push_back({"R" + std::to_string(region.roads.size()),
                                trunk ? "G" : "C",
                                all_hardened || random.chance(0.8) ? hardened : "earth",
                                {along(moved()), along(step_m + moved())}});
      }
  region.roads.push_back({"G0", "G", hardened, {at(-500, -500), at(-500, -100)}});
  while (region.villages.size() < 30) {
    const Road& road = region.roads[random.whole(0, static_cast<int>(region.roads.size()) - 1)];
    if (road.surface != hardened) continue;  // from afar a village might come to stand on a joint
    const tests::Path& line = road.line;
    const double share = random.whole(3, 7) / 10.0;
    const int i = static_cast<int>(region.villages.size());
    const LonLat place{line[0].lon + share * (line[1].lon - line[0].lon),
                       line[0].lat + share * (line[1].lat - line[0].lat)};
    region.villages.push_back({"61080210020" + std::to_string(1000 + i), place, double(1 << (i % 20))});
  }
  return region;
}

}  // namespace

TEST_CASE("a gain is what joining the two places adds to reach", "[defects]") {
  Random random(21);
  std::size_t gaining = 0, harmless = 0;
  for (int round = 0; round < 40; ++round) {
    INFO("round " << round);
    const Region region = draw_region(random, false);
    const UnitReach before = reached(region.roads, region.villages);
    for (const Defect& defect : check(region.roads, region.villages).of(DefectKind::near_miss)) {
      std::vector<Road> mended = region.roads;
      mended.push_back({"new", "C", hardened, {defect.at, defect.to}});
      const UnitReach after = reached(mended, region.villages);
      INFO("rows " << defect.row.value << " and " << defect.other.value << ", " << defect.size_m << " m");
      CHECK(after.connected - before.connected == defect.gain.villages);
      CHECK(after.population_connected - before.population_connected == defect.gain.population);
      CHECK(defect.gain.households == defect.gain.population / 4);
      ++(defect.gain.is_any() ? gaining : harmless);
    }
  }
  CHECK(gaining > 20);
  CHECK(harmless > 20);
}

TEST_CASE("where all roads are hardened the villages of the islands are those that are not connected",
          "[defects]") {
  Random random(22);
  for (int round = 0; round < 40; ++round) {
    INFO("round " << round);
    const Region region = draw_region(random, true);
    const UnitReach reach = reached(region.roads, region.villages);
    Gain on_islands;
    for (const Defect& defect : check(region.roads, region.villages).of(DefectKind::island))
      on_islands.add(defect.gain);
    CHECK(on_islands.villages == reach.attached - reach.connected);
    CHECK(on_islands.population == reach.population - reach.population_connected);
  }
}

TEST_CASE("defects are ranked by whom they connect, then by kind and size", "[defects]") {
  Random random(23);
  const Region region = draw_region(random, false);
  const std::vector<Defect> defects = check(region.roads, region.villages).check.defects;
  REQUIRE(defects.size() > 5);
  for (std::size_t i = 1; i < defects.size(); ++i) {
    const Defect &a = defects[i - 1], &b = defects[i];
    CHECK(a.gain.population >= b.gain.population);
    if (a.gain.population != b.gain.population) continue;
    CHECK(a.kind <= b.kind);
    if (a.kind == b.kind && a.kind == DefectKind::near_miss) CHECK(a.size_m <= b.size_m);
    if (a.kind == b.kind && a.kind == DefectKind::island) CHECK(a.size_m >= b.size_m);
  }
}

TEST_CASE("a requested stop is heard", "[defects]") {
  std::stop_source stop;
  stop.request_stop();
  Progress progress(stop.get_token());
  const atlas::Atlas atlas = tests::assembled({layer_of(roads_with_gap(5)), people_of(two_villages)});
  const auto result = network_defects(atlas, definitions(), {}, {}, progress);
  REQUIRE_FALSE(result);
  CHECK(result.issue().code == IssueCode::cancelled);
}
