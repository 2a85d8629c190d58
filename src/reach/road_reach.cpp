#include "reach/road_reach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "reach/villages.hpp"

namespace xiangtu::reach {

using atlas::Atlas;
using atlas::Layer;
using indicators::Definitions;
using indicators::Parameters;
using table::Role;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Status check_bridges(const Layer* bridges, const RoadReachOptions& options) {
  if (options.closed_classes.empty() || (bridges && bridges->table.has_geometry())) return {};
  return Issue{
      IssueCode::input_no_role,
      "there are no bridges with positions in the sources to close; add a layer of bridges, or leave "
      "--close-classes away"};
}

Result<RoadNetwork> network_of(const Atlas& atlas, const Definitions& definitions,
                               const Parameters& parameters, const RoadReachOptions& options,
                               std::vector<Finding>& findings, Progress& progress) {
  std::vector<Counts> closed;
  if (!options.closed_classes.empty())
    closed = bridges_of_classes(*atlas.layer(Role::bridges), options.closed_classes);
  const std::vector<std::uint8_t> gates = at_least(closed, Counts::maybe);
  return road_network(atlas, definitions, parameters, options.network, std::move(closed), gates, findings,
                      progress);
}

VillageWays ways_of(const Atlas& atlas, const RoadNetwork& network, const Villages& villages,
                    const Footing& footing, Destination to, std::vector<WayLine>* lines,
                    std::vector<Finding>& findings, Progress& progress) {
  const std::vector<std::uint8_t> open = network.open_edges(what_is_sure);
  const bool to_trunk = to == Destination::trunk;
  std::vector<Township> townships;
  if (!to_trunk)
    townships = townships_of(atlas.hierarchy, villages, township_seats(atlas, findings), footing);
  VillageWays ways;
  ways.metres = to_trunk ? metres_to_trunk(network, villages, open, lines, progress)
                         : metres_to_seats(network, villages, townships, open, lines, progress);
  ways.possible.resize(villages.size());
  if (network.is_certain() || progress.stop_requested()) return ways;
  const PossibleWays possible(network, footing);
  ways.possible = to_trunk ? possible.to_trunk(villages, ways.metres, progress)
                           : possible.to_seats(villages, townships, ways.metres, progress);
  return ways;
}

VillageReach reach_of(const network::RoadGraph& graph, const Villages& villages, std::size_t i,
                      const VillageWays& ways) {
  VillageReach village{villages.rows[i], villages.units[i], ReachState::unplaced, false,
                       not_a_number,     not_a_number,      RowIx::none()};
  if (!villages.has_place(i)) return village;
  const network::Foothold& foothold = villages.footholds[i];
  village.attached = foothold.exists() || ways.metres[i] < infinity;  // the seat stands where it leads
  if (foothold.exists()) village.access_m = foothold.access.value;
  if (foothold.edge.exists()) village.road = graph[foothold.edge].row;
  village.state = ways.metres[i] < infinity ? ReachState::connected
                  : ways.possible[i] != 0   ? ReachState::unknown
                  : village.attached        ? ReachState::unconnected
                                            : ReachState::unattached;
  if (ways.metres[i] < infinity) village.distance_m = ways.metres[i];
  return village;
}

UnitReach counted(const VillageReach& village, double population) {
  UnitReach one;
  one.villages = 1;
  one.attached = village.attached;
  const double people = std::isnan(population) ? 0 : population;
  one.without_population = std::isnan(population);
  one.population = people;
  if (village.state == ReachState::connected) {
    one.connected = 1;
    one.population_connected = people;
    one.distance_m_sum = one.distance_m_max = village.distance_m;
  }
  if (village.state == ReachState::unknown || village.state == ReachState::unplaced) {
    one.unknown = 1;
    one.population_unknown = people;
  }
  return one;
}

void sum_up(const Atlas& atlas, UnitIx root, atlas::Level level, RoadReach& reach) {
  const table::Column* people = reach.villages_layer->table.find("population");
  const bool has_population = people && !people->is_text();
  reach.units = {root};
  for (const UnitIx unit : atlas.hierarchy.at_level(level))
    if (unit != root && atlas.hierarchy.is_within(unit, root)) reach.units.push_back(unit);
  std::vector<std::uint32_t> place_of(atlas.hierarchy.size(), 0);
  for (std::size_t i = 1; i < reach.units.size(); ++i)
    place_of[reach.units[i].value] = static_cast<std::uint32_t>(i);
  reach.figures.assign(reach.units.size(), {});
  if (!reach.village_variants.empty()) reach.variant_figures.assign(reach.units.size(), {});
  for (std::size_t i = 0; i < reach.villages.size(); ++i) {
    const VillageReach& village = reach.villages[i];
    const double population = has_population ? people->numbers()[village.row.value] : not_a_number;
    const auto add_to = [&](std::size_t unit) {
      reach.figures[unit].add(counted(village, population));
      if (reach.variant_figures.empty()) return;
      const VariantFigures figures = figures_of(reach.village_variants[i], population);
      for (std::size_t variant = 0; variant < variant_count; ++variant)
        reach.variant_figures[unit][variant].add(figures[variant]);
    };
    add_to(0);
    const UnitIx unit = atlas.hierarchy.ancestor(village.unit, level);
    if (unit.exists() && unit != root) add_to(place_of[unit.value]);
  }
}

// What each way of asking asks of.
struct Asked {
  const Atlas& atlas;
  const Definitions& definitions;
  const Parameters& parameters;
};

// villages: their footholds become those of this question.
Result<std::vector<VillageReach>> reached_villages(const Asked& asked, const RoadReachOptions& options,
                                                   Villages& villages, std::vector<WayLine>* lines,
                                                   std::vector<Finding>& findings, Progress& progress) {
  const Result<RoadNetwork> network =
      network_of(asked.atlas, asked.definitions, asked.parameters, options, findings, progress);
  if (!network) return network.issue();
  const Footing footing(*network, options.attach, progress);
  villages.footholds = footing.sure(villages.places(), villages.rows, progress);
  const VillageWays ways =
      ways_of(asked.atlas, *network, villages, footing, options.to, lines, findings, progress);
  if (progress.stop_requested()) return cancelled_issue();
  std::vector<VillageReach> reached;
  for (std::size_t i = 0; i < villages.size(); ++i)
    reached.push_back(reach_of(network->graph, villages, i, ways));
  return reached;
}

Counts counts_of(ReachState state) {
  if (state == ReachState::connected) return Counts::yes;
  return state == ReachState::unknown || state == ReachState::unplaced ? Counts::maybe : Counts::no;
}

// The variant that the question itself is not is asked as well.
Status add_variants(const Asked& asked, const RoadReachOptions& options, Villages& villages, RoadReach& reach,
                    Progress& progress) {
  auto found = near_variants(asked.atlas, asked.definitions, asked.parameters, options.network,
                             options.attach, villages, reach.findings, progress);
  if (!found) return found.issue();
  RoadReachOptions other = options;
  other.closed_classes = options.closed_classes.empty() ? std::vector<int>{4, 5} : std::vector<int>{};
  std::vector<VillageReach> others;
  std::vector<Finding> told;
  if (other.closed_classes.empty() || reach.has_bridges) {
    auto answer = reached_villages(asked, other, villages, nullptr, told, progress);
    if (!answer) return answer.issue();
    others = std::move(*answer);
  }
  const bool is_closed = !options.closed_classes.empty();
  for (std::size_t i = 0; i < villages.size(); ++i) {
    const Counts own = counts_of(reach.villages[i].state);
    const Counts second = others.empty() ? std::min(own, Counts::maybe) : counts_of(others[i].state);
    auto& reached = (*found)[i].reached;
    reached[static_cast<std::size_t>(Variant::connected)] = is_closed ? second : own;
    reached[static_cast<std::size_t>(Variant::connected_closed)] = is_closed ? own : second;
  }
  reach.village_variants = std::move(*found);
  return {};
}

}  // namespace

