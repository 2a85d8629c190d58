// Road reach on a drawn county whose distances are known by the way it is drawn.
#include "reach/road_reach.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "reach/random_region.hpp"
#include "reach/shares.hpp"

using namespace xiangtu;
using namespace xiangtu::reach;
using atlas::Layer;
using atlas::Level;
using tests::at;
using tests::Bridge;
using tests::definitions;
using tests::layer_of;
using tests::none;
using tests::Road;
using tests::Village;

namespace {

// A trunk road along the north; a hardened road south from it, with a bridge; an earth road and a road of
// unknown surface at its end; a hardened road that nothing leads to.
//
//   0 ======= 4000 m              G1, at north 0
//        |                        X1 from (1000, 0) to (1000, -3000), bridge at -1000
//        +---- earth              C1 from (1000, -3000) east to (3000, -3000)
//        +.... unknown            C2 from (1000, -3000) west to (-1000, -3000)
//                 ---- hardened   C3 at north -5000
const std::vector<Road> roads_drawn{{"G1", "G", "asphalt_concrete", {at(0, 0), at(4000, 0)}},
                                    {"X1", "X", "cement_concrete", {at(1000, 0), at(1000, -3000)}},
                                    {"C1", "C", "earth", {at(1000, -3000), at(3000, -3000)}},
                                    {"C2", "C", "", {at(1000, -3000), at(-1000, -3000)}},
                                    {"C3", "C", "cement_concrete", {at(0, -5000), at(4000, -5000)}}};
const std::vector<Village> villages_drawn{{"610802100201001", at(2000, 100), 10},      // at the trunk
                                          {"610802100201002", at(1050, -500), 20},     // before the bridge
                                          {"610802100201003", at(1050, -2000), 40},    // behind it
                                          {"610802100201004", at(2900, -3000), 80},    // on earth
                                          {"610802101201001", at(-900, -3000), 160},   // on who knows what
                                          {"610802101201002", at(2000, -5010), none},  // on an island
                                          {"610802101201003", at(9000, 9000), 320}};   // nowhere

struct Answer {
  atlas::Atlas atlas;
  RoadReach reach;
  std::string state(const char* code) const {
    constexpr const char* names[] = {"connected", "unknown", "unconnected", "unattached", "unplaced"};
    return names[static_cast<int>(village(code).state)];
  }
  const VillageReach& village(std::string_view code) const {
    for (const VillageReach& village : reach.villages)
      if (reach.villages_layer->table.find("code")->text().at(village.row.value) == code) return village;
    throw std::runtime_error("no such village");
  }
  const UnitReach& unit(std::string_view code) const {
    for (std::size_t i = 0; i < reach.units.size(); ++i)
      if (atlas.hierarchy[reach.units[i]].code == code) return reach.figures[i];
    throw std::runtime_error("no such unit");
  }
};

Answer ask(std::vector<Layer> layers, const RoadReachOptions& options = {}, std::string_view where = "") {
  Progress progress;
  auto atlas = atlas::assemble(std::move(layers), {}, progress);
  REQUIRE(atlas);
  Answer answer{std::move(*atlas), {}};
  auto reach = road_reach(answer.atlas, definitions(), {}, options, where, progress);
  if (!reach) FAIL(reach.issue().message.english());
  answer.reach = std::move(*reach);
  return answer;
}

Answer ask(const RoadReachOptions& options = {}, const std::vector<Bridge>& bridges = {},
           std::string_view where = "") {
  std::vector<Layer> layers{layer_of(villages_drawn), layer_of(roads_drawn)};
  if (!bridges.empty()) layers.push_back(layer_of(bridges));
  return ask(std::move(layers), options, where);
}

}  // namespace

