// Attributes of a demonstration map's roads and bridges, with published lengths met exactly.
#pragma once

#include <vector>

#include "synth/demo_ground.hpp"
#include "synth/description.hpp"
#include "synth/records.hpp"

namespace xiangtu::synth {

struct DemoRoad {
  Road road;
  std::vector<geodesy::LonLat> line;
  double length_m = 0;
  double sand = 0, height_m = 0;  // of the ground in its middle
};

struct DemoBridge {
  Bridge bridge;
  geodesy::LonLat place;
};

// Sections upgraded, built and secured in the bulletin's year add up to the published kilometres; the
// last section of each is cut where the sum is reached.
std::vector<DemoRoad> make_roads(const Description& description, const DemoGround& ground);
std::vector<DemoBridge> make_bridges(const Description& description, const std::vector<DemoRoad>& roads);

}  // namespace xiangtu::synth
