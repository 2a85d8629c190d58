// What each bridge carries: who is cut off when it alone is closed, and how much longer the ways of the
// others become. Exact: equal to taking out each bridge and searching again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "network/cut_groups.hpp"
#include "reach/footing.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::reach {

// Of the villages that are connected while all bridges are open, where the bridge is closed. Ways that grow
// by no more than a millimetre count as they were.
struct ClosureEffect {
  std::uint64_t cut_villages = 0;
  double cut_households = 0, cut_population = 0;  // what is not known counts 0
  std::uint64_t longer_villages = 0;              // still connected, by a longer way
  double detour_m_sum = 0, detour_m_max = 0;      // of those, in excess of the way before
  RowIx worst_village;                            // that of the greatest detour; none without any
  std::vector<UnitIx> townships;                  // with a village that is cut off or goes longer; ascending

  bool is_felt() const { return cut_villages + longer_villages > 0; }
};

struct BridgeClosure {
  RowIx bridge;
  ClosureEffect trunk, seat;  // ways to the roads of class G and S; to the seat of the own township
};

// Two bridges, of what they do together beyond either alone: on the ways to the trunk roads.
struct PairClosure {
  RowIx first, second;
  ClosureEffect effect;
};

struct ClosureOptions {
  NetworkOptions network;
  AttachOptions attach;
  bool to_trunk = true, to_seat = true;  // which effects are asked for; the others stay empty
  std::vector<int> pair_classes;         // pairs of bridges of these condition classes; none: no pairs
};

struct ClosureScan {
  const atlas::Layer* bridges_layer = nullptr;   // of the atlas
  const atlas::Layer* villages_layer = nullptr;  // natural villages where the region has them
  bool to_seat = false;                          // asked for, and there are townships
  // Of the bridges that lie on a road, the one with the gravest closure first: by the people, households and
  // villages that it cuts off from the trunk, then from their seats, then by the sums of detours; then by
  // row.
  std::vector<BridgeClosure> closures;
  std::vector<PairClosure> pairs;  // that do something together, the gravest first
  std::vector<Finding> findings;
};

// The bridges that lie on roads of the network, ascending, with the gates of each.
struct ScannedBridges {
  std::vector<RowIx> rows;
  network::EdgeGroups gates;
};
ScannedBridges scanned_bridges(const RoadNetwork& network);

// where: the code of a unit, of whose villages alone it is told; empty: all. Errors: no villages, no roads,
// no bridges, no class in the roads, no road of class G or S, no such unit; cancelled.
Result<ClosureScan> closure_scan(const atlas::Atlas& atlas, const indicators::Definitions& definitions,
                                 const indicators::Parameters& parameters, const ClosureOptions& options,
                                 std::string_view where, Progress& progress);

// The condition class of a bridge, 1–5; 0 where it is not known.
int condition_class_of(const atlas::Layer& bridges, RowIx bridge);

// The layers and fields it needs, of those that the sources have.
indicators::Needs needs_of_closure_scan(const indicators::Definitions& definitions,
                                        const ClosureOptions& options);

}  // namespace xiangtu::reach
