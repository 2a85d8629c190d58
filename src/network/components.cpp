#include "network/components.hpp"

#include <algorithm>
#include <numeric>

namespace xiangtu::network {

namespace {

NodeUnion joined_by(const RoadGraph& graph, std::span<const std::uint8_t> open) {
  NodeUnion joined(graph.nodes().size());
  const std::span<const Edge> edges = graph.edges();
  for (std::size_t i = 0; i < edges.size(); ++i)
    if (open[i] != 0) joined.join(edges[i].from, edges[i].to);
  return joined;
}

}  // namespace

NodeUnion::NodeUnion(std::size_t nodes) : lead_(nodes) {
  std::iota(lead_.begin(), lead_.end(), 0U);
}

void NodeUnion::join(NodeIx a, NodeIx b) {
  const auto [first, other] = std::minmax({leader(a.value), leader(b.value)});
  lead_[other] = first;
}

std::uint32_t NodeUnion::leader(std::uint32_t node) {
  while (lead_[node] != node) node = lead_[node] = lead_[lead_[node]];
  return node;
}

Components::Components(const RoadGraph& graph, std::span<const std::uint8_t> open)
    : Components(joined_by(graph, open)) {}

Components::Components(NodeUnion joined) : of_node_(joined.lead_.size()) {
  for (std::uint32_t node = 0; node < of_node_.size(); ++node)
    of_node_[node] = joined.lead_[node] == node ? ComponentIx(size_++) : of_node_[joined.leader(node)];
}

}  // namespace xiangtu::network
