// Which nodes of a road graph hang together, whatever the direction of the edges between them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

using ComponentIx = Index<struct ComponentTag>;

// Joins nodes two by two.
class NodeUnion {
 public:
  explicit NodeUnion(std::size_t nodes);
  void join(NodeIx a, NodeIx b);

 private:
  friend class Components;
  std::uint32_t leader(std::uint32_t node);
  std::vector<std::uint32_t> lead_;  // a node of the same component, at last the first
};

class Components {
 public:
  // open: an entry per edge, 0 for edges to leave out.
  Components(const RoadGraph& graph, std::span<const std::uint8_t> open);
  explicit Components(NodeUnion joined);

  std::size_t size() const { return size_; }
  // Numbered by their first nodes.
  ComponentIx of(NodeIx node) const { return of_node_[node.value]; }

 private:
  std::vector<ComponentIx> of_node_;
  std::size_t size_ = 0;
};

}  // namespace xiangtu::network
