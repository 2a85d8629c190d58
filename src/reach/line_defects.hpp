// Defects of the lines of roads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "reach/defects.hpp"

namespace xiangtu::reach {

// Near misses and overshoots: an end that almost joins another road is no overshoot.
// levels: of each row, as in network::NodingRule.
std::vector<Defect> defects_of_ends(const RoadNetwork& network, const Gains& gains,
                                    std::span<const std::int8_t> levels, const DefectOptions& options,
                                    Progress& progress);
// Roads that are there twice or have a stretch in common.
std::vector<Defect> defects_of_stretches(const RoadNetwork& network, std::span<const std::int8_t> levels,
                                         Metres tolerance, Progress& progress);

}  // namespace xiangtu::reach
