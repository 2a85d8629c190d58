#include "reach/road_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "geodesy/measure.hpp"
#include "indicators/near.hpp"
#include "reach/road_traits.hpp"

namespace xiangtu::reach {

using atlas::Atlas;
using atlas::Layer;
using indicators::Definitions;
using indicators::Parameters;
using network::EdgeIx;
using network::NodeIx;
using network::RoadGraph;
using table::Role;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct Roles {
  std::vector<Counts> travelled, trunk;  // by row of the roads
};

std::vector<Counts> travelled_rows(const Atlas& atlas, const Layer& roads, const Definitions& definitions,
                                   const Parameters& parameters, Over over, const Progress& progress) {
  if (over == Over::any) return std::vector<Counts>(roads.table.size(), Counts::yes);
  return counts_of(*definitions.near_measure("near_hardened"), atlas, parameters, progress);
}

std::vector<Counts> trunk_rows(const Layer& roads) {
  const table::Column* column = roads.table.find("class");
  if (!column || !column->is_text()) return std::vector<Counts>(roads.table.size(), Counts::maybe);
  const table::TextColumn& classes = column->text();
  std::vector<Counts> trunk(roads.table.size(), Counts::no);
  for (std::size_t row = 0; row < trunk.size(); ++row)
    trunk[row] = !classes.has(row)                                  ? Counts::maybe
                 : classes.at(row) == "G" || classes.at(row) == "S" ? Counts::yes
                                                                    : Counts::no;
  return trunk;
}

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

Result<RoadGraph> graph_of(const Layer& layer, const Roles& roles, std::span<const network::LinePlace> gates,
                           const NetworkOptions& options, std::vector<Finding>& findings,
                           Progress& progress) {
  const table::FeatureTable& roads = layer.table;
  RoadTraits traits = road_traits(layer);
  for (Finding& finding : traits.findings) findings.push_back(std::move(finding));
  std::vector<std::uint8_t> used(roads.size());
  for (std::size_t row = 0; row < used.size(); ++row)
    used[row] = options.keep_all || roles.travelled[row] != Counts::no || roles.trunk[row] != Counts::no;
  Result<RoadGraph> graph =
      RoadGraph::build(roads.geometry, used, roads.lengths_m,
                       {options.join_within, traits.levels, options.join == Join::ends, gates}, progress,
                       std::move(traits.directions));
  if (graph && options.length == LengthBy::ledger) graph->scale_lengths(ledger_times(roads, findings));
  return graph;
}

Status check_trunk(const Layer& roads, std::span<const Counts> trunk) {
  if (std::any_of(trunk.begin(), trunk.end(), [](Counts counts) { return counts != Counts::no; })) return {};
  return Issue{
      IssueCode::input,
      "no road of '{0}', layer '{1}', is of class G or S, so that there is no trunk network to reach; add "
      "the national and provincial roads to the layer",
      roads.table.source.path, roads.table.source.layer};
}

void note_roads(const Layer& roads, const Roles& roles, const NetworkOptions& options,
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

void note_bridges(const Layer& bridges, std::span<const Counts> closed, std::vector<Finding>& findings) {
  Finding unknown{
      "bridge.class_unknown",
      Severity::warning,
      bridges.table.source.path,
      bridges.table.source.layer,
      "condition_class",
      Message("the bridge's condition class is not known: it may be closed or open; villages that "
              "depend on it are unknown"),
      {}};
  for (std::size_t row = 0; row < closed.size(); ++row)
    if (closed[row] == Counts::maybe) unknown.rows.push_back(bridges.table.row_ids[row]);
  if (!unknown.rows.empty()) findings.push_back(std::move(unknown));
}

}  // namespace

Status check_roads(const Layer* roads, bool needs_class) {
  if (!roads || !roads->table.has_geometry() || roads->table.size() == 0)
    return Issue{IssueCode::input_no_role, "there are no roads in the sources; add a layer of roads"};
  if (const table::Column* classes = roads->table.find("class");
      needs_class && (!classes || !classes->is_text()))
    return Issue{
        IssueCode::input_no_role,
        "the roads of '{0}', layer '{1}', have no field 'class' (G, S, X, Y, C), so that the trunk network "
        "is not known; name the field in a mapping file",
        roads->table.source.path, roads->table.source.layer};
  return {};
}

std::vector<std::uint8_t> at_least(std::span<const Counts> counts, Counts least) {
  std::vector<std::uint8_t> marks(counts.size());
  for (std::size_t row = 0; row < counts.size(); ++row) marks[row] = counts[row] >= least;
  return marks;
}

std::vector<std::uint8_t> RoadNetwork::open_edges(Reading reading) const {
  return open_edges(travelled, closed, reading);
}

std::vector<std::uint8_t> RoadNetwork::open_edges(std::span<const Counts> travelled_rows,
                                                  std::span<const Counts> closed_bridges,
                                                  Reading reading) const {
  std::vector<std::uint8_t> open(graph.edges().size());
  for (std::size_t i = 0; i < open.size(); ++i)
    open[i] = travelled_rows[graph.edges()[i].row.value] >= reading.least_travelled;
  if (closed_bridges.empty()) return open;
  for (std::size_t gate = 0; gate < gates.places.size(); ++gate)
    if (const EdgeIx edge = graph.edge_of_gate(gate);
        edge.exists() && closed_bridges[gates.bridges[gate].value] >= reading.least_closed)
      open[edge.value] = 0;
  return open;
}

std::vector<NodeIx> RoadNetwork::trunk_nodes(Reading reading) const {
  std::vector<NodeIx> nodes;
  for (const network::Edge& edge : graph.edges())
    if (trunk[edge.row.value] >= reading.least_travelled) nodes.insert(nodes.end(), {edge.from, edge.to});
  return nodes;
}

bool RoadNetwork::is_certain() const {
  const auto has_doubt = [](const std::vector<Counts>& counts) {
    return std::find(counts.begin(), counts.end(), Counts::maybe) != counts.end();
  };
  return !has_doubt(travelled) && !has_doubt(trunk) && !has_doubt(closed);
}

std::vector<Counts> bridges_of_classes(const Layer& bridges, std::span<const int> condition_classes) {
  std::vector<Counts> counts(bridges.table.size(), Counts::maybe);
  const table::Column* classes = bridges.table.find("condition_class");
  if (!classes || classes->is_text()) return counts;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    const double known = classes->numbers()[row];
    if (std::isnan(known)) continue;
    const bool among = std::any_of(condition_classes.begin(), condition_classes.end(),
                                   [&](int condition_class) { return condition_class == known; });
    counts[row] = among ? Counts::yes : Counts::no;
  }
  return counts;
}

