// Positions with their frame in the type: no bare pair of doubles crosses a folder.
#pragma once

#include <algorithm>
#include <limits>

namespace xiangtu::geodesy {

// Geographic position in degrees on the working ellipsoid (CGCS2000; WGS 84 agrees to decimetres).
// lon in [-180, 180], lat in [-90, 90]. Every table in memory holds its geometry in this frame.
struct LonLat {
  double lon = 0;
  double lat = 0;
  bool operator==(const LonLat&) const = default;
};

// Axis-parallel box in degrees; empty until something is added. Boxes do not cross 180°.
struct LonLatBox {
  LonLat min{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  LonLat max{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  bool empty() const { return min.lon > max.lon; }
  void add(LonLat p) {
    min = {std::min(min.lon, p.lon), std::min(min.lat, p.lat)};
    max = {std::max(max.lon, p.lon), std::max(max.lat, p.lat)};
  }
  void add(const LonLatBox& box) {
    if (box.empty()) return;
    add(box.min);
    add(box.max);
  }
  bool intersects(const LonLatBox& other) const {
    return min.lon <= other.max.lon && other.min.lon <= max.lon && min.lat <= other.max.lat &&
           other.min.lat <= max.lat;
  }
  bool contains(LonLat p) const {
    return p.lon >= min.lon && p.lon <= max.lon && p.lat >= min.lat && p.lat <= max.lat;
  }
  LonLat centre() const { return {(min.lon + max.lon) / 2, (min.lat + max.lat) / 2}; }
  bool operator==(const LonLatBox&) const = default;
};

}  // namespace xiangtu::geodesy
