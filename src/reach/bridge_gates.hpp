// Where bridges lie on roads, as gates of the road graph that a closed bridge shuts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/ids.hpp"
#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "network/line_place.hpp"

namespace xiangtu::reach {

struct BridgeGates {
  std::vector<network::LinePlace> places;  // on the lines of the roads
  std::vector<RowIx> bridges;              // the bridge of each place: ascending
};

// The bridges that are asked for: an entry of 1 by row. Each lies on the road within the distance that bears
// the code it names, else on the nearest, and on every road that runs along with that one there: a stretch
// that two rows have in common. Findings: bridges on no road. Rows that repeat a code are bridges all the
// same.
BridgeGates bridge_gates(const atlas::Layer& bridges, const atlas::Layer& roads,
                         std::span<const std::uint8_t> asked, Metres within, std::vector<Finding>& findings,
                         const Progress& progress);

}  // namespace xiangtu::reach
