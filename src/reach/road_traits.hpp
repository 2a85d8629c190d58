// What the graph of roads must know of them beside their lines: at which level they cross others, and which
// way they may be travelled.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::reach {

struct RoadTraits {
  std::vector<std::int8_t> levels;             // by row; empty: no field tells, all lie on the ground
  std::vector<network::Direction> directions;  // by row; empty: no field tells, all are travelled both ways
  std::vector<Finding> findings;
};

// A row's own level, else one above the ground for a bridge and one below it for a tunnel. Its own direction;
// a roundabout without one is travelled as it is drawn. Findings: values nobody knows, bridges that are
// tunnels as well, levels by which most roads lie above or below the ground.
RoadTraits road_traits(const atlas::Layer& roads);

// The fields of roads that it looks at, where they have them.
inline constexpr std::array<std::string_view, 5> road_trait_fields{"level", "bridge", "tunnel", "oneway",
                                                                   "roundabout"};

}  // namespace xiangtu::reach
