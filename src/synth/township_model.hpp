// What stands in one township of a synthetic region. Made anew from its number whenever a layer needs
// it, so that nothing has to be kept.
#pragma once

#include <cstdint>
#include <vector>

#include "synth/grid.hpp"
#include "synth/records.hpp"

namespace xiangtu::synth {

struct PlacedNatural {
  NaturalVillage village;
  geodesy::LonLat place;
};

struct PlacedAdmin {
  AdminVillage village;
  geodesy::LonLat place;
  std::vector<PlacedNatural> naturals;
};

struct PlacedRoad {
  Road road;
  std::vector<geodesy::LonLat> line;
};

struct PlacedBridge {
  Bridge bridge;
  geodesy::LonLat place;
};

class TownshipModel {
 public:
  // natural: how many natural villages it has; first_road: the number of its first road section.
  TownshipModel(const Grid& grid, std::uint64_t township, std::uint64_t natural, std::uint64_t seed);

  const std::vector<PlacedAdmin>& villages() const { return villages_; }
  // Sections with shared ends: from the town to its neighbours east and north, to its villages, and
  // on to their natural villages.
  std::vector<PlacedRoad> roads() const;
  // About 0.6 a natural village, each on a vertex of a road.
  std::vector<PlacedBridge> bridges(const std::vector<PlacedRoad>& roads) const;

 private:
  void make_villages(std::uint64_t natural);

  const Grid& grid_;
  Grid::Cell cell_;
  std::string code_, county_code_;
  std::uint64_t seed_;
  std::vector<PlacedAdmin> villages_;
};

}  // namespace xiangtu::synth
