// What the charts show, prepared from the same figures as the table and the map.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "atlas/atlas.hpp"
#include "indicators/coverage.hpp"
#include "render/scene/choropleth.hpp"
#include "workspace/village_card.hpp"

namespace xiangtu::viewer {

struct Bar {
  UnitIx unit;
  indicators::Figure figure;                    // as in the table
  std::optional<render::scene::Colour> colour;  // of its class on the map; none: unknown, or not coloured
};

// Bars of some rows of the table, in their order. choropleth: the colours of the map where it shows this
// indicator; null for none.
std::vector<Bar> unit_bars(const indicators::CoverageTable& table, std::span<const std::size_t> rows,
                           std::size_t indicator, const render::scene::Choropleth* choropleth);
// Up to where the bars reach, with their upper bounds; 1 for nothing. A fraction never ends beyond 1.
double bar_scale(std::span<const Bar> bars, bool fraction);

// Villages by their distance to the nearest hardened road.
struct DistanceBin {
  double from_m = 0, to_m = 0;   // from_m < distance ≤ to_m; the first also holds 0, the last has no end
  std::vector<RowIx> rows;       // of the layer of villages, ascending
  std::size_t maybe_nearer = 0;  // of them: a road of unknown surface is near enough for a lower bin
};
struct DistanceHistogram {
  std::vector<DistanceBin> bins;
  std::size_t villages = 0;  // with a position, in all bins
  std::size_t unplaced = 0;  // without one
  std::size_t most = 0;      // in one bin
};

// Ends of the bins: round numbers with the thresholds among them, ascending; the last bin goes on beyond.
std::vector<double> distance_ends(double reach_m, double near_m);
// Of the villages of a unit.
DistanceHistogram distance_histogram(const workspace::VillageDistances& distances, const atlas::Atlas& atlas,
                                     UnitIx parent, std::span<const double> ends_m);

}  // namespace xiangtu::viewer