TEST_CASE("villages are connected over hardened roads, with the way there", "[reach]") {
  const Answer answer = ask();
  CHECK(answer.state("610802100201001") == "connected");
  CHECK(answer.village("610802100201001").distance_m == Approx(100).margin(1));
  CHECK(answer.village("610802100201002").distance_m == Approx(50 + 500).margin(1));
  CHECK(answer.village("610802100201003").distance_m == Approx(50 + 2000).margin(1));
  CHECK(answer.state("610802100201004") == "unattached");
  CHECK(answer.state("610802101201001") == "unknown");
  CHECK_FALSE(answer.village("610802101201001").attached);
  CHECK(answer.state("610802101201002") == "unconnected");
  CHECK(answer.state("610802101201003") == "unattached");
  CHECK(std::isnan(answer.village("610802101201003").distance_m));
}

TEST_CASE("units add up their villages", "[reach]") {
  RoadReachOptions options;
  options.by = Level::township;
  const Answer answer = ask(options);
  const UnitReach &first = answer.unit("610802100"), &second = answer.unit("610802101"),
                  &total = answer.unit("");
  CHECK(first.villages == 4);
  CHECK(first.attached == 3);
  CHECK(first.connected == 3);
  CHECK(first.population == 150);
  CHECK(first.population_connected == 70);
  CHECK(first.distance_m_sum == Approx(100 + 550 + 2050).margin(3));
  CHECK(first.distance_m_max == Approx(2050).margin(1));
  CHECK(second.villages == 3);
  CHECK(second.connected == 0);
  CHECK(second.unknown == 1);
  CHECK(second.population_unknown == 160);
  CHECK(second.without_population == 1);
  CHECK(total.villages == 7);
  CHECK(total.population == 630);
  CHECK(total.distance_m_sum == first.distance_m_sum);
  const Answer only = ask(options, {}, "610802101");
  CHECK(only.reach.villages.size() == 3);
  CHECK(only.reach.units.size() == 1);
  CHECK(only.reach.figures[0].villages == 3);
}

TEST_CASE("levels and directions of roads are followed", "[reach]") {
  // X1 leads over the trunk road or crosses it; X2 leads back to it from the end of X1.
  const auto is = [](double level, const std::string& oneway, double first, double second) {
    INFO("level " << level << ", " << oneway);
    const std::vector<Road> roads{
        {"G1", "G", "asphalt_concrete", {at(0, 0), at(4000, 0)}},
        {"X1", "X", "cement_concrete", {at(1000, 500), at(1000, -1000)}, "", level},
        {"X2", "X", "cement_concrete", {at(1000, -1000), at(3000, -1000), at(3000, 0)}, oneway}};
    const Answer answer = ask({layer_of(std::vector<Village>{{"610802100201001", at(1010, -500), 10},
                                                             {"610802100201002", at(2000, -1010), 20}}),
                               layer_of(roads)});
    const auto same = [](double a, double b) {
      return a == Approx(b).margin(1) || (std::isnan(a) && std::isnan(b));
    };
    CHECK(same(answer.village("610802100201001").distance_m, first));
    CHECK(same(answer.village("610802100201002").distance_m, second));
  };
  is(none, "", 510, 2010);
  is(1, "", 10 + 500 + 2000 + 1000, 2010);
  is(none, "forward", 510, 2010);
  is(0, "backward", 510, 10 + 1000 + 1000);
  is(1, "forward", 10 + 500 + 2000 + 1000, 2010);
  is(1, "backward", none, none);
}

TEST_CASE("over any road the earth road counts, and at nodes the way to them does not", "[reach]") {
  RoadReachOptions options;
  options.network.over = Over::any;
  CHECK(ask(options).village("610802100201004").distance_m == Approx(3000 + 1900).margin(2));
  CHECK(ask(options).state("610802101201001") == "connected");
  options.attach.attach = Attach::node;
  options.network.join = Join::ends;
  options.attach.within = {1500};
  const Answer answer = ask(options);
  // The end of X1 at the trunk road is inside it.
  CHECK(answer.state("610802100201002") == "unconnected");
  options.network.join = Join::all;
  CHECK(ask(options).village("610802100201003").distance_m == Approx(3000).margin(1));
}

