// The effects of closures on the ways from villages to the seats of their townships.
#pragma once

#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/cut_groups.hpp"
#include "reach/closure_effect.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::reach {

// One search a township, no further than its villages, and for each bridge on their ways what lies behind it
// anew; a search goes on only where a way around leads further. groups: the gates of each bridge. One effect
// per group; after a requested stop some are empty.
std::vector<ClosureEffect> seat_closures(const RoadNetwork& network, const Villages& villages,
                                         std::span<const Township> townships,
                                         const network::EdgeGroups& groups, const EffectSum& sum,
                                         Progress& progress);

}  // namespace xiangtu::reach
