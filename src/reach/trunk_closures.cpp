#include "reach/trunk_closures.hpp"

#include <limits>

#include "base/parallel.hpp"
#include "network/repair.hpp"
#include "network/shortest_distances.hpp"
#include "network/way_tree.hpp"

namespace xiangtu::reach {

using network::EdgeIx;
using network::Foothold;
using network::NodeIx;
using network::Repair;
using network::WayTree;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t bridges_per_task = 64;

// The villages that stand at each position of a tree: a village on an edge at both its ends.
class Standing {
 public:
  Standing(const WayTree& tree, const Villages& villages) : begin_(tree.size() + 1) {
    const auto for_all = [&](const auto& visit) {
      for (std::uint32_t village = 0; village < villages.size(); ++village)
        for (const NodeIx node : villages.footholds[village].nodes)
          if (node.exists() && tree.has(node)) visit(tree.position_of(node), village);
    };
    for_all([&](std::uint32_t position, std::uint32_t) { ++begin_[position + 1]; });
    for (std::size_t position = 0; position < tree.size(); ++position)
      begin_[position + 1] += begin_[position];
    villages_.resize(begin_.back());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for_all([&](std::uint32_t position, std::uint32_t village) { villages_[next[position]++] = village; });
  }

  // At positions begin … end - 1.
  std::span<const std::uint32_t> between(std::uint32_t begin, std::uint32_t end) const {
    return std::span{villages_}.subspan(begin_[begin], begin_[end] - begin_[begin]);
  }

 private:
  std::vector<std::uint32_t> begin_, villages_;
};

}  // namespace

std::vector<ClosureEffect> trunk_closures(const RoadNetwork& network, const Villages& villages,
                                          const network::EdgeGroups& groups, const EffectSum& sum,
                                          Progress& progress) {
  const std::vector<std::uint8_t> open = network.open_edges(what_is_sure);
  std::vector<network::Start> starts;
  for (const NodeIx node : network.trunk_nodes(what_is_sure)) starts.push_back({node, 0});
  WayTree tree(network.graph);
  tree.assign(network::shortest_distances(
      network.graph, starts, [&](EdgeIx edge) { return open[edge.value] != 0; }, progress));
  const Standing standing(tree, villages);
  const auto before = [&](NodeIx node) {
    return tree.has(node) ? tree.metres_at(tree.position_of(node)) : infinity;
  };

  std::vector<ClosureEffect> effects(groups.size());
  PerThread<Repair> repairs([&] { return Repair(network.graph, tree); });
  progress.begin("closing bridges", groups.size());
  parallel_for(groups.size(), bridges_per_task, progress, [&](std::size_t begin, std::size_t end) {
    Repair& repair = repairs.local();
    const auto after = [&](NodeIx node) { return tree.has(node) ? repair.metres(node) : infinity; };
    for (std::size_t group = begin; group < end; ++group) {
      repair.without(groups[group], open);
      for (const Repair::Range& range : repair.behind())
        for (std::uint32_t position = range.begin; position < range.end; ++position)
          for (const std::uint32_t village : standing.between(position, position + 1)) {
            const Foothold& foothold = villages.footholds[village];
            const bool at_second = foothold.nodes[0] != tree.node_at(position);
            if (at_second && tree.has(foothold.nodes[0]) && repair.is_behind(foothold.nodes[0])) continue;
            sum.add(effects[group], village, metres_from(foothold, before), metres_from(foothold, after));
          }
      EffectSum::finish(effects[group]);
    }
    progress.advance(end - begin);
  });
  return effects;
}

}  // namespace xiangtu::reach
