#include "viewer/commands/network.hpp"

#include <algorithm>
#include <utility>

#include "geodesy/measure.hpp"
#include "network/attachment.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/scenarios.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using geodesy::LonLat;
using reach::Counts;
using reach::Scenario;

namespace {

constexpr const char* building_title = "joining roads";
constexpr const char* asking_title = "asking the scenario";
constexpr const char* way_title = "finding the way";
constexpr double snap_px = 12;

void build_model(AppState& state);

// A scenario is of the region that is open: what was of another goes first.
template <class Change>
void change(AppState& state, const Change& how) {
  if (state.region && state.network.region != state.region) build_model(state);
  Scenario before = state.network.scenario;
  how(state.network.scenario);
  if (state.network.scenario == before) return;
  state.network.done.push_back({std::move(before), begin_step(state)});
}

bool step(NetworkState& network, std::vector<ScenarioStep>& from, std::vector<ScenarioStep>& to) {
  if (from.empty()) return false;
  to.push_back(std::move(from.back()));
  from.pop_back();
  std::swap(to.back().other, network.scenario);
  return true;
}

// The nearest place of a road, or position of a new one, within some pixels, else the position itself.
LonLat snapped(const AppState& state, LonLat position) {
  if (!state.network.model) return position;
  const scene::ScreenPoint at = state.camera.to_screen(position);
  const Metres within = geodesy::distance(
      position, state.camera.to_lonlat({at.x + snap_px * state.camera.pixel_ratio(), at.y}));
  const reach::RoadNetwork& network = state.network.model->network();
  const auto near = network::nearest_place(network.graph.runs(), network.graph.roads(), network.lines(), {},
                                           position, within);
  LonLat to = near ? network::position_of(network.lines(), near->place) : position;
  Metres least = near ? near->distance : within;
  for (const std::vector<LonLat>& link : state.network.scenario.links)
    for (const LonLat end : link)
      if (const Metres distance = geodesy::distance(position, end); distance <= least) {
        to = end;
        least = distance;
      }
  return to;
}

void build_model(AppState& state) {
  NetworkState& network = state.network;
  NetworkState fresh;
  static_cast<BottomTab&>(fresh) = network;
  fresh.coloured = network.coloured;
  fresh.region = state.region;
  fresh.saved = scenarios_for(state, *state.region);
  network = std::move(fresh);
  network.building = true;
  state.jobs.cancel(building_title);
  state.jobs.start(building_title, [&state, region = state.region, saved = network.saved,
                                    by = coloured_level(state)](Progress& progress) {
    reach::RoadReachOptions options;
    auto built = reach::ScenarioModel::build(region->stats.atlas, region->workspace->definitions(),
                                             region->parameters, options, progress);
    auto model = built ? std::shared_ptr<const reach::ScenarioModel>(std::move(*built)) : nullptr;
    auto issue = built ? std::nullopt : std::optional<Issue>(built.issue());
    const auto taken = std::make_shared<TakenScenarios>();
    if (model) *taken = taken_up(saved, *model, by, progress);
    state.mailbox.post([&state, region, model, issue, taken] {
      if (state.network.region != region) return;
      state.network.building = false;
      state.network.model = model;
      state.network.issue = issue;
      if (model) put_back(state, std::move(*taken));
    });
  });
}

void ask(AppState& state, atlas::Level by) {
  NetworkState& network = state.network;
  network.asking = true;
  const bool has_base = network.base && network.answered_by == by;
  state.jobs.start(asking_title, [&state, model = network.model, scenario = network.scenario, by,
                                  base = has_base ? network.base : nullptr](Progress& progress) mutable {
    auto asked = model->ask(scenario, by, progress);
    auto answer = asked ? std::make_shared<const reach::ScenarioReach>(std::move(*asked)) : nullptr;
    if (!base) {
      auto unchanged = model->ask({}, by, progress);
      if (unchanged) base = std::make_shared<const reach::ScenarioReach>(std::move(*unchanged));
    }
    state.mailbox.post([&state, model, scenario, by, answer, base] {
      if (state.network.model != model) return;
      state.network.asking = false;
      if (!answer || !base) return;
      state.network.answer = answer;
      state.network.base = base;
      state.network.answered = scenario;
      state.network.answered_by = by;
      ++state.network.answers;
      colour_units(state);
    });
  });
}

// The selected one, where it is of the villages that are asked about.
std::optional<RowIx> selected_village(const AppState& state) {
  const auto& subject = state.village_card.subject;
  if (!subject || !state.network.answer) return std::nullopt;
  const scene::MapLayer* layer = state.scene.find(subject->layer);
  if (!layer || layer->role != state.network.answer->reach.villages_layer->role) return std::nullopt;
  return subject->row;
}

void find_way(AppState& state) {
  NetworkState& network = state.network;
  const std::optional<RowIx> village = selected_village(state);
  if (network.finding_way || (village == network.way_of && network.way_in == network.answered)) return;
  network.way_of = village;
  network.way_in = network.answered;
  network.way.clear();
  if (!village) return;
  network.finding_way = true;
  state.jobs.start(way_title, [&state, model = network.model, scenario = network.answered,
                               row = *village](Progress& progress) {
    auto line = std::make_shared<const reach::WayLine>(model->way(scenario, row, progress));
    state.mailbox.post([&state, model, row, line] {
      if (state.network.model != model) return;
      state.network.finding_way = false;
      if (state.network.way_of == row) state.network.way = *line;
    });
  });
}

}  // namespace

