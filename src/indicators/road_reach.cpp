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
#include "indicators/evaluation.hpp"
#include "indicators/near.hpp"
#include "network/attachment.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::indicators {

using atlas::Atlas;
using atlas::Layer;
using network::EdgeIx;
using network::EdgePlace;
using network::LinePlace;
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

// Bridges that are closed, and where they lie on roads.
struct Gates {
  std::vector<LinePlace> places;
  std::vector<Counts> closed;  // of each place
};

// Finds the road under each bridge that is closed or may be: the road that the bridge names, else the
// nearest.
class BridgePlacing {
 public:
  BridgePlacing(const Layer& bridges, const Layer& roads, const RoadReachOptions& options,
                const Progress& progress)
      : bridges_(bridges),
        roads_(roads),
        options_(options),
        lines_(roads.table.geometry),
        parts_(lines_, {}),
        index_(lines_, parts_, progress) {
    if (const table::Column* codes = roads.table.find("code"); codes && codes->is_text())
      road_codes_ = &codes->text();
    if (const table::Column* named = bridges.table.find("road_code"); named && named->is_text())
      named_codes_ = &named->text();
  }

  Gates place(std::vector<Finding>& findings) const {
    Gates gates;
    Finding off_road{"bridge.off_road",
                     Severity::warning,
                     bridges_.table.source.path,
                     bridges_.table.source.layer,
                     "",
                     Message("no road within {0} m of the bridge: closing it closes nothing",
                             options_.bridge_within.value),
                     {}};
    for (std::size_t row = 0; row < bridges_.table.size(); ++row) {
      if (!bridges_.repeats.empty() && bridges_.repeats[row]) continue;
      const Counts closed = closed_of(row);
      if (closed == Counts::no) continue;
      const auto place = bridges_.table.geometry.empty_at(row) ? std::nullopt : place_of(row);
      if (!place) {
        off_road.rows.push_back(bridges_.table.row_ids[row]);
        continue;
      }
      gates.places.push_back(*place);
      gates.closed.push_back(closed);
    }
    if (!off_road.rows.empty()) findings.push_back(std::move(off_road));
    return gates;
  }

 private:
  Counts closed_of(std::size_t row) const {
    const table::Column* classes = bridges_.table.find("condition_class");
    const double value = classes && !classes->is_text() ? classes->numbers()[row] : not_a_number;
    if (std::isnan(value)) return Counts::maybe;
    const auto known = static_cast<int>(value);
    return std::find(options_.closed_classes.begin(), options_.closed_classes.end(), known) !=
                   options_.closed_classes.end()
               ? Counts::yes
               : Counts::no;
  }

  std::optional<LinePlace> place_of(std::size_t row) const {
    const geodesy::LonLat at = bridges_.table.geometry.representative(row);
    const auto nearest = network::nearest_place(index_, parts_, lines_, {}, at, options_.bridge_within);
    if (!nearest) return std::nullopt;
    if (!named_codes_ || !road_codes_ || !named_codes_->has(row)) return nearest->place;
    const std::string_view code = named_codes_->at(row);
    if (road_codes_->at(parts_.rows[nearest->road].value) == code) return nearest->place;
    const auto of_name = place_on_named(at, code);
    return of_name ? of_name : nearest->place;
  }

  std::optional<LinePlace> place_on_named(geodesy::LonLat at, std::string_view code) const {
    std::vector<std::uint8_t> marks(lines_.size());
    bool any = false;
    index_.query(geodesy::LocalFrame(at).box_within(options_.bridge_within), [&](std::size_t run) {
      const RowIx road = parts_.rows[index_.runs()[run].road];
      any |= marks[road.value] = road_codes_->at(road.value) == code;
    });
    if (!any) return std::nullopt;
    const auto nearest = network::nearest_place(index_, parts_, lines_, marks, at, options_.bridge_within);
    return nearest ? std::optional{nearest->place} : std::nullopt;
  }

  const Layer& bridges_;
  const Layer& roads_;
  const RoadReachOptions& options_;
  const table::GeometryColumn& lines_;
  network::RoadParts parts_;
  network::RunIndex index_;
  const table::TextColumn* road_codes_ = nullptr;
  const table::TextColumn* named_codes_ = nullptr;
};

// One reading of what is not known: everything that counts at least so much is travelled.
struct Reading {
  Counts least_travelled, least_closed;
};
constexpr Reading what_is_sure{Counts::yes, Counts::maybe}, what_may_be{Counts::maybe, Counts::yes};

// Of each village asked: whether it is attached, and how far it is to the trunk.
struct Reached {
  bool attached = false;
  double distance_m = infinity;
};

class Network {
 public:
  Network(const Layer& roads, const RoadRoles& roles, const Gates& gates, const RoadGraph& graph,
          const RoadReachOptions& options)
      : lines_(roads.table.geometry), roles_(roles), gates_(gates), graph_(graph), options_(options) {}

