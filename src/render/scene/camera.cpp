#include "render/scene/camera.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geodesy/measure.hpp"

namespace xiangtu::render::scene {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double max_latitude = 85.05112877980659;  // where the Mercator square ends
constexpr double tile_pixels = 256;
constexpr double min_zoom = 1;
constexpr double max_zoom = 22;
constexpr double point_zoom = 14;

double scale_of(double zoom, double pixel_ratio) {
  return tile_pixels * std::exp2(std::clamp(zoom, min_zoom, max_zoom)) * pixel_ratio;
}

}  // namespace

// ln tan(π/4 + φ/2) as atanh(sin φ): one sine and one logarithm for every vertex that is drawn.
WorldPoint world_of(geodesy::LonLat position) {
  const double latitude = std::clamp(position.lat, -max_latitude, max_latitude) * pi / 180;
  const double sine = std::sin(latitude);
  return {position.lon / 360 + 0.5, 0.5 - std::log((1 + sine) / (1 - sine)) / (4 * pi)};
}

geodesy::LonLat lonlat_of(WorldPoint point) {
  return {(point.x - 0.5) * 360, std::atan(std::sinh((0.5 - point.y) * 2 * pi)) * 180 / pi};
}

WorldBox world_of(const geodesy::LonLatBox& box) {
  WorldBox world;
  if (box.empty()) return world;
  world.add(world_of(box.min));
  world.add(world_of(box.max));
  return world;
}

Camera::Camera(int width, int height, double pixel_ratio)
    : width_(std::max(width, 1)),
      height_(std::max(height, 1)),
      pixel_ratio_(pixel_ratio > 0 ? pixel_ratio : 1),
      pixels_per_world_(scale_of(min_zoom, pixel_ratio_)) {}

double Camera::zoom() const {
  return std::log2(pixels_per_world_ / (tile_pixels * pixel_ratio_));
}

WorldBox Camera::view() const {
  WorldBox box;
  box.add(to_world({0, 0}));
  box.add(to_world({static_cast<double>(width_), static_cast<double>(height_)}));
  return box;
}

ScreenPoint Camera::to_screen(WorldPoint point) const {
  return {(point.x - centre_.x) * pixels_per_world_ + width_ / 2.0,
          (point.y - centre_.y) * pixels_per_world_ + height_ / 2.0};
}

WorldPoint Camera::to_world(ScreenPoint pixel) const {
  return {centre_.x + (pixel.x - width_ / 2.0) / pixels_per_world_,
          centre_.y + (pixel.y - height_ / 2.0) / pixels_per_world_};
}

double Camera::metres_per_pixel() const {
  // A hundred pixels, but never more than a few degrees, so that the geodesic follows the parallel.
  const double half = std::min(50 / pixels_per_world_, 0.005);
  const geodesy::LonLat west = lonlat_of({centre_.x - half, centre_.y});
  const geodesy::LonLat east = lonlat_of({centre_.x + half, centre_.y});
  return geodesy::distance(west, east).value / (2 * half * pixels_per_world_);
}

void Camera::resize(int width, int height, double pixel_ratio) {
  const double kept_zoom = zoom();
  width_ = std::max(width, 1);
  height_ = std::max(height, 1);
  if (pixel_ratio <= 0 || pixel_ratio == pixel_ratio_) return;
  pixel_ratio_ = pixel_ratio;
  set_zoom(kept_zoom);
}

void Camera::set_zoom(double zoom) {
  pixels_per_world_ = scale_of(zoom, pixel_ratio_);
}

void Camera::move_to(geodesy::LonLat centre) {
  centre_ = world_of(centre);
}

void Camera::pan(double dx, double dy) {
  centre_.x = std::clamp(centre_.x - dx / pixels_per_world_, 0.0, 1.0);
  centre_.y = std::clamp(centre_.y - dy / pixels_per_world_, 0.0, 1.0);
}

void Camera::zoom_at(ScreenPoint pixel, double factor) {
  const WorldPoint anchor = to_world(pixel);
  set_zoom(zoom() + std::log2(factor));
  const WorldPoint moved = to_world(pixel);
  centre_.x = std::clamp(centre_.x + anchor.x - moved.x, 0.0, 1.0);
  centre_.y = std::clamp(centre_.y + anchor.y - moved.y, 0.0, 1.0);
}

void Camera::fit(const geodesy::LonLatBox& box, const Margins& margins) {
  if (box.empty()) return;
  const WorldBox world = world_of(box);
  const double width = std::max(width_ - margins.left - margins.right, 1.0);
  const double height = std::max(height_ - margins.top - margins.bottom, 1.0);
  const double across = world.max.x - world.min.x;
  const double down = world.max.y - world.min.y;
  const double limit = scale_of(across > 0 || down > 0 ? max_zoom : point_zoom, pixel_ratio_);
  const double scale_x = across > 0 ? width / across : limit;
  const double scale_y = down > 0 ? height / down : limit;
  pixels_per_world_ =
      std::clamp(std::min({scale_x, scale_y, limit}), scale_of(min_zoom, pixel_ratio_), limit);
  centre_ = world.centre();
  centre_.x -= (margins.left - margins.right) / 2 / pixels_per_world_;
  centre_.y -= (margins.top - margins.bottom) / 2 / pixels_per_world_;
}

}  // namespace xiangtu::render::scene
