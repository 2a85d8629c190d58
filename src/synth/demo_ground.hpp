// Where everything of a demonstration map lies: units, villages, roads. Attributes come later.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "synth/borders.hpp"
#include "synth/description.hpp"
#include "synth/lattice.hpp"
#include "synth/road_network.hpp"
#include "synth/terrain.hpp"

namespace xiangtu::synth {

struct DemoTownship {
  std::size_t county = 0;  // among the description's
  std::size_t seat = 0;    // cell
};

struct DemoVillage {
  std::size_t township = 0;
  std::size_t cell = 0;
  geodesy::LonLat place;
  bool committee = false;  // 村委会; else 居委会
  struct Hamlet {
    std::size_t cell;
    geodesy::LonLat place;
  };
  std::vector<Hamlet> hamlets;  // natural villages; committees only
};

// A road from one place to another: what its sections are named and coded after.
struct DemoRoute {
  Rank rank = Rank::none;
  std::string code;      // of a trunk road; the others are numbered later
  std::string from, to;  // names of places; `from` alone for roads that serve one village
};

class DemoGround {
 public:
  // After a requested stop only the beginning of it is there.
  DemoGround(const Description& description, Progress& progress);

  const std::vector<DemoTownship>& townships() const { return townships_; }  // as in the description
  const std::vector<DemoVillage>& villages() const { return villages_; }     // as in the description
  std::vector<geodesy::LonLat> township_ring(std::size_t township) const;
  std::vector<geodesy::LonLat> county_ring(std::size_t county) const;
  std::vector<Section> sections() const { return roads_.sections(); }
  // A section's route is its position here.
  const std::vector<DemoRoute>& routes() const { return routes_; }
  const Terrain& terrain() const { return terrain_; }
  std::size_t county_of_cell(std::size_t cell) const;  // of land

 private:
  void divide();
  void place_villages();
  void place_hamlets(DemoVillage& village, std::uint64_t seed);
  void lay_roads();
  void lay_highways();
  void lay_county_roads();
  void lay_village_roads();
  std::uint32_t new_route(DemoRoute route);
  bool well_inside(std::size_t cell, std::int32_t label, int margin) const;

  const Description& description_;
  Progress& progress_;
  std::vector<geodesy::LonLat> outline_;
  Lattice lattice_;
  std::vector<std::uint8_t> land_;
  Terrain terrain_;
  std::vector<std::int32_t> labels_;  // township of each cell, or −1
  std::vector<DemoTownship> townships_;
  std::vector<std::vector<std::size_t>> cells_of_township_;
  std::vector<DemoVillage> villages_;
  RoadNetwork roads_;
  std::vector<DemoRoute> routes_;
};

}  // namespace xiangtu::synth
