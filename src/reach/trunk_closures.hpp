// The effects of closures on the ways to the trunk roads.
#pragma once

#include <vector>

#include "base/progress.hpp"
#include "network/cut_groups.hpp"
#include "reach/closure_effect.hpp"
#include "reach/trunk_scan.hpp"

namespace xiangtu::reach {

// For each bridge the nodes whose ways led over it are searched anew. groups: the gates of each bridge. One
// effect per group; after a requested stop some are empty.
std::vector<ClosureEffect> trunk_closures(const TrunkScan& scan, const network::EdgeGroups& groups,
                                          const EffectSum& sum, Progress& progress);

}  // namespace xiangtu::reach
