// Roads on the ground that cross a river where no bridge is.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/finding.hpp"
#include "base/progress.hpp"
#include "reach/defects.hpp"

namespace xiangtu::reach {

// levels: of each row of the roads, as in network::NodingRule: what leads over or under the river is no
// defect. bridges: null where there are none. within: of a crossing, inclusive, where its bridge lies.
// Findings: nothing tells of bridges.
std::vector<Defect> river_crossings(const RoadNetwork& network, std::span<const std::int8_t> levels,
                                    const atlas::Layer& rivers, const atlas::Layer* bridges, Metres within,
                                    std::vector<Finding>& findings, Progress& progress);

}  // namespace xiangtu::reach
