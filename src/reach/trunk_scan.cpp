#include "reach/trunk_scan.hpp"

#include "network/shortest_distances.hpp"

namespace xiangtu::reach {

using network::EdgeIx;
using network::NodeIx;

TrunkScan::TrunkScan(const RoadNetwork& network, const Villages& villages, const Progress& progress)
    : network_(network), villages_(villages), open_(network.open_edges(what_is_sure)), tree_(network.graph) {
  std::vector<network::Start> starts;
  for (const NodeIx node : network.trunk_nodes(what_is_sure)) starts.push_back({node, 0});
  tree_.assign(network::shortest_distances(
      network.graph, starts, [&](EdgeIx edge) { return open_[edge.value] != 0; }, progress));
  standing_begin_.assign(tree_.size() + 1, 0);
  const auto for_all = [&](const auto& visit) {
    for (std::uint32_t village = 0; village < villages.size(); ++village)
      for (const NodeIx node : villages.footholds[village].nodes)
        if (node.exists() && tree_.has(node)) visit(tree_.position_of(node), village);
  };
  for_all([&](std::uint32_t position, std::uint32_t) { ++standing_begin_[position + 1]; });
  for (std::size_t position = 0; position < tree_.size(); ++position)
    standing_begin_[position + 1] += standing_begin_[position];
  standing_.resize(standing_begin_.back());
  std::vector<std::uint32_t> next(standing_begin_.begin(), standing_begin_.end() - 1);
  for_all([&](std::uint32_t position, std::uint32_t village) { standing_[next[position]++] = village; });
}

}  // namespace xiangtu::reach
