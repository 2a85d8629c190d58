#include "indicators/road_reach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "indicators/base_rows.hpp"
#include "indicators/bridge_gates.hpp"
#include "indicators/evaluation.hpp"
#include "indicators/near.hpp"
#include "network/attachment.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::indicators {

using atlas::Atlas;
using atlas::Layer;
using network::EdgeIx;
using network::EdgePlace;
using network::NodeIx;
using network::RoadGraph;
using spatial::Counts;
using table::Role;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t villages_per_task = 128;

// What a road is to the question, by row of the roads.
struct RoadRoles {
  std::vector<Counts> travelled, trunk;
};

// Takes a question's answer twice: with all that is sure, and with all that may be.
std::vector<std::uint8_t> at_least(std::span<const Counts> counts, Counts least) {
  std::vector<std::uint8_t> marks(counts.size());
  for (std::size_t row = 0; row < counts.size(); ++row) marks[row] = counts[row] >= least;
  return marks;
}

std::vector<Counts> travelled_rows(const Atlas& atlas, const Layer& roads, const Definitions& definitions,
                                   const Parameters& parameters, const RoadReachOptions& options,
                                   const Progress& progress) {
  if (options.over == Over::any) return std::vector<Counts>(roads.table.size(), Counts::yes);
  return counts_of(*definitions.near_measure("near_hardened"), atlas, parameters, progress);
}

std::vector<Counts> trunk_rows(const Layer& roads) {
  const table::TextColumn& classes = roads.table.find("class")->text();
  std::vector<Counts> trunk(roads.table.size(), Counts::no);
  for (std::size_t row = 0; row < trunk.size(); ++row)
    trunk[row] = !classes.has(row)                                  ? Counts::maybe
                 : classes.at(row) == "G" || classes.at(row) == "S" ? Counts::yes
                                                                    : Counts::no;
  return trunk;
}

// One reading of what is not known: everything that counts at least so much is travelled.
struct Reading {
  Counts least_travelled, least_closed;
};
constexpr Reading what_is_sure{Counts::yes, Counts::maybe}, what_may_be{Counts::maybe, Counts::yes};

// What is asked about: the roads, what they are to the question, and the graph that they make.
struct Network {
  const table::GeometryColumn& lines;
  const RoadRoles& roles;
  const BridgeGates& gates;
  const RoadGraph& graph;
};

// How far it is from places of the network to the trunk roads, in one reading.
class WaysToTrunk {
 public:
  WaysToTrunk(const Network& network, Reading reading, const Progress& progress)
      : graph_(network.graph), trunk_(at_least(network.roles.trunk, reading.least_travelled)) {
    const std::vector<std::uint8_t> travelled = at_least(network.roles.travelled, reading.least_travelled);
    std::vector<std::uint8_t> open(graph_.edges().size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = travelled[graph_.edges()[i].row.value];
    for (std::size_t gate = 0; gate < network.gates.places.size(); ++gate)
      if (const EdgeIx edge = graph_.edge_of_gate(gate);
          edge.exists() && network.gates.closed[gate] >= reading.least_closed)
        open[edge.value] = 0;
    std::vector<network::Start> starts;
    for (const network::Edge& edge : graph_.edges())
      if (trunk_[edge.row.value])
        for (const NodeIx node : {edge.from, edge.to}) starts.push_back({node, 0});
    distances_ = network::shortest_distances(
        graph_, starts, [&](EdgeIx edge) { return open[edge.value] != 0; }, progress);
  }

  // Infinite where no way leads there.
  double metres(NodeIx node) const { return distances_.metres[node.value]; }
  // With the access to the edge.
  double metres(const EdgePlace& place) const {
    const network::Edge& edge = graph_[place.edge];
    if (trunk_[edge.row.value]) return place.access.value;
    const double to_end = graph_.lengths_m()[place.edge.value] - place.from_begin.value;
    return place.access.value +
           std::min(metres(edge.from) + place.from_begin.value, metres(edge.to) + to_end);
  }

 private:
  const RoadGraph& graph_;
  std::vector<std::uint8_t> trunk_;
  network::Distances distances_;
};

// Where villages are attached: at the nearest road of those that are travelled for sure. A road of which it
// is not known can only add: a village is unknown when such a road, or its own over such roads, would connect
// it.
class Villages {
 public:
  Villages(const Network& network, const RoadReachOptions& options, Progress& progress)
      : network_(network),
        options_(options),
        progress_(progress),
        sure_rows_(at_least(network.roles.travelled, Counts::yes)),
        doubtful_rows_(network.roles.travelled.size()),
        sure_(network, what_is_sure, progress) {
    for (std::size_t row = 0; row < doubtful_rows_.size(); ++row)
      doubtful_rows_[row] = network.roles.travelled[row] == Counts::maybe;
    const auto is_maybe = [](Counts counts) { return counts == Counts::maybe; };
    if (std::any_of(network.roles.travelled.begin(), network.roles.travelled.end(), is_maybe) ||
        std::any_of(network.roles.trunk.begin(), network.roles.trunk.end(), is_maybe) ||
        std::any_of(network.gates.closed.begin(), network.gates.closed.end(), is_maybe))
      maybe_.emplace(network, what_may_be, progress);
    if (options.attach == Attach::edge) return;
    sure_ends_.emplace(network.graph, network.lines, sure_rows_, progress);
    doubtful_ends_.emplace(network.graph, network.lines, doubtful_rows_, progress);
  }

