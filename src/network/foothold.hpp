// Where a position stands on the road graph, and how far it is from there to nodes.
#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include "base/quantities.hpp"
#include "network/attachment.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

// On an edge, with the way to both of its ends, or at a node.
struct Foothold {
  EdgeIx edge;                         // none: at a node
  Metres from_begin{};                 // along the edge
  LinePlace place{};                   // on it
  Metres access{};                     // geodesic, from the position to the road
  std::array<NodeIx, 2> nodes{};       // none at all: nowhere; one: at that node
  std::array<double, 2> metres{0, 0};  // from the position to each of them; may be infinite

  bool exists() const { return nodes[0].exists(); }
};

// The way to the edge counts.
inline Foothold standing_on(const RoadGraph& graph, const EdgePlace& place) {
  const Edge& edge = graph[place.edge];
  const double to_end = graph.lengths_m()[place.edge.value] - place.from_begin.value;
  return {place.edge,           place.from_begin,
          place.place,          place.access,
          {edge.from, edge.to}, {place.access.value + place.from_begin.value, place.access.value + to_end}};
}

// The way to the node does not count.
inline Foothold standing_at(const RoadEnds::Nearest& end) {
  return {EdgeIx::none(), {}, {}, end.distance, {end.node, NodeIx::none()}, {0, 0}};
}

// Which of its nodes the shortest way leads over, by the distances of nodes.
template <class MetresOf>
std::size_t nearer_node(const Foothold& foothold, const MetresOf& metres_of) {
  if (!foothold.nodes[1].exists()) return 0;
  return foothold.metres[1] + metres_of(foothold.nodes[1]) <
         foothold.metres[0] + metres_of(foothold.nodes[0]);
}

// The distance of a foothold from what nodes have their distances from; infinite where no way leads there.
template <class MetresOf>
double metres_from(const Foothold& foothold, const MetresOf& metres_of) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < foothold.nodes.size(); ++i)
    if (foothold.nodes[i].exists())
      least = std::min(least, foothold.metres[i] + metres_of(foothold.nodes[i]));
  return least;
}

}  // namespace xiangtu::network
