// How far it is from every node of a road graph to the nearest of several places, in one search from these
// outward.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

struct Start {
  NodeIx node;
  double distance_m = 0;
};

// By node; where it is not reached the distance is infinite.
struct Distances {
  std::vector<double> metres;
  std::vector<Arc> back;  // the next node on the way to the start and the edge between; none at starts

  bool reached(NodeIx node) const { return metres[node.value] < std::numeric_limits<double>::infinity(); }
};

// The shortest ways over the edges for which is_open(EdgeIx) holds, each travelled as its direction allows,
// no longer than limit_m. Lengths are not negative. Each distance is the sum of lengths from the start on,
// edge by edge, so that it is the same however the search went. Nodes wait in rings of about the mean length
// of an edge instead of a heap; within a ring a node may be bettered again (Meyer & Sanders 2003,
// "Δ-stepping", on one thread). After a requested stop some nodes are not reached.
// Graph: a RoadGraph, or one with additions (GraphOverlay).
template <class Graph, class IsOpen>
Distances shortest_distances(const Graph& graph, std::span<const Start> starts, const IsOpen& is_open,
                             const Progress& progress,
                             double limit_m = std::numeric_limits<double>::infinity()) {
  constexpr std::size_t most_rings = 4096, steps_between_looks = 1 << 16;
  struct Waiting {
    NodeIx node;
    double distance_m;
  };
  Distances found;
  found.metres.assign(graph.node_count(), std::numeric_limits<double>::infinity());
  found.back.assign(graph.node_count(), Arc{});

  auto [mean, longest] = graph.length_scale();
  for (const Start& start : starts) longest = std::max(longest, start.distance_m);
  const double width = std::max({mean, longest / (most_rings - 2), 1e-3});
  const std::size_t ring_count = static_cast<std::size_t>(longest / width) + 2;
  std::vector<std::vector<Waiting>> rings(ring_count);
  std::size_t waiting = 0;
  const auto better = [&](NodeIx node, double distance_m, Arc back) {
    if (distance_m > limit_m || !(distance_m < found.metres[node.value])) return;
    found.metres[node.value] = distance_m;
    found.back[node.value] = back;
    rings[static_cast<std::size_t>(distance_m / width) % ring_count].push_back({node, distance_m});
    ++waiting;
  };

  for (const Start& start : starts) better(start.node, start.distance_m, Arc{});
  std::size_t steps = 0;
  for (std::size_t ring = 0; waiting > 0; ring = (ring + 1) % ring_count) {
    for (std::size_t i = 0; i < rings[ring].size(); ++i) {  // it may grow
      const Waiting at = rings[ring][i];
      if (++steps % steps_between_looks == 0 && progress.stop_requested()) return found;
      if (at.distance_m > found.metres[at.node.value]) continue;
      for (const Arc& arc : graph.arcs_from(at.node))
        if (is_open(arc.edge)) better(arc.to, at.distance_m + graph.length_m(arc.edge), {at.node, arc.edge});
    }
    waiting -= rings[ring].size();
    rings[ring].clear();
  }
  return found;
}

}  // namespace xiangtu::network
