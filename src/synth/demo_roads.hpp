// Attributes of a demonstration map's roads and bridges, with published lengths met exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "synth/demo_ground.hpp"
#include "synth/description.hpp"
#include "synth/records.hpp"

namespace xiangtu::synth {

struct DemoRoad {
  Road road;
  std::vector<geodesy::LonLat> line;
  double length_m = 0;
  std::uint32_t route = 0;
  // Where it needs a bridge: over a river of the description (else Terrain::no_river), or a gully.
  struct Crossing {
    geodesy::LonLat place;
    std::uint8_t river;
  };
  std::vector<Crossing> crossings;
};

struct DemoBridge {
  Bridge bridge;
  geodesy::LonLat place;
};

// Sections upgraded, built and secured in the bulletin's year add up to the published kilometres; the
// last section of each is cut where the sum is reached.
std::vector<DemoRoad> make_roads(const Description& description, const DemoGround& ground);
std::vector<DemoBridge> make_bridges(const Description& description, const DemoGround& ground,
                                     const std::vector<DemoRoad>& roads);

}  // namespace xiangtu::synth
