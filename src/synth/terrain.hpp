// Invented ground: sand on one side of a line, gullied loess on the other.
#pragma once

#include <vector>

#include "geodesy/position.hpp"
#include "synth/lattice.hpp"

namespace xiangtu::synth {

class Terrain {
 public:
  // Sand lies to the left (north) of the line.
  Terrain(const Lattice& lattice, const std::vector<geodesy::LonLat>& sand_divide, std::uint64_t seed);

  // 0 in the loess, 1 in the sand, between near the line.
  float sand(std::size_t cell) const { return sand_[cell]; }
  // Metres above the valley floors; steep and branching in the loess, gentle in the sand.
  float height_m(std::size_t cell) const { return height_[cell]; }

 private:
  std::vector<float> sand_, height_;
};

}  // namespace xiangtu::synth
