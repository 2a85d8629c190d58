#include "reach/closures.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "network/cut_groups.hpp"
#include "reach/pair_closures.hpp"
#include "reach/seat_closures.hpp"
#include "reach/seats.hpp"
#include "reach/trunk_closures.hpp"

namespace xiangtu::reach {

using atlas::Layer;
using indicators::Definitions;
using indicators::Parameters;
using network::EdgeIx;
using table::Role;

namespace {

Status check_bridges(const Layer* bridges) {
  if (bridges && bridges->table.has_geometry() && bridges->table.size() > 0) return {};
  return Issue{IssueCode::input_no_role,
               "there are no bridges with positions in the sources; add a layer of bridges"};
}

// On roads, but on none that is travelled.
void note_bridges_on_other_roads(const Layer& bridges, const RoadNetwork& network,
                                 const ScannedBridges& scanned, std::vector<Finding>& findings) {
  Finding other{"bridge.not_travelled",
                Severity::note,
                bridges.table.source.path,
                bridges.table.source.layer,
                "",
                Message("the bridge lies on no road that is travelled: closing it closes nothing"),
                {}};
  for (std::size_t gate = 0; gate < network.gates.bridges.size(); ++gate) {
    const RowIx bridge = network.gates.bridges[gate];
    const std::int64_t id = bridges.table.row_ids[bridge.value];
    if (!std::binary_search(scanned.rows.begin(), scanned.rows.end(), bridge) &&
        (other.rows.empty() || other.rows.back() != id))
      other.rows.push_back(id);
  }
  if (!other.rows.empty()) findings.push_back(std::move(other));
}

// In coverage figures one of them counts.
void note_shared_codes(const Layer& bridges, std::vector<Finding>& findings) {
  Finding shared = atlas::finding_of(
      bridges.table, "bridge.shares_code", Severity::note, "code",
      Message("the bridge has code and name of another: here each of them is closed by itself"));
  for (std::size_t row = 0; row < bridges.repeats.size(); ++row)
    if (bridges.repeats[row] != 0) shared.rows.push_back(bridges.table.row_ids[row]);
  atlas::keep(std::move(shared), findings);
}

// The gravest first.
auto rank(const BridgeClosure& closure) {
  const auto &trunk = closure.trunk, &seat = closure.seat;
  return std::tuple(-trunk.cut_population, -trunk.cut_households, -double(trunk.cut_villages),
                    -seat.cut_population, -seat.cut_households, -double(seat.cut_villages),
                    -trunk.detour_m_sum, -seat.detour_m_sum, closure.bridge);
}

// classes: by row, yes for the bridges that make pairs.
std::vector<PairClosure> pairs_of(const TrunkScan& trunk, const ScannedBridges& scanned,
                                  std::span<const Counts> classes, const EffectSum& sum, Progress& progress) {
  std::vector<std::uint32_t> asked;
  for (std::uint32_t group = 0; group < scanned.rows.size(); ++group)
    if (classes[scanned.rows[group].value] == Counts::yes) asked.push_back(group);
  std::vector<PairClosure> pairs;
  for (GroupPair& pair : pair_closures(trunk, scanned.gates, asked, sum, progress))
    pairs.push_back({scanned.rows[pair.first], scanned.rows[pair.second], std::move(pair.effect)});
  const auto rank_of = [](const PairClosure& pair) {
    const ClosureEffect& effect = pair.effect;
    return std::tuple(-effect.cut_population, -effect.cut_households, -double(effect.cut_villages),
                      -effect.detour_m_sum, pair.first, pair.second);
  };
  std::sort(pairs.begin(), pairs.end(),
            [&](const PairClosure& a, const PairClosure& b) { return rank_of(a) < rank_of(b); });
  return pairs;
}

}  // namespace

ScannedBridges scanned_bridges(const RoadNetwork& network) {
  ScannedBridges scanned;
  for (std::size_t gate = 0; gate < network.gates.bridges.size(); ++gate) {
    const EdgeIx edge = network.graph.edge_of_gate(gate);
    if (!edge.exists()) continue;
    const RowIx bridge = network.gates.bridges[gate];
    if (scanned.rows.empty() || scanned.rows.back() != bridge) {
      scanned.rows.push_back(bridge);
      scanned.gates.begin.push_back(scanned.gates.begin.back());
    }
    scanned.gates.edges.push_back(edge);
    ++scanned.gates.begin.back();
  }
  return scanned;
}

Result<ClosureScan> closure_scan(const atlas::Atlas& atlas, const Definitions& definitions,
                                 const Parameters& parameters, const ClosureOptions& options,
                                 std::string_view where, Progress& progress) {
  Result<Villages> villages = villages_within(atlas, parameters, where);
  if (!villages) return villages.issue();
  const Layer* bridges = atlas.layer(Role::bridges);
  if (const Status sound = check_bridges(bridges); !sound) return sound.issue();
  if (options.to_seat && !options.to_trunk)
    if (const Status sound = check_townships(atlas.hierarchy); !sound) return sound.issue();
  ClosureScan scan{bridges, villages->layer, false, {}, {}, {}};
  const std::vector<std::uint8_t> all(bridges->table.size(), 1);
  const Result<RoadNetwork> network =
      road_network(atlas, definitions, parameters, options.network, {}, all, scan.findings, progress);
  if (!network) return network.issue();
  const Footing footing(*network, options.attach, progress);
  villages->footholds = footing.sure(villages->places(), villages->rows, progress);
  const ScannedBridges scanned = scanned_bridges(*network);
  note_bridges_on_other_roads(*bridges, *network, scanned, scan.findings);
  note_shared_codes(*bridges, scan.findings);
  note_unknown(*villages, {"households", "population"}, scan.findings);

  const EffectSum sum(atlas.hierarchy, *villages);
  std::vector<ClosureEffect> to_trunk(scanned.rows.size()), to_seat(scanned.rows.size());
  if (options.to_trunk || !options.pair_classes.empty()) {
    const TrunkScan trunk(*network, *villages, progress);
    if (options.to_trunk) to_trunk = trunk_closures(trunk, scanned.gates, sum, progress);
    if (!options.pair_classes.empty())
      scan.pairs =
          pairs_of(trunk, scanned, bridges_of_classes(*bridges, options.pair_classes), sum, progress);
  }
  scan.to_seat = options.to_seat && has_townships(atlas.hierarchy);
  if (options.to_seat && !scan.to_seat)
    scan.findings.push_back(atlas::finding_of(
        villages->layer->table, "seat.no_townships", Severity::warning, "township_code",
        Message("no township is known of any village: ways to the seats of townships are left out")));
  if (scan.to_seat) {
    const auto townships =
        townships_of(atlas.hierarchy, *villages, township_seats(atlas, scan.findings), footing);
    to_seat = seat_closures(*network, *villages, townships, scanned.gates, sum, progress);
  }
  if (progress.stop_requested()) return cancelled_issue();
  for (std::size_t i = 0; i < scanned.rows.size(); ++i)
    scan.closures.push_back({scanned.rows[i], std::move(to_trunk[i]), std::move(to_seat[i])});
  std::sort(scan.closures.begin(), scan.closures.end(),
            [](const BridgeClosure& a, const BridgeClosure& b) { return rank(a) < rank(b); });
  return scan;
}

int condition_class_of(const Layer& bridges, RowIx bridge) {
  const table::Column* classes = bridges.table.find("condition_class");
  if (!classes || classes->is_text()) return 0;
  const double value = classes->numbers()[bridge.value];
  return value >= 1 && value <= 5 ? static_cast<int>(value) : 0;
}

indicators::Needs needs_of_closure_scan(const Definitions& definitions, const ClosureOptions& options) {
  indicators::Needs needs = needs_of_road_network(definitions, options.network, true);
  need_villages(needs, options.to_seat);
  needs.fields.insert({"households", "name"});
  return needs;
}

}  // namespace xiangtu::reach
