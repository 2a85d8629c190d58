// Pairs of bridges whose closure together does what neither does alone, such as the two ways out of a valley.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/cut_groups.hpp"
#include "reach/closure_effect.hpp"
#include "reach/trunk_scan.hpp"

namespace xiangtu::reach {

struct GroupPair {
  std::uint32_t first, second;  // groups, ascending
  // Of villages that both together cut off from the trunk and neither alone; and of those that are still
  // connected, by how much longer their ways are than with either closed alone.
  ClosureEffect effect;
};

// Exact: two bridges do something together only when one lies on the ways that the other's closure leaves.
// asked: groups that make pairs, ascending. Only pairs with an effect, in no order; after a requested stop
// some are missing.
std::vector<GroupPair> pair_closures(const TrunkScan& scan, const network::EdgeGroups& groups,
                                     std::span<const std::uint32_t> asked, const EffectSum& sum,
                                     Progress& progress);

}  // namespace xiangtu::reach
