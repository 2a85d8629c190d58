// Where a position stands on the road graph, and how far it is from there to nodes.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "base/quantities.hpp"
#include "network/attachment.hpp"
#include "network/road_graph.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::network {

// On an edge, with the way to both of its ends, or at a node.
struct Foothold {
  EdgeIx edge;                          // none: at a node
  Metres from_begin{};                  // along the edge
  LinePlace place{};                    // on it
  Metres access{};                      // geodesic, from the position to the road
  std::array<NodeIx, 2> nodes{};        // none at all: nowhere; one: at that node
  std::array<double, 2> metres{0, 0};   // from the position to each of them; may be infinite
  std::array<double, 2> arrival{0, 0};  // from each of them to the position; may be infinite

  bool exists() const { return nodes[0].exists(); }
};

// The way to the edge counts; along it one goes as it may be travelled.
inline Foothold standing_on(const RoadGraph& graph, const EdgePlace& place) {
  const Edge& edge = graph[place.edge];
  const double begin = place.access.value + place.from_begin.value,
               end = place.access.value + graph.lengths_m()[place.edge.value] - place.from_begin.value;
  const auto metres = [](bool may, double way) {
    return may ? way : std::numeric_limits<double>::infinity();
  };
  const bool to_begin = graph.leads_to_begin(place.edge), to_end = graph.leads_to_end(place.edge);
  return {place.edge,
          place.from_begin,
          place.place,
          place.access,
          {edge.from, edge.to},
          {metres(to_begin, begin), metres(to_end, end)},
          {metres(to_end, begin), metres(to_begin, end)}};
}

// The way to the node does not count.
inline Foothold standing_at(const RoadEnds::Nearest& end) {
  return {EdgeIx::none(), {}, {}, end.distance, {end.node, NodeIx::none()}, {0, 0}, {0, 0}};
}

// Which of its nodes the shortest way leads over, by the distances of nodes.
template <class MetresOf>
std::size_t nearer_node(const Foothold& foothold, const MetresOf& metres_of) {
  if (!foothold.nodes[1].exists()) return 0;
  return foothold.metres[1] + metres_of(foothold.nodes[1]) <
         foothold.metres[0] + metres_of(foothold.nodes[0]);
}

// A foothold as the destination of a search.
inline std::vector<Start> starts_to(const Foothold& foothold) {
  std::vector<Start> starts;
  for (std::size_t i = 0; i < foothold.nodes.size(); ++i)
    if (foothold.nodes[i].exists() && foothold.arrival[i] < std::numeric_limits<double>::infinity())
      starts.push_back({foothold.nodes[i], foothold.arrival[i]});
  return starts;
}

// From one position to another that stands on the same edge, along it; infinite for others and where it is
// not travelled that way.
inline double metres_along_edge(const RoadGraph& graph, const Foothold& from, const Foothold& to) {
  const double on = to.from_begin.value - from.from_begin.value;
  if (!from.edge.exists() || from.edge != to.edge || (on > 0 && !graph.leads_to_end(from.edge)) ||
      (on < 0 && !graph.leads_to_begin(from.edge)))
    return std::numeric_limits<double>::infinity();
  return from.access.value + to.access.value + std::abs(on);
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
