// On which side of a line a position lies, without rounding error.
#pragma once

#include <cmath>

#include "geodesy/position.hpp"

namespace xiangtu::network {

// Twice the signed area of the triangle a, b, p in the plane of longitude and latitude: positive when p lies
// left of the line from a to b. The sign is always right, 0 only on the line: where the error bound of the
// double result leaves doubt (Shewchuk 1997, "Adaptive precision floating-point arithmetic", orient2d's first
// stage), it is computed again with 113 bits.
inline double side_of_line(geodesy::LonLat a, geodesy::LonLat b, geodesy::LonLat p) {
  const double left = (a.lon - p.lon) * (b.lat - p.lat), right = (a.lat - p.lat) * (b.lon - p.lon);
  const double area = left - right;
  constexpr double bound = 3.3306690738754716e-16;  // (3 + 16 ε) ε with ε = 2^-53
  if (std::abs(area) > bound * (std::abs(left) + std::abs(right))) return area;
  if (p == a || p == b) return 0;
  __extension__ using Exact = __float128;
  const Exact exact =
      (Exact{a.lon} - p.lon) * (Exact{b.lat} - p.lat) - (Exact{a.lat} - p.lat) * (Exact{b.lon} - p.lon);
  return static_cast<double>(exact);
}

}  // namespace xiangtu::network