  // places: of the villages' layer. A requested stop leaves some as they are.
  void find(const table::GeometryColumn& places, std::span<VillageReach> villages) const {
    progress_.begin("measuring reach", villages.size());
    parallel_for(villages.size(), villages_per_task, progress_, [&](std::size_t begin, std::size_t end) {
      for (VillageReach& village : villages.subspan(begin, end - begin)) {
        if (places.empty_at(village.row.value)) continue;
        const geodesy::LonLat at = places.representative(village.row.value);
        options_.attach == Attach::edge ? find_on_edge(at, village) : find_at_end(at, village);
      }
      progress_.advance(end - begin);
    });
  }

 private:
  void find_on_edge(geodesy::LonLat at, VillageReach& village) const {
    const auto own =
        network::nearest_edge(network_.graph, network_.lines, sure_rows_, at, options_.attach_within);
    settle(own, village, [&](const WaysToTrunk& ways) {
      const Metres nearer = own ? own->access : options_.attach_within;
      const auto places = network::places_within(network_.graph.runs(), network_.graph.roads(),
                                                 network_.lines, doubtful_rows_, at, nearer);
      return std::any_of(places.begin(), places.end(), [&](const network::NearestPlace& place) {
        return ways.metres(network::on_edge(network_.graph, network_.lines, place)) < infinity;
      });
    });
  }

  void find_at_end(geodesy::LonLat at, VillageReach& village) const {
    const auto nearest = sure_ends_->nearest(at, options_.attach_within);
    const auto own = nearest ? std::optional{nearest->node} : std::nullopt;
    settle(own, village, [&](const WaysToTrunk& ways) {
      const auto nodes = doubtful_ends_->within(at, nearest ? nearest->distance : options_.attach_within);
      return std::any_of(nodes.begin(), nodes.end(),
                         [&](NodeIx node) { return ways.metres(node) < infinity; });
    });
  }

  // own: where it is attached for sure; by_doubtful: whether one of the roads that are nearer still and may
  // be travelled would connect it.
  template <class Place, class ByDoubtful>
  void settle(const std::optional<Place>& own, VillageReach& village, const ByDoubtful& by_doubtful) const {
    village.attached = own.has_value();
    village.state = own ? ReachState::unconnected : ReachState::unattached;
    if (const double metres = own ? sure_.metres(*own) : infinity; metres < infinity) {
      village.state = ReachState::connected;
      village.distance_m = metres;
    } else if (maybe_ && ((own && maybe_->metres(*own) < infinity) || by_doubtful(*maybe_))) {
      village.state = ReachState::unknown;
    }
  }

  const Network& network_;
  const RoadReachOptions& options_;
  Progress& progress_;
  std::vector<std::uint8_t> sure_rows_, doubtful_rows_;
  WaysToTrunk sure_;
  std::optional<WaysToTrunk> maybe_;  // only where something is not known
  std::optional<network::RoadEnds> sure_ends_, doubtful_ends_;
};

double length_of(const table::GeometryColumn& lines, std::size_t row) {
  double metres = 0;
  for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part)
    metres += geodesy::length(lines.part(part)).value;
  return metres;
}

// A ledger's length over the geodesic one, by row; 1 where the ledger has none.
std::vector<double> ledger_times(const table::FeatureTable& roads, std::vector<Finding>& findings) {
  std::vector<double> times(roads.size(), 1);
  const table::Column* lengths = roads.find("length_km");
  Finding without{"length.without_ledger",
                  Severity::note,
                  roads.source.path,
                  roads.source.layer,
                  "length_km",
                  Message("roads without a ledger length count with their geodesic length"),
                  {}};
  for (std::size_t row = 0; row < roads.size(); ++row) {
    const double ledger_m = lengths && !lengths->is_text() ? lengths->numbers()[row] * 1000 : not_a_number;
    const double geodesic_m = roads.lengths_m.empty() ? length_of(roads.geometry, row) : roads.lengths_m[row];
    if (ledger_m >= 0 && geodesic_m > 0)
      times[row] = ledger_m / geodesic_m;
    else
      without.rows.push_back(roads.row_ids[row]);
  }
  if (!without.rows.empty()) findings.push_back(std::move(without));
  return times;
}

Result<RoadGraph> graph_of(const Layer& roads, const RoadRoles& roles, const BridgeGates& gates,
                           const RoadReachOptions& options, std::vector<Finding>& findings,
                           Progress& progress) {
  std::vector<std::uint8_t> used(roads.table.size());
  for (std::size_t row = 0; row < used.size(); ++row)
    used[row] = roles.travelled[row] != Counts::no || roles.trunk[row] != Counts::no;
  Result<RoadGraph> graph =
      RoadGraph::build(roads.table.geometry, used, roads.table.lengths_m,
                       {options.join_within, {}, options.join == Join::ends, gates.places}, progress);
  if (graph && options.length == LengthBy::ledger) graph->scale_lengths(ledger_times(roads.table, findings));
  return graph;
}

