// Indices of the road graph, and places along lines.
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>

#include "base/ids.hpp"
#include "base/quantities.hpp"
#include "geodesy/position.hpp"
#include "table/geometry.hpp"

namespace xiangtu::network {

using PartIx = Index<struct PartTag>;  // a part of a GeometryColumn of lines
using NodeIx = Index<struct NodeTag>;  // where edges meet or end
using EdgeIx = Index<struct EdgeTag>;  // a stretch of a line between two nodes

// A place on a line of a GeometryColumn: on the segment from one of the column's vertices to the next, as a
// share of it in longitude and latitude, 0 at the vertex. Places of one part are ordered along it.
struct LinePlace {
  std::uint32_t vertex = 0;
  double share = 0;
  auto operator<=>(const LinePlace&) const = default;
};

inline LinePlace place_at(std::uint32_t vertex, double share) {
  return share >= 1 ? LinePlace{vertex + 1, 0} : LinePlace{vertex, std::max(share, 0.0)};
}

// The place of a position that lies on the segment from a, which is that vertex, to b, but for rounding.
inline LinePlace place_on(std::uint32_t vertex, geodesy::LonLat a, geodesy::LonLat b, geodesy::LonLat p) {
  const double east = b.lon - a.lon, north = b.lat - a.lat;
  if (east == 0 && north == 0) return {vertex, 0};
  return place_at(vertex,
                  std::abs(east) >= std::abs(north) ? (p.lon - a.lon) / east : (p.lat - a.lat) / north);
}

// Where a place is.
geodesy::LonLat position_of(const table::GeometryColumn& lines, LinePlace place);
// Geodesic length along a line between two places of one part.
Metres length_between(const table::GeometryColumn& lines, LinePlace begin, LinePlace end);

}  // namespace xiangtu::network
