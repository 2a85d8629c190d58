// The projection of many vertices that are near each other: a few multiplications each, where world_of()
// needs a sine and a logarithm.
#pragma once

#include <array>

#include "render/scene/camera.hpp"

namespace xiangtu::render::scene {

class NearbyProjection {
 public:
  // For vertices within the box, wrong by at most this much (world units): where the box is too large for
  // that, world_of() is asked.
  NearbyProjection(const WorldBox& box, double most_wrong);

  WorldPoint operator()(geodesy::LonLat vertex) const {
    if (!is_near_) return world_of(vertex);
    const double up = (vertex.lat - latitude_) * radians;
    const auto& [y, first, second, third, fourth] = series_;
    return {vertex.lon / 360 + 0.5, y - up * (first + up * (second + up * (third + up * fourth)))};
  }

 private:
  static constexpr double radians = 0.017453292519943295;

  bool is_near_ = false;
  double latitude_ = 0;  // about which the series is
  std::array<double, 5> series_{};
};

}  // namespace xiangtu::render::scene