Status check(const atlas::Selection& villages, const Layer* roads, const Layer* bridges,
             const RoadReachOptions& options) {
  if (!villages.layer || !villages.layer->table.has_geometry())
    return Issue{IssueCode::input_no_role,
                 "there are no villages with positions in the sources; add a layer of villages"};
  if (!roads || !roads->table.has_geometry() || roads->table.size() == 0)
    return Issue{IssueCode::input_no_role, "there are no roads in the sources; add a layer of roads"};
  if (const table::Column* classes = roads->table.find("class"); !classes || !classes->is_text())
    return Issue{
        IssueCode::input_no_role,
        "the roads of '{0}', layer '{1}', have no field 'class' (G, S, X, Y, C), so that the trunk network "
        "is not known; name the field in a mapping file",
        roads->table.source.path, roads->table.source.layer};
  if (!options.closed_classes.empty() && (!bridges || !bridges->table.has_geometry()))
    return Issue{
        IssueCode::input_no_role,
        "there are no bridges with positions in the sources to close; add a layer of bridges, or leave "
        "--close-classes away"};
  return {};
}

Status check_trunk(const Layer& roads, std::span<const Counts> trunk) {
  if (std::any_of(trunk.begin(), trunk.end(), [](Counts counts) { return counts != Counts::no; })) return {};
  return Issue{
      IssueCode::input,
      "no road of '{0}', layer '{1}', is of class G or S, so that there is no trunk network to reach; add "
      "the national and provincial roads to the layer",
      roads.table.source.path, roads.table.source.layer};
}

void note_roads(const Layer& roads, const RoadRoles& roles, const RoadReachOptions& options,
                std::vector<Finding>& findings) {
  const auto note = [&](std::string id, Severity severity, std::string field, Message message, auto&& has) {
    Finding finding{
        std::move(id),      severity, roads.table.source.path, roads.table.source.layer, std::move(field),
        std::move(message), {}};
    for (std::size_t row = 0; row < roads.table.size(); ++row)
      if (has(row)) finding.rows.push_back(roads.table.row_ids[row]);
    if (!finding.rows.empty()) findings.push_back(std::move(finding));
  };
  note("class.unknown", Severity::warning, "class",
       Message("whether the road belongs to the trunk network is not known; villages that depend on it are "
               "unknown"),
       [&](std::size_t row) { return roles.trunk[row] == Counts::maybe; });
  if (options.over == Over::hardened)
    note("surface.unknown", Severity::warning, "surface",
         Message("whether the road is hardened is not known; villages that depend on it are unknown"),
         [&](std::size_t row) { return roles.travelled[row] == Counts::maybe; });
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

Needs needs_of_road_reach(const Definitions& definitions, const RoadReachOptions& options) {
  Needs needs;
  needs.roles = {Role::villages, Role::natural_villages, Role::admin_villages, Role::roads};
  needs.located = needs.roles;
  needs.fields = {"class", "surface", "population"};
  if (const auto& hardened = definitions.near_measure("near_hardened")->where)
    needs.fields.insert(hardened->names().begin(), hardened->names().end());
  if (options.length == LengthBy::ledger) needs.fields.insert("length_km");
  if (!options.closed_classes.empty()) {
    needs.roles.insert(Role::bridges);
    needs.located.insert(Role::bridges);
    needs.fields.insert({"code", "road_code", "condition_class"});
  }
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
  const atlas::Selection villages = rows_of(atlas, Base::settlements, parameters);
  const Layer *roads = atlas.layer(Role::roads), *bridges = atlas.layer(Role::bridges);
  if (const Status sound = check(villages, roads, bridges, options); !sound) return sound.issue();
  const RoadRoles roles{travelled_rows(atlas, *roads, definitions, parameters, options, progress),
                        trunk_rows(*roads)};
  if (const Status sound = check_trunk(*roads, roles.trunk); !sound) return sound.issue();
  RoadReach reach;
  reach.villages_layer = villages.layer;
  note_roads(*roads, roles, options, reach.findings);
  BridgeGates gates;
  if (!options.closed_classes.empty())
    gates = bridge_gates(*bridges, *roads, options.closed_classes, options.bridge_within, reach.findings,
                         progress);
  const Result<RoadGraph> graph = graph_of(*roads, roles, gates, options, reach.findings, progress);
  if (!graph) return graph.issue();
  for (const RowIx row : villages.rows)
    if (const UnitIx unit = villages.layer->unit_of[row.value]; atlas.hierarchy.is_within(unit, root))
      reach.villages.push_back({row, unit, ReachState::unplaced, false, not_a_number});
  const Network network{roads->table.geometry, roles, gates, *graph};
  Villages(network, options, progress).find(villages.layer->table.geometry, reach.villages);
  if (progress.stop_requested()) return cancelled_issue();
  sum_up(atlas, root, options.by, reach);
  return reach;
}

}  // namespace xiangtu::indicators
