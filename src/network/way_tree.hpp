// The tree of shortest ways of a search, so laid out that all nodes behind a node come after it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "network/road_graph.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::network {

// Positions are those of nodes in preorder: a node, then everything whose way leads over it.
class WayTree {
 public:
  explicit WayTree(const RoadGraph& graph) : position_of_(graph.nodes().size()) {}

  // Reached nodes in any order, each with the node before it on its way, which is among them. Forgets what
  // it held.
  template <class MetresOf, class BackOf>
  void assign(std::span<const NodeIx> reached, const MetresOf& metres_of, const BackOf& back_of) {
    drafts_.clear();
    for (const NodeIx node : reached) drafts_.push_back({node, back_of(node), metres_of(node)});
    lay_out();
  }
  void assign(const Distances& distances);

  std::size_t size() const { return nodes_.size(); }
  NodeIx node_at(std::uint32_t position) const { return nodes_[position]; }
  double metres_at(std::uint32_t position) const { return metres_[position]; }
  bool has(NodeIx node) const {
    const std::uint32_t position = position_of_[node.value];
    return position < nodes_.size() && nodes_[position] == node;
  }
  std::uint32_t position_of(NodeIx node) const { return position_of_[node.value]; }
  // The edge over which a node is reached; none at starts.
  EdgeIx edge_to(std::uint32_t position) const { return edges_[position]; }
  // One past the last position behind it.
  std::uint32_t end_of(std::uint32_t position) const { return ends_[position]; }

 private:
  struct Draft {
    NodeIx node;
    Arc back;
    double metres;
  };
  void lay_out();

  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> position_of_;  // of each node of the graph; another's where it was not reached
  std::vector<NodeIx> nodes_;
  std::vector<EdgeIx> edges_;
  std::vector<double> metres_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace xiangtu::network
