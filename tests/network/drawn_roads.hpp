// Drawn roads and the graph that they make.
#pragma once

#include <limits>
#include <utility>
#include <vector>

#include "network/shortest_distances.hpp"
#include "support/drawn_geometry.hpp"

namespace xiangtu::tests {

inline GeometryColumn lines_of(const std::vector<Path>& paths) {
  GeometryColumn lines(GeometryKind::line);
  for (const Path& path : paths) add_feature(lines, path);
  return lines;
}

inline network::RoadGraph graph_of(const GeometryColumn& lines, const network::NodingRule& rule = {},
                                   std::vector<network::Direction> directions = {}) {
  Progress progress;
  return network::RoadGraph::build(lines, {}, {}, rule, progress, std::move(directions)).value();
}

// The metres of the shortest way from one node to another; infinite where none leads there. closed: an edge
// that may not be travelled.
inline double metres_between(const network::RoadGraph& graph, network::NodeIx from, network::NodeIx to,
                             network::EdgeIx closed = {}) {
  Progress progress;
  const network::Start destination{to, 0};
  return network::shortest_distances(
             graph, {&destination, 1}, [&](network::EdgeIx edge) { return edge != closed; }, progress)
      .metres[from.value];
}

// Whether a way leads from the begin of one row to the end of another.
inline bool joined(const network::RoadGraph& graph, std::size_t from_row, std::size_t to_row,
                   network::EdgeIx closed = {}) {
  return metres_between(graph, graph.edges_of(from_row).front().from, graph.edges_of(to_row).back().to,
                        closed) < std::numeric_limits<double>::infinity();
}

// From the begin of the first of these to the end of the last.
inline bool joined(const std::vector<Path>& paths, const network::NodingRule& rule = {}) {
  const GeometryColumn lines = lines_of(paths);
  return joined(graph_of(lines, rule), 0, paths.size() - 1);
}

}  // namespace xiangtu::tests
