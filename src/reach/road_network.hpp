// The roads of a region as the network that reach is asked of: what each road and bridge is to the question,
// and the graph that they make. What is not known of a road or a bridge is carried as a third state.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/evaluation.hpp"
#include "indicators/parameters.hpp"
#include "network/road_graph.hpp"
#include "reach/bridge_gates.hpp"
#include "spatial/within_distance.hpp"

namespace xiangtu::reach {

using spatial::Counts;

// Where roads join (network/junctions.hpp): at their ends only, as most tools have it, or also where they
// meet or cross inside.
enum class Join : std::uint8_t { ends, all };
enum class Over : std::uint8_t { hardened, any };
enum class LengthBy : std::uint8_t { geodesic, ledger };

struct NetworkOptions {
  Over over = Over::hardened;            // which roads are travelled
  LengthBy length = LengthBy::geodesic;  // ledger: a row's length_km, the geodesic length where it has none
  Metres bridge_within{50};              // of its road, inclusive: else a bridge closes nothing
  Join join = Join::all;
  Metres join_within{0.1};  // ends of roads join (network/junctions.hpp)
  bool keep_all = false;    // roads that are not travelled are in the graph as well
  bool needs_trunk = true;  // else neither classes nor a road of class G or S need be there
};

// One reading of what is not known: everything that counts at least so much is travelled, trunk or closed.
struct Reading {
  Counts least_travelled, least_closed;
};
inline constexpr Reading what_is_sure{Counts::yes, Counts::maybe}, what_may_be{Counts::maybe, Counts::yes};

// Takes the answers to a question in one reading.
std::vector<std::uint8_t> at_least(std::span<const Counts> counts, Counts least);

struct RoadNetwork {
  const atlas::Layer* roads;             // of the atlas
  std::vector<Counts> travelled, trunk;  // by row of the roads; trunk: of class G or S
  std::vector<Counts> closed;            // by row of the bridges; empty: none is
  BridgeGates gates;                     // of the bridges that were asked for
  network::RoadGraph graph;              // of the roads that may be travelled or trunk

  const table::GeometryColumn& lines() const { return roads->table.geometry; }
  // Of each edge, whether it is travelled and no closed bridge lies there.
  std::vector<std::uint8_t> open_edges(Reading reading) const;
  // As if other roads were travelled and other bridges closed, by row.
  std::vector<std::uint8_t> open_edges(std::span<const Counts> travelled_rows,
                                       std::span<const Counts> closed_bridges, Reading reading) const;
  // The nodes of the trunk roads.
  std::vector<network::NodeIx> trunk_nodes(Reading reading) const;
  // Whether all is known of the roads and the bridges.
  bool is_certain() const;
};

// Errors: no roads with positions, no class in them where it is needed.
Status check_roads(const atlas::Layer* roads, bool needs_class = true);

// closed: by row of the bridges; asked_bridges: 1 for those that get gates, by row as well; both empty:
// bridges are left out. more_gates: other places on the roads at which the graph gets edges without length,
// its gates after those of the bridges. Errors: no roads, no class in them and no road of class G or S
// where these are needed; cancelled.
Result<RoadNetwork> road_network(const atlas::Atlas& atlas, const indicators::Definitions& definitions,
                                 const indicators::Parameters& parameters, const NetworkOptions& options,
                                 std::vector<Counts> closed, std::span<const std::uint8_t> asked_bridges,
                                 std::vector<Finding>& findings, Progress& progress,
                                 std::span<const network::LinePlace> more_gates = {});

// The bridges of some condition classes: closed, and those whose class is not known: they may be.
std::vector<Counts> bridges_of_classes(const atlas::Layer& bridges, std::span<const int> condition_classes);

// The layers and fields of roads, and of bridges where they are asked for.
indicators::Needs needs_of_road_network(const indicators::Definitions& definitions,
                                        const NetworkOptions& options, bool with_bridges);

}  // namespace xiangtu::reach
