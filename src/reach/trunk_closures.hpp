// The effects of closures on the ways to the trunk roads.
#pragma once

#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/cut_groups.hpp"
#include "reach/closure_effect.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::reach {

// One search, then for each bridge the nodes whose ways led over it are searched anew. groups: the gates of
// each bridge. One effect per group; after a requested stop some are empty.
std::vector<ClosureEffect> trunk_closures(const RoadNetwork& network, const Villages& villages,
                                          const network::EdgeGroups& groups, const EffectSum& sum,
                                          Progress& progress);

}  // namespace xiangtu::reach
