// The charts beside the table of figures.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "viewer/chart_data.hpp"

namespace xiangtu::viewer {

struct Region;

enum class ChartKind : std::uint8_t { bars, distances };

struct ChartState {
  bool shown = false;
  ChartKind kind = ChartKind::bars;
  // Measured in the background when they are first looked at, for the region that they belong to.
  std::shared_ptr<const workspace::VillageDistances> distances;
  std::shared_ptr<const Region> region;
  bool measuring = false;
  // Of the distances, for the parent that was looked at last.
  std::optional<DistanceHistogram> histogram;
  UnitIx histogram_of;
};

}  // namespace xiangtu::viewer