TEST_CASE("closed bridges part, and bridges of unknown class leave doubt", "[reach]") {
  RoadReachOptions options;
  options.closed_classes = {4, 5};
  const auto behind = [&](const std::vector<Bridge>& bridges) {
    const Answer answer = ask(options, bridges);
    CHECK(answer.state("610802100201002") == "connected");
    return answer.state("610802100201003");
  };
  CHECK(behind({{at(1010, -1000), 3, "X1"}}) == "connected");
  CHECK(behind({{at(1010, -1000), 4, "X1"}}) == "unconnected");
  CHECK(behind({{at(1010, -1000), 5, ""}}) == "unconnected");
  CHECK(behind({{at(1010, -1000), none, ""}}) == "unknown");
  CHECK(behind({{at(1010, -1000), none, ""}, {at(990, -1200), 5, "X1"}}) == "unconnected");
  CHECK(behind({{at(1060, -1000), 5, "X1"}}) == "connected");  // off any road
  options.closed_classes = {};
  CHECK(behind({{at(1010, -1000), 5, "X1"}}) == "connected");
}

TEST_CASE("a bridge is of the road that it names", "[reach]") {
  // Another road crosses X1 near the bridge; the nearest road to the bridge's position is that one.
  auto roads = roads_drawn;
  roads.push_back({"C9", "C", "cement_concrete", {at(500, -1010), at(995, -1010)}});
  RoadReachOptions options;
  options.closed_classes = {5};
  const auto answer = [&](const char* named) {
    return ask({layer_of(villages_drawn), layer_of(roads),
                layer_of(std::vector<Bridge>{{at(990, -1008), 5, named}})},
               options)
        .state("610802100201003");
  };
  CHECK(answer("X1") == "unconnected");
  CHECK(answer("C9") == "connected");
  CHECK(answer("") == "connected");
}

TEST_CASE("bridges that share their code are all bridges", "[reach]") {
  RoadReachOptions options;
  options.closed_classes = {5};
  Layer bridges = layer_of(std::vector<Bridge>{{at(2000, 0), 5, ""}, {at(1000, -1000), 5, ""}});
  table::TextColumn codes;
  for (int row = 0; row < 2; ++row) codes.push("B1");
  bridges.table.columns.push_back({"code", "code", std::move(codes)});
  CHECK(ask({layer_of(villages_drawn), layer_of(roads_drawn), bridges}, options).state("610802100201003") ==
        "unconnected");
}

TEST_CASE("a bridge that two roads share closes both", "[reach]") {
  // C7 has the middle of X1 in common, drawn the other way round, as a second row.
  auto roads = roads_drawn;
  roads[1].line = {at(1000, 0), at(1000, -500), at(1000, -1500), at(1000, -3000)};
  roads.push_back({"C7", "C", "cement_concrete", {at(1000, -1500), at(1000, -500)}});
  RoadReachOptions options;
  options.closed_classes = {5};
  const auto state = [&](const Bridge& bridge) {
    return ask({layer_of(villages_drawn), layer_of(roads), layer_of(std::vector<Bridge>{bridge})}, options)
        .state("610802100201003");
  };
  CHECK(state({at(1000, -1000), 4, ""}) == "connected");
  CHECK(state({at(1000, -1000), 5, ""}) == "unconnected");
  CHECK(state({at(1005, -1000), 5, "C7"}) == "unconnected");
  // A way around from before the bridge to behind it.
  roads.push_back({"C8", "C", "cement_concrete", {at(1000, -700), at(1500, -700)}});
  roads.push_back({"C9", "C", "cement_concrete", {at(1500, -700), at(1500, -2500)}});
  roads.push_back({"C10", "C", "cement_concrete", {at(1500, -2500), at(1000, -2500)}});
  CHECK(state({at(1000, -1000), 5, "X1"}) == "connected");
}

TEST_CASE("a road that crosses a bridge's road is not closed with it", "[reach]") {
  auto roads = roads_drawn;
  roads.push_back({"C8", "C", "cement_concrete", {at(500, -1000), at(1500, -1000)}});
  roads.push_back({"C9", "C", "cement_concrete", {at(1500, -1000), at(1500, -2500), at(1000, -2500)}});
  roads.push_back({"C10", "C", "cement_concrete", {at(500, -1000), at(500, 0)}});
  RoadReachOptions options;
  options.closed_classes = {5};
  CHECK(ask({layer_of(villages_drawn), layer_of(roads),
             layer_of(std::vector<Bridge>{{at(1000, -1000), 5, "X1"}})},
            options)
            .state("610802100201003") == "connected");
}

