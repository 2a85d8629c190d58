// Ends of roads from which no road leads on, and what lies near them: roads that they almost join, crossings
// that they run past.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "network/attachment.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

struct DeadEnd {
  std::uint32_t road;  // of the graph
  bool at_begin;
  NodeIx node;
  geodesy::LonLat at;
};

// One for each node which all roads leave in one direction: a road that was drawn twice ends there once.
// Roads without length have no ends. In the order of the roads.
std::vector<DeadEnd> dead_ends(const RoadGraph& graph, const table::GeometryColumn& lines);

struct NearMiss {
  std::uint32_t end;  // of the dead ends
  NearestPlace to;    // on another road: its nearest place, the distance is the gap
  // The network leads there already, by a way no longer than ten times the gap: perhaps the end is meant.
  bool joined_nearby;
};

// The roads within the distance of each dead end, inclusive, end by end, the nearest first. A road of another
// level counts only where it ends. levels: of each row, as in NodingRule.
std::vector<NearMiss> near_misses(const RoadGraph& graph, const table::GeometryColumn& lines,
                                  std::span<const DeadEnd> ends, std::span<const std::int8_t> levels,
                                  Metres within, Progress& progress);

// Whether a third road lies between an end and the place.
bool is_behind_road(const RoadGraph& graph, const table::GeometryColumn& lines, const DeadEnd& end,
                    const NearestPlace& place);

struct Overshoot {
  std::uint32_t end;      // of the dead ends
  std::uint32_t crossed;  // the road that it runs past: of those that lead on there, the first
  NodeIx crossing;
  Metres length;  // geodesic, from the crossing to the end
};

// Of roads that end no farther than the distance behind a place inside them where others lead through, and
// come from farther away.
std::vector<Overshoot> overshoots(const RoadGraph& graph, const table::GeometryColumn& lines,
                                  std::span<const DeadEnd> ends, Metres within);

}  // namespace xiangtu::network
