// A flight of the camera that is under way.
#pragma once

#include <optional>

#include "render/scene/flight.hpp"

namespace xiangtu::viewer {

struct FlightState {
  std::optional<render::scene::Flight> flight;
  double seconds = 0;                  // since it began
  render::scene::Camera camera{1, 1};  // where it brought the camera last: moved from there, it is over
};

}  // namespace xiangtu::viewer
