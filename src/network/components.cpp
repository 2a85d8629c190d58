#include "network/components.hpp"

#include <numeric>

namespace xiangtu::network {

Components::Components(const RoadGraph& graph, std::span<const std::uint8_t> open) {
  std::vector<std::uint32_t> lead(graph.nodes().size());  // a node of the same component, at last the first
  std::iota(lead.begin(), lead.end(), 0U);
  const auto leader = [&](std::uint32_t node) {
    while (lead[node] != node) node = lead[node] = lead[lead[node]];
    return node;
  };
  const std::span<const Edge> edges = graph.edges();
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (open[i] == 0) continue;
    const std::uint32_t a = leader(edges[i].from.value), b = leader(edges[i].to.value);
    lead[std::max(a, b)] = std::min(a, b);
  }
  of_node_.resize(lead.size());
  for (std::uint32_t node = 0; node < lead.size(); ++node)
    of_node_[node] = lead[node] == node ? ComponentIx(size_++) : of_node_[leader(node)];
}

}  // namespace xiangtu::network