Result<RoadNetwork> road_network(const Atlas& atlas, const Definitions& definitions,
                                 const Parameters& parameters, const NetworkOptions& options,
                                 std::vector<Counts> closed, std::span<const std::uint8_t> asked_bridges,
                                 std::vector<Finding>& findings, Progress& progress,
                                 std::span<const network::LinePlace> more_gates) {
  const Layer *roads = atlas.layer(Role::roads), *bridges = atlas.layer(Role::bridges);
  if (const Status sound = check_roads(roads, options.needs_trunk); !sound) return sound.issue();
  Roles roles{travelled_rows(atlas, *roads, definitions, parameters, options.over, progress),
              trunk_rows(*roads)};
  if (const Status sound = check_trunk(*roads, roles.trunk); options.needs_trunk && !sound)
    return sound.issue();
  note_roads(*roads, roles, options, findings);
  BridgeGates gates;
  if (!asked_bridges.empty()) {
    gates = bridge_gates(*bridges, *roads, asked_bridges, options.bridge_within, findings, progress);
    note_bridges(*bridges, closed, findings);
  }
  std::vector<network::LinePlace> all_gates = gates.places;
  all_gates.insert(all_gates.end(), more_gates.begin(), more_gates.end());
  Result<RoadGraph> graph = graph_of(*roads, roles, all_gates, options, findings, progress);
  if (!graph) return graph.issue();
  return RoadNetwork{roads,
                     std::move(roles.travelled),
                     std::move(roles.trunk),
                     std::move(closed),
                     std::move(gates),
                     std::move(*graph)};
}

indicators::Needs needs_of_road_network(const Definitions& definitions, const NetworkOptions& options,
                                        bool with_bridges) {
  indicators::Needs needs;
  needs.roles = {Role::roads};
  needs.fields = {"class", "surface"};
  needs.fields.insert(road_trait_fields.begin(), road_trait_fields.end());
  if (const auto& hardened = definitions.near_measure("near_hardened")->where)
    needs.fields.insert(hardened->names().begin(), hardened->names().end());
  if (options.length == LengthBy::ledger) needs.fields.insert("length_km");
  if (with_bridges) {
    needs.roles.insert(Role::bridges);
    needs.fields.insert({"code", "road_code", "condition_class"});
  }
  needs.located = needs.roles;
  return needs;
}

}  // namespace xiangtu::reach
