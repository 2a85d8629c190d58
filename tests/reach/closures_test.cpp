// Closures against taking out each bridge and asking for reach again.
#include "reach/closures.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reach/random_region.hpp"
#include "reach/road_reach.hpp"

using namespace xiangtu;
using namespace xiangtu::reach;
using atlas::Layer;
using atlas::Level;
using tests::at;
using tests::Bridge;
using tests::definitions;
using tests::layer_of;
using tests::random_region;
using tests::Region;
using tests::Road;
using tests::Village;

namespace {

ClosureScan scan_of(const atlas::Atlas& atlas, const ClosureOptions& options = {}) {
  Progress progress;
  auto scan = closure_scan(atlas, definitions(), {}, options, "", progress);
  if (!scan) FAIL(scan.issue().message.english());
  return std::move(*scan);
}

std::vector<VillageReach> reach_of(const Region& region, const ClosureOptions& options, Destination to,
                                   std::vector<int> closed) {
  Progress progress;
  RoadReachOptions asked;
  asked.network = options.network;
  asked.attach = options.attach;
  asked.to = to;
  asked.closed_classes = std::move(closed);
  const atlas::Atlas atlas = region.atlas();
  auto reach = road_reach(atlas, definitions(), {}, asked, "", progress);
  if (!reach) FAIL(reach.issue().message.english());
  return reach->villages;
}

// The slow way: two searches of everything for each bridge.
ClosureEffect slow_effect(const Region& region, const atlas::Atlas& atlas, const ClosureOptions& options,
                          Destination to, std::size_t bridge) {
  const auto before = reach_of(region, options, to, {});
  const auto after = reach_of(region.with_closed({bridge}), options, to, {5});
  ClosureEffect effect;
  std::set<UnitIx> townships;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].state != ReachState::connected) continue;
    const Village& village = region.villages[before[i].row.value];
    const double detour = after[i].distance_m - before[i].distance_m;
    if (after[i].state != ReachState::connected) {
      ++effect.cut_villages;
      effect.cut_households += village.population / 4;
      effect.cut_population += village.population;
    } else if (detour > 0.001) {
      ++effect.longer_villages;
      effect.detour_m_sum += detour;
      effect.detour_m_max = std::max(effect.detour_m_max, detour);
    } else {
      continue;
    }
    townships.insert(atlas.hierarchy.ancestor(before[i].unit, Level::township));
  }
  effect.townships.assign(townships.begin(), townships.end());
  return effect;
}

void check_same(const ClosureEffect& fast, const ClosureEffect& slow) {
  CHECK(fast.cut_villages == slow.cut_villages);
  CHECK(fast.cut_households == slow.cut_households);
  CHECK(fast.cut_population == slow.cut_population);
  CHECK(fast.longer_villages == slow.longer_villages);
  CHECK(fast.detour_m_sum == Approx(slow.detour_m_sum).margin(1e-6));
  CHECK(fast.detour_m_max == Approx(slow.detour_m_max).margin(1e-6));
  CHECK(fast.townships == slow.townships);
}

}  // namespace

TEST_CASE("closures are what reach says with each bridge taken out", "[reach]") {
  tests::Random random(21);
  std::uint64_t cut = 0, longer = 0;
  for (int round = 0; round < 12; ++round) {
    const Region region = random_region(random, true);
    ClosureOptions options;
    if (round % 3 == 1) options.network.over = Over::any;
    if (round % 4 == 3) options.attach = {Attach::node, {800}};
    const atlas::Atlas atlas = region.atlas();
    const ClosureScan scan = scan_of(atlas, options);
    for (const BridgeClosure& closure : scan.closures) {
      INFO("round " << round << ", bridge " << closure.bridge.value);
      check_same(closure.trunk,
                 slow_effect(region, atlas, options, Destination::trunk, closure.bridge.value));
      check_same(closure.seat, slow_effect(region, atlas, options, Destination::seat, closure.bridge.value));
      cut += closure.trunk.cut_villages + closure.seat.cut_villages;
      longer += closure.trunk.longer_villages + closure.seat.longer_villages;
    }
  }
  CHECK(cut > 200);  // the regions have something to tell
  CHECK(longer > 200);
}

