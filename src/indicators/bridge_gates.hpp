// Where bridges lie on roads, as gates of the road graph that a closed bridge shuts.
#pragma once

#include <span>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "network/line_place.hpp"
#include "spatial/within_distance.hpp"

namespace xiangtu::indicators {

struct BridgeGates {
  std::vector<network::LinePlace> places;  // on the lines of the roads
  std::vector<spatial::Counts> closed;     // of each place
};

// The bridges of some condition classes, which are closed, and those whose class is not known, which may be.
// Each lies on the road within the distance that bears the code it names, else on the nearest, and on every
// road that runs along with that one there: a stretch that two rows have in common. Findings: bridges on no
// road, bridges without class. Rows that repeat a code are bridges all the same.
BridgeGates bridge_gates(const atlas::Layer& bridges, const atlas::Layer& roads,
                         std::span<const int> closed_classes, Metres within, std::vector<Finding>& findings,
                         const Progress& progress);

}  // namespace xiangtu::indicators
