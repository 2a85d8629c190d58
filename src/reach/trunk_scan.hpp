// The ways to the trunk roads while all bridges are open, and those that are left when some are closed.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/repair.hpp"
#include "network/way_tree.hpp"
#include "reach/road_network.hpp"
#include "reach/villages.hpp"

namespace xiangtu::reach {

// One search for all. Read-only and thread-safe after it is built; network and villages outlive it.
class TrunkScan {
 public:
  TrunkScan(const RoadNetwork& network, const Villages& villages, const Progress& progress);

  const RoadNetwork& network() const { return network_; }
  const Villages& villages() const { return villages_; }
  const network::WayTree& tree() const { return tree_; }
  std::span<const std::uint8_t> open() const { return open_; }

  // Infinite where no way leads.
  double metres_before(std::uint32_t village) const {
    return metres_from(villages_.footholds[village], [&](network::NodeIx node) {
      return tree_.has(node) ? tree_.metres_at(tree_.position_of(node)) : infinity;
    });
  }
  double metres_after(std::uint32_t village, const network::Repair& repair) const {
    return metres_from(villages_.footholds[village], [&](network::NodeIx node) {
      return tree_.has(node) ? repair.metres(node) : infinity;
    });
  }
  // Calls visit(village) once for each whose way may have changed.
  template <class Visit>
  void for_touched(const network::Repair& repair, const Visit& visit) const {
    for (const network::Repair::Range& range : repair.behind())
      for (std::uint32_t position = range.begin; position < range.end; ++position)
        for (std::uint32_t i = standing_begin_[position]; i < standing_begin_[position + 1]; ++i) {
          const network::NodeIx first = villages_.footholds[standing_[i]].nodes[0];
          const bool at_second = first != tree_.node_at(position);
          if (!at_second || !tree_.has(first) || !repair.is_behind(first)) visit(standing_[i]);
        }
  }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  const RoadNetwork& network_;
  const Villages& villages_;
  std::vector<std::uint8_t> open_;  // by edge
  network::WayTree tree_;
  // The villages that stand at each position of the tree: on an edge at both its ends.
  std::vector<std::uint32_t> standing_begin_, standing_;
};

}  // namespace xiangtu::reach
