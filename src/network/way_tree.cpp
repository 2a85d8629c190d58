#include "network/way_tree.hpp"

#include <limits>

namespace xiangtu::network {

void WayTree::assign(const Distances& distances) {
  drafts_.clear();
  for (std::size_t i = 0; i < distances.metres.size(); ++i)
    if (distances.reached(NodeIx(i))) drafts_.push_back({NodeIx(i), distances.back[i], distances.metres[i]});
  lay_out();
}

void WayTree::lay_out() {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  const std::size_t count = drafts_.size();
  for (std::uint32_t i = 0; i < count; ++i) position_of_[drafts_[i].node.value] = i;
  // Children as chains: the first of each node, and the next of the same parent.
  std::vector<std::uint32_t> first_child(count, none), next(count, none), parent(count, none);
  std::uint32_t first_root = none;
  for (std::uint32_t i = static_cast<std::uint32_t>(count); i-- > 0;) {
    const NodeIx before = drafts_[i].back.to;
    if (before.exists()) parent[i] = position_of_[before.value];
    std::uint32_t& chain = before.exists() ? first_child[parent[i]] : first_root;
    next[i] = chain;
    chain = i;
  }
  nodes_.resize(count);
  edges_.resize(count);
  metres_.resize(count);
  ends_.resize(count);
  std::uint32_t position = 0;
  const auto close = [&](std::uint32_t draft) { ends_[position_of_[drafts_[draft].node.value]] = position; };
  for (std::uint32_t at = first_root; at != none;) {
    nodes_[position] = drafts_[at].node;
    edges_[position] = drafts_[at].back.edge;
    metres_[position] = drafts_[at].metres;
    position_of_[drafts_[at].node.value] = position++;
    if (first_child[at] != none) {
      at = first_child[at];
      continue;
    }
    close(at);
    while (next[at] == none && parent[at] != none) close(at = parent[at]);
    at = next[at];
  }
}

}  // namespace xiangtu::network
