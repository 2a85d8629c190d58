// Invented ground: sand on one side of a line, gullied loess on the other, rivers in their valleys.
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.hpp"
#include "geodesy/position.hpp"
#include "synth/lattice.hpp"

namespace xiangtu::synth {

class Terrain {
 public:
  // Sand lies to the left (north) of the line; each river is the places it passes. After a requested stop
  // the ground is flat where it was not reached yet.
  Terrain(const Lattice& lattice, const std::vector<geodesy::LonLat>& sand_divide,
          const std::vector<std::vector<geodesy::LonLat>>& rivers, std::uint64_t seed,
          const Progress& progress);

  // 0 in the loess, 1 in the sand, between near the line.
  float sand(std::size_t cell) const { return sand_[cell]; }
  // Metres above the valley floors; steep and branching in the loess, gentle in the sand.
  float height_m(std::size_t cell) const { return height_[cell]; }
  // How hard going is for reasons of its own, 0–1: roads bend around it.
  float roughness(std::size_t cell) const { return roughness_[cell]; }
  // The number of the river in the cell, from 0, or none. Its cells hang together side by side.
  static constexpr std::uint8_t no_river = 255;
  std::uint8_t river(std::size_t cell) const { return river_[cell]; }

 private:
  void carve(const Lattice& lattice, const std::vector<geodesy::LonLat>& river, std::uint8_t number,
             std::uint64_t seed);
  void lower_valleys(const Lattice& lattice);

  std::vector<float> sand_, height_, roughness_;
  std::vector<std::uint8_t> river_;
};

}  // namespace xiangtu::synth