  Result<std::vector<Reached>> reach(const table::GeometryColumn& places, std::span<const RowIx> rows,
                                     Reading reading, Progress& progress) const {
    const std::vector<std::uint8_t> travelled = at_least(roles_.travelled, reading.least_travelled),
                                    trunk = at_least(roles_.trunk, reading.least_travelled);
    std::vector<std::uint8_t> open(graph_.edges().size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = travelled[graph_.edges()[i].row.value];
    for (std::size_t gate = 0; gate < gates_.places.size(); ++gate)
      if (const EdgeIx edge = graph_.edge_of_gate(gate);
          edge.exists() && gates_.closed[gate] >= reading.least_closed)
        open[edge.value] = 0;
    const std::vector<network::Start> starts = nodes_of(trunk);
    const network::Distances distances = network::shortest_distances(
        graph_, starts, [&](EdgeIx edge) { return open[edge.value] != 0; }, progress);

    std::optional<network::RoadEnds> ends;
    if (options_.attach == Attach::node) ends.emplace(graph_, lines_, travelled, progress);
    progress.begin("measuring reach", rows.size());
    std::vector<Reached> reached(rows.size());
    parallel_for(rows.size(), villages_per_task, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const geodesy::LonLat at = places.representative(rows[i].value);
        reached[i] = ends ? from_node(*ends, distances, at) : from_edge(travelled, trunk, distances, at);
      }
      progress.advance(end - begin);
    });
    if (progress.stop_requested()) return cancelled_issue();
    return reached;
  }

 private:
  std::vector<network::Start> nodes_of(std::span<const std::uint8_t> rows) const {
    std::vector<network::Start> starts;
    for (const network::Edge& edge : graph_.edges())
      if (rows[edge.row.value])
        for (const NodeIx node : {edge.from, edge.to}) starts.push_back({node, 0});
    return starts;
  }

  Reached from_node(const network::RoadEnds& ends, const network::Distances& distances,
                    geodesy::LonLat at) const {
    const auto end = ends.nearest(at, options_.attach_within);
    return end ? Reached{true, distances.metres[end->node.value]} : Reached{};
  }

  Reached from_edge(std::span<const std::uint8_t> travelled, std::span<const std::uint8_t> trunk,
                    const network::Distances& distances, geodesy::LonLat at) const {
    const auto place = network::nearest_edge(graph_, lines_, travelled, at, options_.attach_within);
    if (!place) return {};
    const network::Edge& edge = graph_[place->edge];
    if (trunk[edge.row.value]) return {true, place->access.value};
    const double to_end = graph_.lengths_m()[place->edge.value] - place->from_begin.value;
    return {true, place->access.value + std::min(distances.metres[edge.from.value] + place->from_begin.value,
                                                 distances.metres[edge.to.value] + to_end)};
  }

  const table::GeometryColumn& lines_;
  const RoadRoles& roles_;
  const Gates& gates_;
  const RoadGraph& graph_;
  const RoadReachOptions& options_;
};

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
    double geodesic_m = 0;
    for (std::size_t part = roads.geometry.part_begin(row); part < roads.geometry.part_end(row); ++part)
      geodesic_m += geodesy::length(roads.geometry.part(part)).value;
    if (ledger_m >= 0 && geodesic_m > 0)
      times[row] = ledger_m / geodesic_m;
    else
      without.rows.push_back(roads.row_ids[row]);
  }
  if (!without.rows.empty()) findings.push_back(std::move(without));
  return times;
}

Result<RoadGraph> graph_of(const Layer& roads, const RoadRoles& roles, const Gates& gates,
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

Status check(const atlas::Selection& villages, const Layer* roads) {
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
  return {};
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
  const Layer* roads = atlas.layer(Role::roads);
  if (const Status sound = check(villages, roads); !sound) return sound.issue();
  RoadReach reach;
  reach.villages_layer = villages.layer;
  const RoadRoles roles{travelled_rows(atlas, *roads, definitions, parameters, options, progress),
                        trunk_rows(*roads)};
  note_roads(*roads, roles, options, reach.findings);
  Gates gates;
  if (const Layer* bridges = atlas.layer(Role::bridges); bridges && !options.closed_classes.empty())
    gates = BridgePlacing(*bridges, *roads, options, progress).place(reach.findings);
  const Result<RoadGraph> graph = graph_of(*roads, roles, gates, options, reach.findings, progress);
  if (!graph) return graph.issue();

  const table::GeometryColumn& places = villages.layer->table.geometry;
  std::vector<RowIx> placed;
  for (const RowIx row : villages.rows) {
    if (!atlas.hierarchy.is_within(villages.layer->unit_of[row.value], root)) continue;
    reach.villages.push_back(
        {row, villages.layer->unit_of[row.value], ReachState::unplaced, false, not_a_number});
    if (!places.empty_at(row.value)) placed.push_back(row);
  }
  const Network network(*roads, roles, gates, *graph, options);
  const auto sure = network.reach(places, placed, what_is_sure, progress);
  if (!sure) return sure.issue();
  const auto is_maybe = [](Counts counts) { return counts == Counts::maybe; };
  const bool all_known = std::none_of(roles.travelled.begin(), roles.travelled.end(), is_maybe) &&
                         std::none_of(roles.trunk.begin(), roles.trunk.end(), is_maybe) &&
                         std::none_of(gates.closed.begin(), gates.closed.end(), is_maybe);
  // What may be is asked only of villages that are not connected for sure.
  std::vector<RowIx> doubtful;
  std::size_t next = 0;
  for (VillageReach& village : reach.villages) {
    if (next == placed.size() || placed[next] != village.row) continue;
    const Reached& at = (*sure)[next++];
    village.attached = at.attached;
    village.state = at.distance_m < infinity ? ReachState::connected
                    : at.attached            ? ReachState::unconnected
                                             : ReachState::unattached;
    if (village.state == ReachState::connected)
      village.distance_m = at.distance_m;
    else if (!all_known)
      doubtful.push_back(village.row);
  }
  if (!doubtful.empty()) {
    const auto possible = network.reach(places, doubtful, what_may_be, progress);
    if (!possible) return possible.issue();
    next = 0;
    for (VillageReach& village : reach.villages) {
      if (next == doubtful.size() || doubtful[next] != village.row) continue;
      if ((*possible)[next++].distance_m < infinity) village.state = ReachState::unknown;
    }
  }
  sum_up(atlas, root, options.by, reach);
  return reach;
}

}  // namespace xiangtu::indicators
