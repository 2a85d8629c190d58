// The tiles of web maps: the spherical Mercator square (EPSG:3857) cut into 2^zoom × 2^zoom tiles of
// 256 × 256 pixels, columns from 180°W, rows from 85.0511°N.
#pragma once

#include <compare>

#include "geodesy/position.hpp"

namespace xiangtu::raster {

inline constexpr int tile_pixels = 256;
inline constexpr int closest_zoom = 24;

struct WebTile {
  int zoom = 0;
  int column = 0;
  int row = 0;
  auto operator<=>(const WebTile&) const = default;

  // The tile `levels` coarser that holds this one; levels ≤ zoom.
  WebTile above(int levels = 1) const { return {zoom - levels, column >> levels, row >> levels}; }
};

// Metres of EPSG:3857, which are longer on the map than on the ground: by 1 / cos(latitude).
struct MercatorBox {
  double west = 0, south = 0, east = 0, north = 0;
  bool empty() const { return west >= east || south >= north; }
};

MercatorBox box_of(const WebTile& tile);
// Latitudes beyond ±85.0511° go to the edge of the square.
MercatorBox box_of(const geodesy::LonLatBox& box);
MercatorBox intersection(const MercatorBox& a, const MercatorBox& b);
// Side of a pixel of a zoom in metres of EPSG:3857.
double pixel_size(int zoom);
// Metres on the ground (of the sphere: 0.7 % off at most) of a metre of EPSG:3857 at a northing.
double ground_scale(double northing);

}  // namespace xiangtu::raster