TEST_CASE("a road of unknown surface can only add", "[reach]") {
  // The first village lies at a hardened road that only an unknown one joins to X1, and beside a nearer
  // unknown road that leads nowhere; the second at X1, and beside such a road as well.
  auto roads = roads_drawn;
  roads.push_back({"C7", "C", "cement_concrete", {at(-1000, -3000), at(-1000, -4000)}});
  roads.push_back({"C8", "C", "", {at(-950, -3500), at(-950, -3600)}});
  roads.push_back({"C9", "C", "", {at(1045, -450), at(1045, -550)}});
  const std::vector<Village> villages{{"610802100201001", at(-940, -3550), 1},
                                      {"610802100201002", at(1050, -500), 1}};
  RoadReachOptions options;
  const Answer on_edges = ask({layer_of(villages), layer_of(roads)}, options);
  CHECK(on_edges.state("610802100201001") == "unknown");
  CHECK(on_edges.state("610802100201002") == "connected");
  options.attach.attach = Attach::node;
  options.attach.within = {700};
  const Answer at_ends = ask({layer_of(villages), layer_of(roads)}, options);
  CHECK(at_ends.state("610802100201001") == "unknown");
  CHECK(at_ends.state("610802100201002") == "connected");
}

TEST_CASE("lengths of the ledger stretch the ways", "[reach]") {
  Layer roads = layer_of(roads_drawn);
  roads.table.columns.push_back(
      {"length_km", "length_km", table::NumberColumn{{4, 6, none, none, none}}});  // X1: twice as long
  RoadReachOptions options;
  options.network.length = LengthBy::ledger;
  const Answer answer = ask({layer_of(villages_drawn), roads}, options);
  CHECK(answer.village("610802100201003").distance_m == Approx(50 + 4000).margin(2));
  const auto finding = std::find_if(answer.reach.findings.begin(), answer.reach.findings.end(),
                                    [](const Finding& found) { return found.id == "length.without_ledger"; });
  REQUIRE(finding != answer.reach.findings.end());
  CHECK(finding->rows == std::vector<std::int64_t>{3, 4, 5});
}

TEST_CASE("roads without class may be trunk roads", "[reach]") {
  auto roads = roads_drawn;
  roads[0].road_class = "";
  const Answer answer = ask({layer_of(villages_drawn), layer_of(roads)});
  CHECK(answer.state("610802100201001") == "unknown");
  CHECK(answer.state("610802100201003") == "unknown");
  CHECK(answer.unit("").connected == 0);
}

TEST_CASE("closing bridges never connects anyone, nor does it shorten a way", "[reach]") {
  tests::Random random(12);
  for (int round = 0; round < 40; ++round) {
    INFO("round " << round);
    std::vector<Road> roads;
    std::vector<Village> villages;
    std::vector<Bridge> bridges;
    const auto place = [&] { return at(500 * random.whole(0, 12), 500 * random.whole(0, 12)); };
    constexpr const char* classes[] = {"G", "X", "C", "C", ""};
    constexpr const char* surfaces[] = {"cement_concrete", "cement_concrete", "earth", ""};
    roads.push_back({"R", "G", "cement_concrete", {place(), place()}});
    for (int i = 0; i < 25; ++i)
      roads.push_back({"R" + std::to_string(i),
                       classes[random.whole(0, 4)],
                       surfaces[random.whole(0, 3)],
                       {place(), place()}});
    for (int i = 0; i < 25; ++i) villages.push_back({"6108021002010" + std::to_string(10 + i), place(), 10});
    for (int i = 0; i < 25; ++i)
      bridges.push_back({place(), random.chance(0.2) ? none : random.whole(1, 5), ""});
    const auto closed = [&](std::vector<int> condition_classes) {
      RoadReachOptions options;
      options.closed_classes = std::move(condition_classes);
      return ask({layer_of(villages), layer_of(roads), layer_of(bridges)}, options);
    };
    const Answer open = closed({}), some = closed({5}), more = closed({4, 5});
    for (std::size_t i = 0; i < open.reach.villages.size(); ++i) {
      const auto& [a, b, c] =
          std::tie(open.reach.villages[i], some.reach.villages[i], more.reach.villages[i]);
      CHECK(a.state <= b.state);  // connected, unknown, unconnected, unattached
      CHECK(b.state <= c.state);
      if (c.state == ReachState::connected) {
        CHECK(a.distance_m <= b.distance_m + 1e-6);
        CHECK(b.distance_m <= c.distance_m + 1e-6);
      }
    }
  }
}

