// Stretches that two roads have in common: lines drawn twice, and lines that run along each other for a
// while. The rule, in the plane of longitude and latitude with metres by the ellipsoid's radii there: two
// segments of roads of one level run together between the first and the last of their four vertices that lie
// within the tolerance of the other segment, inclusive; with a tolerance of 0 those on it. Stretches that
// follow each other are one. What is no longer than a metre is left out, unless both roads are all of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "network/run_index.hpp"

namespace xiangtu::network {

struct Overlap {
  std::uint32_t a, b;    // roads, the first before the second
  LinePlace begin, end;  // along the first
  Metres length;         // geodesic, along the first
  bool is_all;           // of both roads from end to end, whichever way they run
};

// By a, b and along a. levels: of each row, 0 on the ground; empty: all are there. Segments across ±180° run
// along none.
std::vector<Overlap> find_overlaps(const table::GeometryColumn& lines, const RoadParts& roads,
                                   const RunIndex& index, std::span<const std::int8_t> levels,
                                   Metres tolerance, Progress& progress);

}  // namespace xiangtu::network
