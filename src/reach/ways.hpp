// How far villages are from what they are to reach, over the roads that are travelled for sure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/components.hpp"
#include "network/shortest_distances.hpp"
#include "reach/footing.hpp"
#include "reach/road_network.hpp"
#include "reach/villages.hpp"

namespace xiangtu::reach {

enum class Destination : std::uint8_t {
  trunk,  // the roads of class G and S
  seat,   // of a village's own township
};

// The line of a village's way, from its position to where the way ends; none where no way leads there.
using WayLine = std::vector<geodesy::LonLat>;

// By village, with the way to the road; infinite where no way leads there. open: by edge. lines: null, or one
// per village to fill.
std::vector<double> metres_to_trunk(const RoadNetwork& network, const Villages& villages,
                                    std::span<const std::uint8_t> open, std::vector<WayLine>* lines,
                                    const Progress& progress);
// The way from the seat to its road counts as well. 0 for a village at the seat's very position.
std::vector<double> metres_to_seats(const RoadNetwork& network, const Villages& villages,
                                    std::span<const Township> townships, std::span<const std::uint8_t> open,
                                    std::vector<WayLine>* lines, Progress& progress);

// Which villages a way may lead from when all that is not known of roads and bridges turns out well: asked
// only of those that no sure way leads from, whose metres are infinite.
class PossibleWays {
 public:
  PossibleWays(const RoadNetwork& network, const Footing& footing);

  std::vector<std::uint8_t> to_trunk(const Villages& villages, std::span<const double> metres,
                                     const Progress& progress) const;
  std::vector<std::uint8_t> to_seats(const Villages& villages, std::span<const Township> townships,
                                     std::span<const double> metres, const Progress& progress) const;

 private:
  // Ascending.
  std::vector<network::ComponentIx> components_at(geodesy::LonLat position,
                                                  const network::Foothold& own) const;

  const RoadNetwork& network_;
  const Footing& footing_;
  network::Components components_;
};

}  // namespace xiangtu::reach
