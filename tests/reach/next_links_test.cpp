// Links against a plan made the slow way, and on a drawn county whose prices are known.
#include "reach/next_links.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "reach/cheapest_links.hpp"
#include "reach/random_region.hpp"
#include "reach/road_reach.hpp"
#include "support/scratch_folder.hpp"

using namespace xiangtu;
using namespace xiangtu::reach;
using tests::at;
using tests::Bridge;
using tests::definitions;
using tests::layer_of;
using tests::Region;
using tests::Road;
using tests::Village;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Rounds over all edges until nothing gets cheaper; then every place is tried.
struct SlowPlan {
  std::vector<double> first_prices;
  std::vector<std::set<std::uint32_t>> steps;  // edges
};

SlowPlan slow_plan(const std::vector<PaidEdge>& edges, std::vector<double> gains,
                   std::vector<std::uint8_t> is_root) {
  SlowPlan plan;
  for (;;) {
    std::vector<double> price(gains.size(), infinity);
    std::vector<int> by(gains.size(), -1);
    for (std::size_t place = 0; place < gains.size(); ++place)
      if (is_root[place] != 0) price[place] = gains[place] = 0;
    for (bool better = true; better;) {
      better = false;
      for (std::size_t i = 0; i < edges.size(); ++i)
        for (const auto& [from, to] : {std::pair{edges[i].a, edges[i].b}, {edges[i].b, edges[i].a}})
          if (price[from] + edges[i].price < price[to]) {
            price[to] = price[from] + edges[i].price;
            by[to] = static_cast<int>(i);
            better = true;
          }
    }
    if (plan.first_prices.empty()) plan.first_prices = price;
    double best_ratio = 0;
    std::set<std::uint32_t> best, best_places;
    for (std::uint32_t target = 0; target < gains.size(); ++target) {
      if (gains[target] <= 0 || price[target] == infinity) continue;
      double gain = 0;
      std::set<std::uint32_t> used, places;
      for (std::uint32_t place = target; by[place] >= 0;) {
        gain += gains[place];
        places.insert(place);
        used.insert(static_cast<std::uint32_t>(by[place]));
        const PaidEdge& edge = edges[static_cast<std::size_t>(by[place])];
        place = edge.a == place ? edge.b : edge.a;
      }
      if (gain / price[target] <= best_ratio) continue;
      best_ratio = gain / price[target];
      best = used;
      best_places = places;
    }
    if (best.empty()) return plan;
    plan.steps.push_back(best);
    for (const std::uint32_t place : best_places) is_root[place] = 1;
  }
}

Result<NextLinks> ask(const atlas::Atlas& atlas, const LinkOptions& options) {
  Progress progress;
  return next_links(atlas, definitions(), {}, options, "", progress);
}

LinkOptions plain_options() {
  LinkOptions options;
  options.costs = {600000, 1000000, 40000, 25};
  return options;
}

// Drawn by lot, some of its roads of earth, the trunk road not.
Region partly_of_earth(tests::Random& random) {
  Region region = tests::random_region(random);
  for (Road& road : region.roads)
    if (road.road_class != "G" && random.chance(0.4)) road.surface = "earth";
  return region;
}

}  // namespace

TEST_CASE("links come in the order of a plan made the slow way", "[reach]") {
  tests::Random random(41);
  std::size_t steps = 0;
  for (int round = 0; round < 150; ++round) {
    INFO("round " << round);
    const int places = random.whole(2, 40);
    std::vector<PaidEdge> edges;
    for (int i = random.whole(1, 90); i > 0; --i) {
      const int a = random.whole(0, places - 1), b = random.whole(0, places - 1);
      if (a != b)
        edges.push_back(
            {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), random.between(1, 100)});
    }
    std::vector<double> gains;
    std::vector<std::uint8_t> is_root;
    for (int i = 0; i < places; ++i) {
      gains.push_back(random.chance(0.5) ? 0 : random.between(1, 1000));
      is_root.push_back(i == 0 || random.chance(0.1));
    }
    const LinkPlan fast = cheapest_links(edges, gains, is_root, Progress{});
    const SlowPlan slow = slow_plan(edges, gains, is_root);
    for (int place = 0; place < places; ++place)
      if (std::isinf(slow.first_prices[place]))
        CHECK(std::isinf(fast.cheapest[place]));
      else
        CHECK(fast.cheapest[place] == Approx(slow.first_prices[place]));
    REQUIRE(fast.steps.size() == slow.steps.size());
    for (std::size_t i = 0; i < fast.steps.size(); ++i)
      CHECK(std::set(fast.steps[i].edges.begin(), fast.steps[i].edges.end()) == slow.steps[i]);
    steps += fast.steps.size();
  }
  CHECK(steps > 500);
}

