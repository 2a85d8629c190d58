#include "reach/gains.hpp"

namespace xiangtu::reach {

using network::ComponentIx;
using network::EdgeIx;
using network::Foothold;
using network::LinePlace;
using network::NodeIx;

Gains::Gains(const RoadNetwork& network, std::span<const Foothold> footholds, std::span<const Gain> villages)
    : network_(network),
      open_(network.open_edges(what_is_sure)),
      components_(network.graph, open_),
      has_trunk_(components_.size()),
      without_trunk_(components_.size()) {
  for (const NodeIx node : network.trunk_nodes(what_is_sure)) has_trunk_[components_.of(node).value] = 1;
  for (std::size_t i = 0; i < footholds.size(); ++i)
    if (footholds[i].exists() && !is_connected(footholds[i]))
      without_trunk_[components_.of(footholds[i].nodes[0]).value].add(villages[i]);
}

bool Gains::is_connected(const Foothold& foothold) const {
  return foothold.exists() && at(foothold.nodes[0]).has_trunk;
}

Gains::Side Gains::at(NodeIx node) const {
  const ComponentIx component = components_.of(node);
  return {component, has_trunk_[component.value] != 0};
}

Gains::Side Gains::at(std::uint32_t road, LinePlace place) const {
  const network::RoadGraph& graph = network_.graph;
  const EdgeIx edge = graph.edge_at(road, place);
  const network::Edge& found = graph[edge];
  if (open_[edge.value] != 0 || place == found.begin) return at(found.from);
  if (place == found.end) return at(found.to);
  return {ComponentIx::none(), network_.trunk[found.row.value] == Counts::yes};
}

Gain Gains::of_joining(const Side& a, const Side& b) const {
  const Side& cut_off = a.has_trunk ? b : a;
  if (a.has_trunk == b.has_trunk || !cut_off.component.exists()) return {};
  return without_trunk_[cut_off.component.value];
}

}  // namespace xiangtu::reach