TEST_CASE("what is missing for road reach is said", "[reach]") {
  Progress progress;
  RoadReachOptions options;
  const auto issue = [&](std::vector<Layer> layers, std::string_view where = "") {
    auto atlas = atlas::assemble(std::move(layers), {}, progress);
    REQUIRE(atlas);
    const auto reach = road_reach(*atlas, definitions(), {}, options, where, progress);
    REQUIRE_FALSE(reach);
    return reach.issue().message.english();
  };
  CHECK_THAT(issue({layer_of(roads_drawn)}), Catch::Contains("no villages"));
  CHECK_THAT(issue({layer_of(villages_drawn)}), Catch::Contains("no roads"));
  CHECK_THAT(issue({layer_of(villages_drawn), layer_of(roads_drawn)}, "7"), Catch::Contains("no unit"));
  Layer classless = layer_of(roads_drawn);
  std::erase_if(classless.table.columns, [](const table::Column& column) { return column.name == "class"; });
  CHECK_THAT(issue({layer_of(villages_drawn), classless}), Catch::Contains("no field 'class'"));
  auto rural = roads_drawn;
  rural[0].road_class = "X";
  CHECK_THAT(issue({layer_of(villages_drawn), layer_of(rural)}), Catch::Contains("class G or S"));
  options.closed_classes = {5};
  CHECK_THAT(issue({layer_of(villages_drawn), layer_of(roads_drawn)}), Catch::Contains("no bridges"));
  options = {};
  options.to = Destination::seat;
  CHECK_THAT(issue({layer_of(std::vector<Village>{{"a", at(0, 0), 1}}), layer_of(roads_drawn)}),
             Catch::Contains("no townships"));
}

TEST_CASE("each township's seat is reached from its own villages", "[reach]") {
  // One hardened road from north to south through two townships; the seats at its ends, and a village of the
  // second township that lies beside the seat of the first.
  const std::vector<Road> roads{{"G1", "G", "asphalt_concrete", {at(9000, 0), at(9000, 100)}},
                                {"X1", "X", "cement_concrete", {at(0, 0), at(0, -2000), at(0, -8000)}},
                                {"C1", "C", "cement_concrete", {at(5000, 0), at(6000, 0)}}};
  const std::vector<Village> villages{{"610802100201001", at(30, -100), 1},    // seat by its lowest code
                                      {"610802100202001", at(-20, -1100), 2},  // on the seat's edge
                                      {"610802100203001", at(5500, 40), 4},    // on an island
                                      {"610802101001001", at(50, -7900), 8},   // residents' committee: seat
                                      {"610802101200001", at(10, -150), 16}};
  RoadReachOptions options;
  options.to = Destination::seat;
  options.by = Level::township;
  const Answer answer = ask({layer_of(villages), layer_of(roads)}, options);
  CHECK(answer.village("610802100201001").distance_m == 0);
  CHECK(answer.village("610802100202001").distance_m == Approx(30 + 20 + 1000).margin(1));
  CHECK(answer.state("610802100203001") == "unconnected");
  CHECK(answer.village("610802101001001").distance_m == 0);
  CHECK(answer.village("610802101200001").distance_m == Approx(10 + 50 + 7750).margin(2));
  CHECK(answer.unit("610802101").connected == 2);
  REQUIRE(answer.reach.findings.size() == 1);
  CHECK(answer.reach.findings[0].id == "seat.by_code");
  CHECK(answer.reach.findings[0].rows == std::vector<std::int64_t>{1, 4});
}