TEST_CASE("shared stretches are paid for once, bridges are rebuilt, new roads come last", "[reach]") {
  //  G1 ==== (0,0)…(1000,0); an earth road south from its west end with two villages on it; a hardened road
  //  from the east end south over a bridge of class 5; one village without any road.
  Region region;
  region.roads = {{"G1", "G", "cement_concrete", {at(0, 0), at(1000, 0)}},
                  {"E1", "C", "earth", {at(0, 0), at(0, -4000)}},
                  {"H1", "C", "cement_concrete", {at(1000, 0), at(1000, -3000)}},
                  {"E2", "C", "earth", {at(5000, 0), at(6000, 0)}}};
  region.villages = {{"610802100201001", at(50, -1000), 100},   // on the earth road
                     {"610802100201002", at(50, -3000), 40},    // further on it
                     {"610802100201003", at(1050, -2000), 90},  // behind the bridge
                     {"610802100201004", at(-1500, -100), 10},  // no road within 500 m
                     {"610802100201005", at(500, 50), 7},       // at the trunk
                     {"610802100201006", at(5500, 50), 5},      // on an island
                     {"610802100201007", at(60000, 0), 5}};     // far from all
  region.bridges = {{at(1000, -1000), 5, ""}, {at(0, -500), 3, ""}};
  const atlas::Atlas atlas = region.atlas();
  const auto links = ask(atlas, plain_options());
  REQUIRE(links);
  REQUIRE(links->links.size() == 4);
  // 90 people for a bridge of 25 m at 1,000,000; 100 for 1 km at 600,000: that comes first. Then 2 km for 40.
  const NextLink &near = links->links[0], &bridge = links->links[1], &further = links->links[2],
                 &road = links->links[3];
  CHECK(near.villages == std::vector<std::uint32_t>{0});
  CHECK(near.yuan == Approx(600000).epsilon(0.001));
  CHECK(near.population == 100);
  CHECK(near.households == 25);
  CHECK(bridge.pieces.size() == 1);
  CHECK(bridge.pieces[0].kind == LinkKind::rebuild);
  CHECK(bridge.pieces[0].row == RowIx(0));
  CHECK(bridge.yuan == 1000000);
  CHECK(further.villages == std::vector<std::uint32_t>{1});
  CHECK(further.yuan == Approx(1200000).epsilon(0.001));
  CHECK(further.pieces[0].length_m == Approx(2000).margin(2));
  CHECK(links->villages[1].alone_yuan == Approx(1800000).epsilon(0.001));
  CHECK(road.pieces[0].kind == LinkKind::new_road);
  CHECK(road.pieces[0].length_m == Approx(1500).margin(2));
  CHECK(road.villages == std::vector<std::uint32_t>{3});
  CHECK(links->villages[4].state == LinkState::connected);
  CHECK(links->villages[5].state == LinkState::no_way);
  CHECK(links->villages[6].state == LinkState::too_far);
}

TEST_CASE("what costs nothing is built all the same", "[reach]") {
  tests::Random random(43);
  std::size_t free_links = 0;
  for (int round = 0; round < 12; ++round) {
    INFO("round " << round);
    const Region region = partly_of_earth(random);
    const atlas::Atlas atlas = region.atlas();
    LinkOptions options = plain_options();
    const auto paid = ask(atlas, options);
    options.costs.harden_yuan_per_km = 0;
    options.costs.rebuild_bridge_yuan_per_m = 0;
    const auto free = ask(atlas, options);
    REQUIRE(paid);
    REQUIRE(free);
    for (std::size_t i = 0; i < paid->villages.size(); ++i)
      CHECK(free->villages[i].state == paid->villages[i].state);
    for (const NextLink& link : free->links) {
      double new_roads = 0;
      for (const LinkPiece& piece : link.pieces)
        if (piece.kind == LinkKind::new_road) new_roads += piece.yuan;
      CHECK(link.yuan == new_roads);
      free_links += link.yuan == 0;
      for (const std::uint32_t village : link.villages)
        if (new_roads == 0) CHECK(free->villages[village].alone_yuan == 0);
    }
  }
  CHECK(free_links > 20);
}

