// Where road lines join. The rule, for lines as they are drawn, straight from vertex to vertex in the plane of
// longitude and latitude, with distances on the ellipsoid:
//   - ends within the tolerance of each other join, whatever their levels: a bridge begins where the road
//   does;
//   - an end within the tolerance of the inside of a line of its own level joins it there (a T-junction),
//     each time that the line passes; of another level, only where the line has a vertex at the very position
//     of the end;
//   - lines of one level that truly cross, or whose insides touch, join there; lines of different levels do
//     not: a bridge or a tunnel leads over or under.
// Segments across ±180° join at their ends only. Nothing else joins: with a tolerance of 0 only what
// coincides. Chains of ends, each within the tolerance of the next, become one node.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "network/run_index.hpp"

namespace xiangtu::network {

struct NodingRule {
  Metres tolerance{0.1};  // inclusive
  // The level of each row: 0 on the ground, above it bridges, below it tunnels. Empty: all on the ground.
  std::span<const std::int8_t> levels;
  bool ends_only = false;  // nothing joins inside a road, only ends join ends
  // Where edges without length are put in, such as bridges, which a search may find closed: in any order.
  std::span<const LinePlace> gates;
};

// Where a road meets a node.
struct Stop {
  LinePlace place;
  NodeIx node;
};

struct Junctions {
  std::vector<geodesy::LonLat> nodes;     // of what joins there, the position of the first
  std::vector<Stop> stops;                // road by road, along each: its begin, its end and joins between
  std::vector<std::uint32_t> stop_begin;  // of each road of RoadParts, and one more
  // Of each gate: the stop before its edge; none where its part is not among the roads.
  std::vector<std::optional<std::uint32_t>> gate_stops;

  std::span<const Stop> stops_of(std::size_t road) const {
    return std::span{stops}.subspan(stop_begin[road], stop_begin[road + 1] - stop_begin[road]);
  }
};

// runs: of the roads; not looked at where only ends join.
Result<Junctions> find_junctions(const table::GeometryColumn& lines, const RoadParts& roads,
                                 const RunIndex* runs, const NodingRule& rule, Progress& progress);

}  // namespace xiangtu::network