TEST_CASE("a seat far from any road is reached from itself, and counts as attached", "[reach]") {
  const std::vector<Road> roads{{"G1", "G", "asphalt_concrete", {at(9000, 0), at(9000, 100)}}};
  RoadReachOptions options;
  options.to = Destination::seat;
  const Answer answer = ask(
      {layer_of(std::vector<Village>{{"610802100201001", at(0, 0), 1}, {"610802100202001", at(50, 0), 2}}),
       layer_of(roads)},
      options);
  CHECK(answer.village("610802100201001").distance_m == 0);
  CHECK(answer.village("610802100201001").attached);
  CHECK(answer.state("610802100202001") == "unattached");
  CHECK(answer.reach.figures[0].connected == 1);
  CHECK(answer.reach.figures[0].attached == 1);
}

TEST_CASE("a marked seat goes before codes, and what is not known leaves doubt", "[reach]") {
  const std::vector<Road> roads{{"G1", "G", "asphalt_concrete", {at(9000, 0), at(9000, 100)}},
                                {"X1", "X", "cement_concrete", {at(0, 0), at(1000, 0)}},
                                {"X2", "X", "", {at(1000, 0), at(2000, 0)}},
                                {"X3", "X", "cement_concrete", {at(2000, 0), at(3000, 0)}}};
  const std::vector<Village> drawn{{"610802100001001", at(100, 10), 1},
                                   {"610802100201001", at(900, 10), 2},
                                   {"610802100202001", at(2900, 10), 4}};
  Layer villages = layer_of(drawn);
  RoadReachOptions options;
  options.to = Destination::seat;
  const auto state_of_all = [&](const Layer& layer) {
    const Answer answer = ask({layer, layer_of(roads)}, options);
    return answer.state("610802100001001") + " " + answer.state("610802100201001") + " " +
           answer.state("610802100202001");
  };
  CHECK(state_of_all(villages) == "connected connected unknown");
  Layer marked = villages;
  marked.table.columns.push_back({"seat", "seat", table::NumberColumn{{none, 0, 1}}});
  CHECK(state_of_all(marked) == "unknown unknown connected");
  Layer centre = villages;
  table::TextColumn classes;
  for (const char* value : {"220", "121", "220"}) classes.push(value);
  centre.table.columns.push_back({"urban_rural_class", "urban_rural_class", std::move(classes)});
  const Answer answer = ask({centre, layer_of(roads)}, options);
  CHECK(answer.village("610802100201001").distance_m == 0);
  CHECK(answer.village("610802100001001").distance_m == Approx(10 + 10 + 800).margin(1));
}

TEST_CASE("the variants of reach stand side by side", "[reach]") {
  Layer villages = layer_of(villages_drawn);
  table::TextColumn classes;
  for (const char* value : {"121", "220", "220", "220", "210", "", "220"}) classes.push(value);
  villages.table.columns.push_back({"urban_rural_class", "urban_rural_class", std::move(classes)});
  const std::vector<Bridge> bridges{{at(1010, -1000), 4, "X1"}};
  RoadReachOptions options;
  options.variants = true;
  const auto asked = [&](double near_m) {
    Progress progress;
    auto atlas = atlas::assemble({villages, layer_of(roads_drawn), layer_of(bridges)}, {}, progress);
    REQUIRE(atlas);
    Answer answer{std::move(*atlas), {}};
    indicators::Parameters parameters;
    parameters.near_m = near_m;
    auto reach = road_reach(answer.atlas, definitions(), parameters, options, "", progress);
    if (!reach) FAIL(reach.issue().message.english());
    answer.reach = std::move(*reach);
    return answer;
  };
  // By village: a letter for each variant.
  const auto letters = [](const Answer& answer) {
    std::string text;
    for (const VillageVariants& village : answer.reach.village_variants) {
      for (const Counts counts : village.reached) text += "nmy"[static_cast<int>(counts)];
      text += village.rural ? " " : "u ";
    }
    return text;
  };
  // At the trunk; before the bridge; behind it; 1900 m along an earth road; 1900 m along a road of unknown
  // surface; beside a hardened island; nowhere.
  CHECK(letters(asked(2000)) == "yyyyyu yyyyy yyyny yynny yymny yynny nnnnn ");
  CHECK(letters(asked(1800)) == "yyyyyu yyyyy yyyny nnnny mmmny yynny nnnnn ");
  const Answer answer = asked(2000);
  const VariantFigures& total = answer.reach.variant_figures[0];
  const auto& rural = total[static_cast<std::size_t>(Variant::rural_access)];
  CHECK(rural.villages == 6);
  CHECK(rural.population == 620);
  CHECK(rural.population_reached == 300);
  const auto& closed = total[static_cast<std::size_t>(Variant::connected_closed)];
  CHECK(closed.villages == 7);
  CHECK(closed.reached == 2);
  CHECK(closed.unknown == 0);
  // Asked with bridges closed, reach itself is the last variant, and the other is asked beside it.
  options.closed_classes = {4};
  CHECK(letters(asked(2000)) == letters(answer));
}

