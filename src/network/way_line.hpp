// The line of a way along roads.
#pragma once

#include <vector>

#include "geodesy/position.hpp"
#include "network/foothold.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

// Adds the positions along a road from one of its places to another, in either direction, with both ends; not
// again what the line ends with.
void append_stretch(const table::GeometryColumn& lines, LinePlace from, LinePlace to,
                    std::vector<geodesy::LonLat>& line);

// Adds the way from a foothold over one of its nodes on, from node to node over the edges by which each was
// reached (back_of, an Arc by node), until one that was not reached over an edge.
template <class BackOf>
void append_way(const table::GeometryColumn& lines, const RoadGraph& graph, const Foothold& foothold,
                std::size_t over_node, const BackOf& back_of, std::vector<geodesy::LonLat>& line) {
  NodeIx node = foothold.nodes[over_node];
  if (foothold.edge.exists())
    append_stretch(lines, foothold.place,
                   over_node == 0 ? graph[foothold.edge].begin : graph[foothold.edge].end, line);
  else
    line.push_back(graph.nodes()[node.value]);
  for (Arc back = back_of(node); back.edge.exists(); back = back_of(node)) {
    const Edge& edge = graph[back.edge];
    if (edge.from == node)
      append_stretch(lines, edge.begin, edge.end, line);
    else
      append_stretch(lines, edge.end, edge.begin, line);
    node = back.to;
  }
}

}  // namespace xiangtu::network
