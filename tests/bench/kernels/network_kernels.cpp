// One search of the road network, and the closure of all its bridges, on the region that `./dev bench 60000`
// makes: what a closure scan costs in searches.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/assets.hpp"
#include "reach/closure_effect.hpp"
#include "reach/closures.hpp"
#include "reach/scenario.hpp"
#include "reach/seat_closures.hpp"
#include "reach/trunk_closures.hpp"
#include "reach/ways.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::bench {

namespace {

using benchmark::State;

const std::string region = std::string(XIANGTU_BINARY_DIR) + "/../bench/region-60000.gpkg";

// Read and joined once; nothing where the region was not made.
struct Ground {
  std::shared_ptr<const atlas::Atlas> atlas;
  std::unique_ptr<reach::RoadNetwork> network;
  reach::Villages villages;
  std::vector<reach::Township> townships;
  reach::ScannedBridges bridges;

  Ground() {
    Progress progress;
    const auto workspace = workspace::Workspace::open({{region}, {}}, progress);
    if (!workspace) return;
    const reach::ClosureOptions options;
    auto read = workspace->read_needed(reach::needs_of_closure_scan(workspace->definitions(), options),
                                       atlas::Level::township, progress);
    if (!read) return;
    atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
    std::vector<Finding> findings;
    const std::vector<std::uint8_t> all(atlas->layer(table::Role::bridges)->table.size(), 1);
    auto joined = reach::road_network(*atlas, workspace->definitions(), {}, options.network, {}, all,
                                      findings, progress);
    if (!joined) return;
    network = std::make_unique<reach::RoadNetwork>(std::move(*joined));
    const reach::Footing footing(*network, options.attach, progress);
    villages = *reach::villages_within(*atlas, {}, "");
    villages.footholds = footing.sure(villages.places(), villages.rows, progress);
    townships =
        reach::townships_of(atlas->hierarchy, villages, reach::township_seats(*atlas, findings), footing);
    bridges = reach::scanned_bridges(*network);
  }
};

const Ground* ground(State& state) {
  static const Ground made;
  if (!made.network) state.SkipWithError("no region of 60000 villages: ./dev bench 60000 makes it");
  return made.network ? &made : nullptr;
}

void one_search(State& state) {
  const Ground* on = ground(state);
  if (!on) return;
  const Progress progress;
  const auto open = on->network->open_edges(reach::what_is_sure);
  for (auto _ : state)
    benchmark::DoNotOptimize(reach::metres_to_trunk(*on->network, on->villages, open, nullptr, progress));
}
BENCHMARK(one_search)->UseRealTime()->Unit(benchmark::kMillisecond);

// The whole of reach once the layers are in memory: roads joined, villages attached, one search, sums.
void reach_loaded(State& state, reach::Attach attach, reach::Join join) {
  const Ground* on = ground(state);
  if (!on) return;
  Progress progress;
  const auto definitions = indicators::Definitions::load(assets_folder());
  reach::RoadReachOptions options;
  options.attach.attach = attach;
  options.network.join = join;
  for (auto _ : state)
    benchmark::DoNotOptimize(reach::road_reach(*on->atlas, *definitions, {}, options, "", progress));
}
BENCHMARK_CAPTURE(reach_loaded, edge, reach::Attach::edge, reach::Join::all)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(reach_loaded, node, reach::Attach::node, reach::Join::ends)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void closures_to_trunk(State& state) {
  const Ground* on = ground(state);
  if (!on) return;
  Progress progress;
  const reach::EffectSum sum(on->atlas->hierarchy, on->villages);
  for (auto _ : state) {
    const reach::TrunkScan scan(*on->network, on->villages, progress);
    benchmark::DoNotOptimize(reach::trunk_closures(scan, on->bridges.gates, sum, progress));
  }
  state.counters["bridges"] = static_cast<double>(on->bridges.rows.size());
}
BENCHMARK(closures_to_trunk)->UseRealTime()->Unit(benchmark::kMillisecond);

void closures_to_seats(State& state) {
  const Ground* on = ground(state);
  if (!on) return;
  Progress progress;
  const reach::EffectSum sum(on->atlas->hierarchy, on->villages);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        reach::seat_closures(*on->network, on->villages, on->townships, on->bridges.gates, sum, progress));
}
BENCHMARK(closures_to_seats)->UseRealTime()->Unit(benchmark::kMillisecond);

// One road hardened, one bridge closed and one new road, as a window asks it: figures of all counties.
void one_scenario(State& state) {
  const Ground* on = ground(state);
  if (!on) return;
  Progress progress;
  const auto definitions = indicators::Definitions::load(assets_folder());
  const auto model = reach::ScenarioModel::build(on->atlas, *definitions, {}, {}, progress);
  reach::Scenario scenario;
  const table::GeometryColumn& lines = (*model)->network().lines();
  scenario.hardened_roads[RowIx(std::size_t{100})] = true;
  scenario.closed_bridges[RowIx(std::size_t{100})] = true;
  scenario.links.push_back({lines.vertices()[1000], lines.vertices()[100000]});
  for (auto _ : state) benchmark::DoNotOptimize((*model)->ask(scenario, atlas::Level::county, progress));
}
BENCHMARK(one_scenario)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace xiangtu::bench
