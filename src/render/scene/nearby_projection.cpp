#include "render/scene/nearby_projection.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace xiangtu::render::scene {

// Taylor's series of y = 1/2 − atanh(sin φ) / 2π with s = 1/cos φ and t = tan φ: the derivatives of
// atanh(sin φ) are s, s t, s (2t² + 1), s t (6t² + 5) and s (24t⁴ + 28t² + 5), of which the last bounds what
// is left out.
NearbyProjection::NearbyProjection(const WorldBox& box, double most_wrong) {
  constexpr double around = 2 * std::numbers::pi, most_polar = 80;
  if (box.empty()) return;
  const double north = lonlat_of(box.min).lat, south = lonlat_of(box.max).lat;
  const double polar = std::max(std::abs(north), std::abs(south));
  if (polar > most_polar) return;
  latitude_ = (north + south) / 2;
  const double reach = (north - south) / 2 * radians;
  const auto fifth = [](double s, double t) { return s * ((24 * t * t + 28) * t * t + 5) / 120; };
  const double wrong =
      fifth(1 / std::cos(polar * radians), std::tan(polar * radians)) * std::pow(reach, 5) / around;
  is_near_ = wrong <= most_wrong;
  const double s = 1 / std::cos(latitude_ * radians), t = std::tan(latitude_ * radians);
  series_ = {world_of(geodesy::LonLat{0, latitude_}).y, s / around, s * t / 2 / around,
             s * (2 * t * t + 1) / 6 / around, s * t * (6 * t * t + 5) / 24 / around};
}

}  // namespace xiangtu::render::scene
