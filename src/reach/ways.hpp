// How far villages are from what they are to reach, over the roads that are travelled for sure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "network/components.hpp"
#include "network/foothold.hpp"
#include "reach/footing.hpp"
#include "reach/road_network.hpp"
#include "reach/seats.hpp"

namespace xiangtu::reach {

enum class Destination : std::uint8_t {
  trunk,  // the roads of class G and S
  seat,   // of a village's own township
};

// The villages that are asked about: all spans of one length.
struct Villages {
  const table::GeometryColumn& places;
  std::span<const RowIx> rows;
  std::span<const UnitIx> units;
  std::span<const network::Foothold> footholds;

  std::size_t size() const { return rows.size(); }
};

// Townships with their seats and villages.
struct Township {
  UnitIx unit;
  geodesy::LonLat seat;
  network::Foothold foothold;           // of the seat
  std::vector<std::uint32_t> villages;  // positions among those asked about
};
std::vector<Township> townships_of(const atlas::Hierarchy& hierarchy, const Villages& villages,
                                   std::span<const Seat> seats, const Footing& footing);

// By village, with the way to the road; infinite where no way leads there. open: by edge.
std::vector<double> metres_to_trunk(const RoadNetwork& network, const Villages& villages,
                                    std::span<const std::uint8_t> open, const Progress& progress);
// The way from the seat to its road counts as well. 0 for a village at the seat's very position.
std::vector<double> metres_to_seats(const RoadNetwork& network, const Villages& villages,
                                    std::span<const Township> townships, std::span<const std::uint8_t> open,
                                    Progress& progress);

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
