// Villages and bridges on the graph: the nearest place of a road, or the nearest end of one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "geodesy/measure.hpp"
#include "network/road_graph.hpp"
#include "spatial/point_strips.hpp"

namespace xiangtu::network {

// A position's place on an edge.
struct EdgePlace {
  EdgeIx edge;
  Metres access;      // geodesic, from the position to the edge
  Metres from_begin;  // along the edge, of its length
  LinePlace place;
};

// Which rows are looked at: an entry per row of the lines, 0 for those left out; empty: all.
using RowMarks = std::span<const std::uint8_t>;

// The nearest place on a line within the distance, inclusive (tie: what comes first); none when there is
// none.
struct NearestPlace {
  Metres distance;
  std::uint32_t road = 0;     // of the parts under the index
  std::uint32_t segment = 0;  // the vertex at which the segment begins that is so near
  LinePlace place;
};
std::optional<NearestPlace> nearest_place(const RunIndex& index, const RoadParts& roads,
                                          const table::GeometryColumn& lines, RowMarks marks,
                                          geodesy::LonLat position, Metres within);

// The nearest place on each road as it is drawn, as for joins, within the distance, inclusive: the nearest
// road first (tie: what comes first).
std::vector<NearestPlace> places_within(const RunIndex& index, const RoadParts& roads,
                                        const table::GeometryColumn& lines, RowMarks marks,
                                        geodesy::LonLat position, Metres within);

// A place of one of the graph's roads as a place on its edge.
EdgePlace on_edge(const RoadGraph& graph, const table::GeometryColumn& lines, const NearestPlace& place);
std::optional<EdgePlace> nearest_edge(const RoadGraph& graph, const table::GeometryColumn& lines,
                                      RowMarks marks, geodesy::LonLat position, Metres within);

// The ends of roads, to look for around a position.
class RoadEnds {
 public:
  RoadEnds(const RoadGraph& graph, const table::GeometryColumn& lines, RowMarks marks,
           const Progress& progress);

  struct Nearest {
    NodeIx node;
    Metres distance;
  };
  // The geodesically nearest end within the distance, inclusive (tie: the one of lower longitude, then
  // latitude). Distances are geodesy::segment_length's.
  std::optional<Nearest> nearest(geodesy::LonLat position, Metres within) const;
  // The nodes of all ends within the distance, inclusive.
  std::vector<NodeIx> within(geodesy::LonLat position, Metres distance) const;

 private:
  std::optional<Nearest> nearest(const geodesy::LocalFrame& frame, geodesy::LonLat position,
                                 Metres within) const;

  spatial::PointStrips ends_;
  std::vector<NodeIx> nodes_;  // of each end
};

}  // namespace xiangtu::network
