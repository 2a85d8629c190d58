#include "raster/web_tile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace xiangtu::raster {

namespace {

constexpr double radius = 6378137;  // of the sphere of EPSG:3857, in metres
constexpr double half_world = radius * std::numbers::pi;

}  // namespace

MercatorBox box_of(const WebTile& tile) {
  const double side = 2 * half_world / std::exp2(tile.zoom);
  const double west = tile.column * side - half_world, north = half_world - tile.row * side;
  return {west, north - side, west + side, north};
}

MercatorBox box_of(const geodesy::LonLatBox& box) {
  constexpr double degree = std::numbers::pi / 180;
  const auto northing = [](double latitude) {
    const double clamped = std::clamp(latitude, -89.9, 89.9) * degree;
    return std::clamp(radius * std::asinh(std::tan(clamped)), -half_world, half_world);
  };
  return {radius * degree * box.min.lon, northing(box.min.lat), radius * degree * box.max.lon,
          northing(box.max.lat)};
}

MercatorBox intersection(const MercatorBox& a, const MercatorBox& b) {
  return {std::max(a.west, b.west), std::max(a.south, b.south), std::min(a.east, b.east),
          std::min(a.north, b.north)};
}

double pixel_size(int zoom) {
  return 2 * half_world / tile_pixels / std::exp2(zoom);
}

double ground_scale(double northing) {
  return 1 / std::cosh(northing / radius);
}

}  // namespace xiangtu::raster