void toggle_network(AppState& state) {
  NetworkState& network = state.network;
  toggle_tab(network);
  if (network.issue) network.region = nullptr;  // it is tried again
}

void close_bridge(AppState& state, RowIx bridge, bool closed) {
  change(state, [&](Scenario& scenario) { scenario.closed_bridges[bridge] = closed; });
}

void harden_road(AppState& state, RowIx road, bool hardened) {
  change(state, [&](Scenario& scenario) { scenario.hardened_roads[road] = hardened; });
}

void add_link(AppState& state, const std::vector<LonLat>& line) {
  std::vector<LonLat> link;
  for (const LonLat position : line)
    if (const LonLat at = snapped(state, position); link.empty() || !(link.back() == at)) link.push_back(at);
  if (link.size() < 2) return;
  change(state, [&](Scenario& scenario) { scenario.links.push_back(link); });
}

void join_in_scenario(AppState& state, LonLat a, LonLat b) {
  change(state, [&](Scenario& scenario) { scenario.links.push_back({a, b}); });
}

void remove_link(AppState& state, std::size_t link) {
  change(state, [&](Scenario& scenario) {
    if (link < scenario.links.size())
      scenario.links.erase(scenario.links.begin() + static_cast<std::ptrdiff_t>(link));
  });
}

void reset_bridge(AppState& state, RowIx bridge) {
  change(state, [&](Scenario& scenario) { scenario.closed_bridges.erase(bridge); });
}

void reset_road(AppState& state, RowIx road) {
  change(state, [&](Scenario& scenario) { scenario.hardened_roads.erase(road); });
}

void clear_scenario(AppState& state) {
  set_scenario(state, {});
}

void set_scenario(AppState& state, Scenario scenario) {
  change(state, [&](Scenario& now) { now = std::move(scenario); });
}

bool undo_scenario(AppState& state) {
  return step(state.network, state.network.done, state.network.undone);
}

bool redo_scenario(AppState& state) {
  return step(state.network, state.network.undone, state.network.done);
}

std::optional<bool> is_closed(const AppState& state, RowIx bridge) {
  const NetworkState& network = state.network;
  if (const auto changed = network.scenario.closed_bridges.find(bridge);
      changed != network.scenario.closed_bridges.end())
    return changed->second;
  return false;
}

std::optional<bool> is_hardened(const AppState& state, RowIx road) {
  const NetworkState& network = state.network;
  if (const auto changed = network.scenario.hardened_roads.find(road);
      changed != network.scenario.hardened_roads.end())
    return changed->second;
  if (!network.model) return std::nullopt;
  const Counts travelled = network.model->network().travelled[road.value];
  return travelled == Counts::maybe ? std::nullopt : std::optional{travelled == Counts::yes};
}

void update_network(AppState& state) {
  NetworkState& network = state.network;
  if (!state.region || !network.shown) return;
  if (network.region != state.region) build_model(state);
  if (!network.model || network.asking) return;
  const atlas::Level by = coloured_level(state);
  if (!network.answer || !(network.answered == network.scenario) || network.answered_by != by)
    ask(state, by);
  else
    find_way(state);
}

std::shared_ptr<const indicators::CoverageTable> scenario_table(const AppState& state) {
  const NetworkState& network = state.network;
  if (!network.shown || !network.in_front || !network.coloured || !network.answer) return nullptr;
  auto table = std::make_shared<indicators::CoverageTable>();
  const std::string name{state.catalogue("villages connected to the trunk roads")};
  indicators::IndicatorInfo info;
  info.id = "connected_villages";
  info.name_zh = info.name_en = name;
  info.unit_zh = info.unit_en = "%";
  info.fraction = true;
  table->indicators.push_back(std::move(info));
  table->units = network.answer->reach.units;
  std::vector<indicators::Sums> sums;
  std::vector<std::uint8_t> reasons;
  for (const reach::UnitReach& unit : network.answer->reach.figures) {
    sums.push_back({static_cast<double>(unit.connected), static_cast<double>(unit.villages - unit.unknown),
                    static_cast<double>(unit.unknown)});
    reasons.push_back(unit.villages == unit.unknown ? 1 : 0);
  }
  table->columns.push_back(indicators::FigureColumn::of(
      std::move(sums), {Message("there are no villages of which it is known")}, std::move(reasons)));
  return table;
}

void go_to_village(AppState& state, std::uint32_t village) {
  if (!state.network.answer) return;
  const reach::RoadReach& reach = state.network.answer->reach;
  go_to_rows(state, *reach.villages_layer, {reach.villages[village].row});
}

}  // namespace xiangtu::viewer
