#include "reach/road_reach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "indicators/base_rows.hpp"

namespace xiangtu::reach {

using atlas::Atlas;
using atlas::Layer;
using indicators::Definitions;
using indicators::Parameters;
using table::Role;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Status check(const atlas::Selection& villages, const Layer* bridges, const RoadReachOptions& options) {
  if (!villages.layer || !villages.layer->table.has_geometry())
    return Issue{IssueCode::input_no_role,
                 "there are no villages with positions in the sources; add a layer of villages"};
  if (!options.closed_classes.empty() && (!bridges || !bridges->table.has_geometry()))
    return Issue{
        IssueCode::input_no_role,
        "there are no bridges with positions in the sources to close; add a layer of bridges, or leave "
        "--close-classes away"};
  return {};
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

// The villages of a reach with where they stand.
class Measuring {
 public:
  Measuring(const Atlas& atlas, const RoadNetwork& network, const RoadReachOptions& options,
            RoadReach& reach, Progress& progress)
      : atlas_(atlas), network_(network), options_(options), reach_(reach), progress_(progress),
        footing_(network, options.attach, progress) {
    for (const VillageReach& village : reach.villages) {
      rows_.push_back(village.row);
      units_.push_back(village.unit);
    }
    footholds_ = footing_.sure(places(), rows_, progress);
  }

  void run() {
    const Villages villages{places(), rows_, units_, footholds_};
    const std::vector<std::uint8_t> open = network_.open_edges(what_is_sure);
    std::vector<Township> townships;
    if (options_.to == Destination::seat)
      townships = townships_of(atlas_.hierarchy, villages, township_seats(atlas_, reach_.findings), footing_);
    const std::vector<double> metres = options_.to == Destination::trunk
                                           ? metres_to_trunk(network_, villages, open, progress_)
                                           : metres_to_seats(network_, villages, townships, open, progress_);
    std::vector<std::uint8_t> possible(villages.size());
    if (!network_.is_certain() && !progress_.stop_requested()) {
      const PossibleWays ways(network_, footing_);
      possible = options_.to == Destination::trunk ? ways.to_trunk(villages, metres, progress_)
                                                   : ways.to_seats(villages, townships, metres, progress_);
    }
    for (std::size_t i = 0; i < villages.size(); ++i) settle(metres[i], possible[i] != 0, i);
  }

 private:
  const table::GeometryColumn& places() const { return reach_.villages_layer->table.geometry; }

  void settle(double metres, bool possible, std::size_t i) {
    VillageReach& village = reach_.villages[i];
    if (places().empty_at(village.row.value)) return;
    village.attached = footholds_[i].exists();
    village.state = metres < infinity  ? ReachState::connected
                    : possible         ? ReachState::unknown
                    : village.attached ? ReachState::unconnected
                                       : ReachState::unattached;
    if (metres < infinity) village.distance_m = metres;
  }

  const Atlas& atlas_;
  const RoadNetwork& network_;
  const RoadReachOptions& options_;
  RoadReach& reach_;
  Progress& progress_;
  Footing footing_;
  std::vector<RowIx> rows_;
  std::vector<UnitIx> units_;
  std::vector<network::Foothold> footholds_;
};

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
  const table::Column* population = reach.villages_layer->table.find("population");
  const bool has_population = population && !population->is_text();
  reach.units = {root};
  for (const UnitIx unit : atlas.hierarchy.at_level(level))
    if (unit != root && atlas.hierarchy.is_within(unit, root)) reach.units.push_back(unit);
  std::vector<std::uint32_t> place_of(atlas.hierarchy.size(), 0);
  for (std::size_t i = 1; i < reach.units.size(); ++i)
    place_of[reach.units[i].value] = static_cast<std::uint32_t>(i);
  reach.figures.assign(reach.units.size(), {});
  for (const VillageReach& village : reach.villages) {
    const UnitReach one =
        counted(village, has_population ? population->numbers()[village.row.value] : not_a_number);
    reach.figures[0].add(one);
    const UnitIx unit = atlas.hierarchy.ancestor(village.unit, level);
    if (unit.exists() && unit != root) reach.figures[place_of[unit.value]].add(one);
  }
}

}  // namespace

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
  indicators::Needs needs =
      needs_of_road_network(definitions, options.network, !options.closed_classes.empty());
  for (const Role role : {Role::villages, Role::natural_villages, Role::admin_villages}) {
    needs.roles.insert(role);
    needs.located.insert(role);
  }
  needs.fields.insert("population");
  if (options.to == Destination::seat) needs.fields.insert({"seat", "urban_rural_class"});
  return needs;
}

Result<RoadReach> road_reach(const Atlas& atlas, const Definitions& definitions, const Parameters& parameters,
                             const RoadReachOptions& options, std::string_view where, Progress& progress) {
  const UnitIx root = where.empty() ? atlas::Hierarchy::total() : atlas.hierarchy.find(where);
  if (!root.exists())
    return Issue{
        IssueCode::unknown_unit,
        "there is no unit with the code '{0}' in the sources; give the code of a county, township or village",
        where};
  const atlas::Selection villages = rows_of(atlas, indicators::Base::settlements, parameters);
  if (const Status sound = check(villages, atlas.layer(Role::bridges), options); !sound)
    return sound.issue();
  RoadReach reach;
  reach.villages_layer = villages.layer;
  const Result<RoadNetwork> network =
      network_of(atlas, definitions, parameters, options, reach.findings, progress);
  if (!network) return network.issue();
  for (const RowIx row : villages.rows)
    if (const UnitIx unit = villages.layer->unit_of[row.value]; atlas.hierarchy.is_within(unit, root))
      reach.villages.push_back({row, unit, ReachState::unplaced, false, not_a_number});
  Measuring(atlas, *network, options, reach, progress).run();
  if (progress.stop_requested()) return cancelled_issue();
  sum_up(atlas, root, options.by, reach);
  return reach;
}

}  // namespace xiangtu::reach