TEST_CASE("links leave out whom reach has as connected, and no one else, on trunk roads of earth as well",
          "[reach]") {
  tests::Random random(44);
  std::size_t connected = 0, linked = 0;
  for (int round = 0; round < 40; ++round) {
    INFO("round " << round);
    Region region = tests::random_region(random);
    for (Road& road : region.roads)
      if (random.chance(0.4)) road.surface = "earth";
    region.roads[0].surface = round % 2 == 0 ? "earth" : "cement_concrete";
    const atlas::Atlas atlas = region.atlas();
    LinkOptions options = plain_options();
    options.closed_classes = {5};
    const auto links = ask(atlas, options);
    REQUIRE(links);
    Progress progress;
    RoadReachOptions reach_options;
    reach_options.closed_classes = {5};
    for (Bridge& bridge : region.bridges)
      if (std::isnan(bridge.condition_class)) bridge.condition_class = 1;  // links take them for good
    const atlas::Atlas told = region.atlas();
    const auto reach = road_reach(told, tests::definitions(), {}, reach_options, "", progress);
    REQUIRE(reach);
    for (std::size_t i = 0; i < links->villages.size(); ++i) {
      const bool is_connected = reach->villages[i].state == ReachState::connected;
      CHECK((links->villages[i].state == LinkState::connected) == is_connected);
      connected += is_connected;
      linked += links->villages[i].state == LinkState::linked;
    }
  }
  CHECK(connected > 50);
  CHECK(linked > 50);

  // Beside a trunk road of earth, 300 m from the hardened road that meets it.
  Region region;
  region.roads = {{"S1", "S", "earth", {at(0, 0), at(2000, 0)}},
                  {"X1", "X", "cement_concrete", {at(0, 0), at(0, 3000)}}};
  region.villages = {{"610802100201001", at(600, 10), 100}};
  const auto links = ask(region.atlas(), plain_options());
  REQUIRE(links);
  REQUIRE(links->links.size() == 1);
  CHECK(links->links[0].pieces[0].length_m == Approx(600).margin(1));
}

TEST_CASE("what is not known of roads and bridges is said beside the links", "[reach]") {
  Region region;
  region.roads = {{"G1", "G", "cement_concrete", {at(0, 0), at(1000, 0)}},
                  {"E1", "C", "", {at(0, 0), at(0, -4000)}}};
  region.villages = {{"610802100201001", at(50, -1000), 100}};
  region.bridges = {{at(0, -500), tests::none, ""}};
  const auto links = ask(region.atlas(), plain_options());
  REQUIRE(links);
  const auto rows_of = [&](std::string_view id) {
    for (const Finding& finding : links->findings)
      if (finding.id == id) return finding.rows;
    return std::vector<std::int64_t>{};
  };
  CHECK(rows_of("link.surface_unknown") == std::vector<std::int64_t>{2});
  CHECK(rows_of("link.class_unknown") == std::vector<std::int64_t>{1});
}

TEST_CASE("where everything is built, every village that has a way is connected", "[reach]") {
  tests::Random random(42);
  for (int round = 0; round < 12; ++round) {
    INFO("round " << round);
    const Region region = partly_of_earth(random);
    const atlas::Atlas atlas = region.atlas();
    const auto links = ask(atlas, plain_options());
    REQUIRE(links);
    std::set<std::uint32_t> linked;
    double yuan = 0, pieces = 0;
    for (const NextLink& link : links->links) {
      CHECK_FALSE(link.villages.empty());
      yuan += link.yuan;
      for (const LinkPiece& piece : link.pieces) pieces += piece.yuan;
      for (const std::uint32_t village : link.villages) CHECK(linked.insert(village).second);
    }
    CHECK(yuan == Approx(pieces));
    double alone = 0;
    for (std::uint32_t i = 0; i < links->villages.size(); ++i) {
      CHECK((links->villages[i].state == LinkState::linked) == linked.contains(i));
      if (links->villages[i].state == LinkState::linked) alone += links->villages[i].alone_yuan;
    }
    CHECK(yuan <= alone * (1 + 1e-9));  // sharing never costs more
  }
}

TEST_CASE("a file of costs goes over the program's own, and says what is wrong in it", "[reach]") {
  const test::ScratchFolder folder;
  const std::string path = folder.file("costs.toml");
  const auto load = [&](const char* text) {
    std::ofstream(path) << text;
    return load_unit_costs(path);
  };
  const auto own = load_unit_costs("");
  REQUIRE(own);
  CHECK(own->harden_yuan_per_km > 0);
  const auto over = load("harden_yuan_per_km = 1\n");
  REQUIRE(over);
  CHECK(over->harden_yuan_per_km == 1);
  CHECK(over->bridge_m == own->bridge_m);
  CHECK_THAT(load("\nharden = 1\n").issue().message.english(), Catch::Contains("line 2: 'harden'"));
  CHECK_THAT(load("bridge_m = -1\n").issue().message.english(), Catch::Contains("bridge_m takes a number"));
  CHECK_THAT(load("bridge_m = \n").issue().message.english(), Catch::Contains("line 1"));
  CHECK_THAT(load_unit_costs("/nowhere.toml").issue().message.english(), Catch::Contains("/nowhere.toml"));
}
