// Who would come to be connected to the trunk network if places of the road network were joined: as if they
// were joined and reach was asked for again, as long as no village comes to stand on the joint itself.
// One-way roads count as if they were travelled both ways.
#pragma once

#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "network/components.hpp"
#include "network/foothold.hpp"
#include "reach/road_network.hpp"

namespace xiangtu::reach {

struct Gain {
  std::uint64_t villages = 0;
  double households = 0, population = 0;  // what is not known counts 0

  void add(const Gain& other) {
    villages += other.villages;
    households += other.households;
    population += other.population;
  }
  bool is_any() const { return villages > 0; }
  auto rank() const { return std::tuple{population, households, villages}; }
};

// What hangs together by the roads that are travelled for sure. The network outlives it.
class Gains {
 public:
  // Where each village stands, and what it counts.
  Gains(const RoadNetwork& network, std::span<const network::Foothold> footholds,
        std::span<const Gain> villages);

  // What a place of the network belongs to.
  struct Side {
    network::ComponentIx component;  // none: no travelled road is there
    bool has_trunk = false;
  };
  Side at(network::NodeIx node) const;
  Side at(std::uint32_t road, network::LinePlace place) const;

  Gain of_joining(const Side& a, const Side& b) const;
  bool is_connected(const network::Foothold& foothold) const;

 private:
  const RoadNetwork& network_;
  std::vector<std::uint8_t> open_;  // by edge
  network::Components components_;
  std::vector<std::uint8_t> has_trunk_;  // by component
  std::vector<Gain> without_trunk_;      // by component: the villages there; none where it has the trunk
};

}  // namespace xiangtu::reach