RoadReach reach_of(const Atlas& atlas, const network::RoadGraph& graph, const Villages& villages,
                   const VillageWays& ways, atlas::Level by) {
  RoadReach reach;
  reach.villages_layer = villages.layer;
  reach.roads_layer = atlas.layer(Role::roads);
  for (std::size_t i = 0; i < villages.size(); ++i)
    reach.villages.push_back(reach_of(graph, villages, i, ways));
  sum_up(atlas, villages.root, by, reach);
  return reach;
}

void UnitReach::add(const UnitReach& other) {
  villages += other.villages;
  attached += other.attached;
  connected += other.connected;
  unknown += other.unknown;
  population += other.population;
  population_connected += other.population_connected;
  population_unknown += other.population_unknown;
  without_population += other.without_population;
  distance_m_sum += other.distance_m_sum;
  distance_m_max = std::max(distance_m_max, other.distance_m_max);
}

indicators::Needs needs_of_road_reach(const Definitions& definitions, const RoadReachOptions& options) {
  indicators::Needs needs = needs_of_road_network(definitions, options.network,
                                                  options.variants || !options.closed_classes.empty());
  need_villages(needs, options.to == Destination::seat);
  if (options.variants) need_variants(needs, definitions);
  return needs;
}

Result<RoadReach> road_reach(const Atlas& atlas, const Definitions& definitions, const Parameters& parameters,
                             const RoadReachOptions& options, std::string_view where, Progress& progress) {
  Result<Villages> villages = villages_within(atlas, parameters, where);
  if (!villages) return villages.issue();
  if (const Status sound = check_bridges(atlas.layer(Role::bridges), options); !sound) return sound.issue();
  if (options.to == Destination::seat)
    if (const Status sound = check_townships(atlas.hierarchy); !sound) return sound.issue();
  const Asked asked{atlas, definitions, parameters};
  RoadReach reach;
  reach.villages_layer = villages->layer;
  reach.roads_layer = atlas.layer(Role::roads);
  reach.has_bridges = atlas.layer(Role::bridges) != nullptr;
  if (options.lines) reach.lines.resize(villages->size());
  auto reached = reached_villages(asked, options, *villages, options.lines ? &reach.lines : nullptr,
                                  reach.findings, progress);
  if (!reached) return reached.issue();
  reach.villages = std::move(*reached);
  if (options.variants)
    if (const Status added = add_variants(asked, options, *villages, reach, progress); !added)
      return added.issue();
  note_unknown(*villages, {"population"}, reach.findings);
  sum_up(atlas, villages->root, options.by, reach);
  return reach;
}

}  // namespace xiangtu::reach