TEST_CASE("pairs are all that do together what neither does alone", "[reach]") {
  tests::Random random(22);
  std::size_t cutting = 0, lengthening = 0;
  for (int round = 0; round < 8; ++round) {
    const Region region = random_region(random);
    ClosureOptions options;
    options.pair_classes = {4, 5};
    const atlas::Atlas atlas = region.atlas();
    const ClosureScan scan = scan_of(atlas, options);
    const auto metres = [&](const std::vector<std::size_t>& closed) {
      std::vector<double> found;
      for (const VillageReach& village :
           reach_of(region.with_closed(closed), options, Destination::trunk, {5}))
        found.push_back(village.state == ReachState::connected ? village.distance_m
                                                               : std::numeric_limits<double>::infinity());
      return found;
    };
    std::vector<std::size_t> dangerous;
    for (std::size_t i = 0; i < region.bridges.size(); ++i)
      if (region.bridges[i].condition_class >= 4) dangerous.push_back(i);
    std::size_t felt = 0;
    for (std::size_t a = 0; a < dangerous.size(); ++a)
      for (std::size_t b = a + 1; b < dangerous.size(); ++b) {
        const auto one = metres({dangerous[a]}), other = metres({dangerous[b]}),
                   both = metres({dangerous[a], dangerous[b]});
        std::uint64_t cut = 0, longer = 0;
        double sum = 0;
        for (std::size_t i = 0; i < both.size(); ++i) {
          const double more = both[i] - std::max(one[i], other[i]);
          if (std::isinf(more)) ++cut;
          if (more > 0.001 && !std::isinf(more)) {
            ++longer;
            sum += more;
          }
        }
        const auto found = std::find_if(scan.pairs.begin(), scan.pairs.end(), [&](const PairClosure& pair) {
          return pair.first == RowIx(dangerous[a]) && pair.second == RowIx(dangerous[b]);
        });
        INFO("round " << round << ", bridges " << dangerous[a] << " and " << dangerous[b]);
        REQUIRE((found != scan.pairs.end()) == (cut + longer > 0));
        if (found == scan.pairs.end()) continue;
        ++felt;
        CHECK(found->effect.cut_villages == cut);
        CHECK(found->effect.longer_villages == longer);
        CHECK(found->effect.detour_m_sum == Approx(sum).margin(1e-6));
        cutting += cut;
        lengthening += longer;
      }
    CHECK(scan.pairs.size() == felt);
  }
  CHECK(cutting > 20);
  CHECK(lengthening > 20);
}

TEST_CASE("a bridge on a dead end cuts off, one on a ring makes ways longer", "[reach]") {
  //   G1 ====+==== at north 0, a ring 1000 m wide and 2000 m deep below it, a dead end from its south
  Region region;
  region.roads = {{"G1", "G", "cement_concrete", {at(0, 0), at(1000, 0)}},
                  {"W", "C", "cement_concrete", {at(0, 0), at(0, -2000)}},
                  {"S", "C", "cement_concrete", {at(0, -2000), at(1000, -2000)}},
                  {"E", "C", "cement_concrete", {at(1000, -2000), at(1000, 0)}},
                  {"D", "C", "cement_concrete", {at(0, -2000), at(0, -4000)}}};
  region.villages = {{"610802100201001", at(0, -1900), 100},  // on the ring, seat
                     {"610802100202001", at(0, -3900), 20},   // at the end
                     {"610802101201001", at(0, -2500), 30}};  // before the bridge of the dead end
  region.bridges = {
      {at(0, -1000), 3, ""}, {at(0, -3000), 4, ""}, {at(1000, -1000), 5, ""}, {at(9000, 0), 5, ""}};
  const atlas::Atlas atlas = region.atlas();
  const ClosureScan scan = scan_of(atlas);
  REQUIRE(scan.closures.size() == 3);
  const BridgeClosure &dead_end = scan.closures[0], &west = scan.closures[1], &east = scan.closures[2];
  CHECK(dead_end.bridge == RowIx(1));
  CHECK(dead_end.trunk.cut_villages == 1);
  CHECK(dead_end.trunk.cut_population == 20);
  CHECK(dead_end.trunk.cut_households == 5);
  CHECK(dead_end.trunk.longer_villages == 0);
  CHECK(dead_end.seat.cut_villages == 1);
  CHECK(west.bridge == RowIx(0));
  CHECK(west.trunk.cut_villages == 0);
  CHECK(west.trunk.longer_villages == 3);
  // 1900 up against 100 down, 1000 east, 2000 up; 2000 up against 1000 east, 2000 up for those behind.
  CHECK(west.trunk.detour_m_sum == Approx(1200 + 1000 + 1000).margin(2));
  CHECK(west.trunk.detour_m_max == Approx(1200).margin(1));
  CHECK(west.trunk.worst_village == RowIx(0));
  CHECK(west.trunk.townships.size() == 2);
  CHECK(west.seat.longer_villages == 0);
  CHECK_FALSE(east.trunk.is_felt());
  const auto off_road = std::find_if(scan.findings.begin(), scan.findings.end(),
                                     [](const Finding& finding) { return finding.id == "bridge.off_road"; });
  REQUIRE(off_road != scan.findings.end());
  CHECK(off_road->rows == std::vector<std::int64_t>{4});
}

TEST_CASE("what is missing for a closure scan is said", "[reach]") {
  Progress progress;
  auto atlas = atlas::assemble({layer_of(std::vector<Village>{{"610802100201001", at(0, 0), 1}}),
                                layer_of(std::vector<Road>{{"G1", "G", "earth", {at(0, 0), at(10, 0)}}})},
                               {}, progress);
  REQUIRE(atlas);
  const auto scan = closure_scan(*atlas, definitions(), {}, {}, "", progress);
  REQUIRE_FALSE(scan);
  CHECK_THAT(scan.issue().message.english(), Catch::Contains("no bridges"));
}
