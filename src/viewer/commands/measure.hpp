// What has been drawn with a measuring tool, measured on the ellipsoid.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/quantities.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

struct Measurement {
  std::vector<Metres> segments;      // between the points in order; of an area also the closing one
  Metres length;                     // their sum
  std::optional<SquareMetres> area;  // of three points and more, whichever way round they run
};

bool is_measuring(const ToolState& tool);
// pointer: where the next point would be, while the figure is not finished.
Measurement measure(const ToolState& tool, std::optional<geodesy::LonLat> pointer);
// The result to be shown at the pointer or copied; empty where there is nothing to measure yet.
std::string measurement_text(const ToolState& tool, const Measurement& measured, const Catalogue& t);

}  // namespace xiangtu::viewer