TEST_CASE("without bridges closing them is a matter of bounds, no better than with them open", "[reach]") {
  RoadReachOptions options;
  options.variants = true;
  const Answer answer = ask(options);
  const VariantFigures& total = answer.reach.variant_figures[0];
  const auto share = [&](Variant variant) {
    return share_reached(answer.reach, total[static_cast<std::size_t>(variant)], variant);
  };
  CHECK(*share(Variant::connected).value == Approx(3.0 / 6));  // of seven villages one is not known
  CHECK(*share(Variant::connected).high == Approx(4.0 / 7));
  const indicators::Figure closed = share(Variant::connected_closed);
  CHECK_FALSE(closed.value);
  CHECK(*closed.low == 0);
  CHECK(*closed.high == *share(Variant::connected).high);
  REQUIRE(closed.why);
  CHECK_THAT(closed.why->english(), Catch::Contains("no bridges"));
}

TEST_CASE("a share is of what is known, within bounds of all", "[reach]") {
  UnitReach unit;
  unit.villages = 10;
  unit.connected = 6;
  unit.unknown = 2;
  const indicators::Figure share = share_connected(unit);
  CHECK(*share.value == 0.75);
  CHECK(*share.low == 0.6);
  CHECK(*share.high == 0.8);
  unit.connected = 0;
  unit.unknown = 10;
  CHECK_FALSE(share_connected(unit).value);
  CHECK_FALSE(share_connected({}).value);
  VariantFigure urban;
  urban.villages = 3;
  CHECK_THAT(share_reached({}, urban, Variant::rural_access).why->english(), Catch::Contains("people"));
  CHECK(knows_people({}));
  unit.without_population = 10;
  CHECK_FALSE(knows_people(unit));
}

TEST_CASE("the line of a way is as long as the way, from the village to where it ends", "[reach]") {
  tests::Random random(33);
  int ways = 0;
  for (int round = 0; round < 10; ++round) {
    const tests::Region region = tests::random_region(random, true);
    const atlas::Atlas atlas = region.atlas();
    for (const Destination to : {Destination::trunk, Destination::seat}) {
      RoadReachOptions options;
      options.to = to;
      options.lines = true;
      Progress progress;
      const auto reach = road_reach(atlas, definitions(), {}, options, "", progress);
      REQUIRE(reach);
      for (std::size_t i = 0; i < reach->villages.size(); ++i) {
        const VillageReach& village = reach->villages[i];
        INFO("round " << round << ", village " << i);
        REQUIRE(reach->lines[i].empty() == (village.state != ReachState::connected));
        if (reach->lines[i].empty()) continue;
        // A straight road of 700 m in longitude and latitude lies up to a centimetre beside the geodesic.
        CHECK(geodesy::length(reach->lines[i]).value == Approx(village.distance_m).margin(0.05));
        CHECK(reach->lines[i].front() == region.villages[village.row.value].place);
        ++ways;
      }
    }
  }
  CHECK(ways > 150);
}
