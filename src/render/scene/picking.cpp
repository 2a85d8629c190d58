#include "render/scene/picking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace xiangtu::render::scene {

namespace {

using table::GeometryColumn;
using table::GeometryKind;

double distance_to_segment(ScreenPoint p, ScreenPoint a, ScreenPoint b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double squared = dx * dx + dy * dy;
  const double t = squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

double distance_to_line(std::span<const geodesy::LonLat> line, const Camera& camera, ScreenPoint pixel) {
  double nearest = std::numeric_limits<double>::infinity();
  if (line.empty()) return nearest;
  ScreenPoint last = camera.to_screen(line.front());
  for (const geodesy::LonLat vertex : line) {
    const ScreenPoint next = camera.to_screen(vertex);
    nearest = std::min(nearest, distance_to_segment(pixel, last, next));
    last = next;
  }
  return nearest;
}

// Even-odd over all rings, in the projection: straight edges as they are drawn.
bool inside(const GeometryColumn& geometry, std::size_t row, WorldPoint p) {
  bool in = false;
  for (std::size_t part = geometry.part_begin(row); part < geometry.part_end(row); ++part) {
    const auto ring = geometry.part(part);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const WorldPoint a = world_of(ring[i]);
      const WorldPoint b = world_of(ring[i + 1]);
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
    }
  }
  return in;
}

double distance_px(const MapLayer& layer, std::size_t row, const Camera& camera, ScreenPoint pixel) {
  const GeometryColumn& geometry = layer.table->geometry;
  switch (geometry.kind()) {
    case GeometryKind::point: {
      const ScreenPoint at = camera.to_screen(geometry.vertices_of(row).front());
      const double radius =
          layer.rows->styles[layer.rows->style_of_row[row]].symbol.size.at(camera.zoom()) / 2;
      return std::max(std::hypot(at.x - pixel.x, at.y - pixel.y) - radius * camera.pixel_ratio(), 0.0);
    }
    case GeometryKind::line: {
      double nearest = std::numeric_limits<double>::infinity();
      for (std::size_t part = geometry.part_begin(row); part < geometry.part_end(row); ++part)
        nearest = std::min(nearest, distance_to_line(geometry.part(part), camera, pixel));
      const double width = layer.rows->styles[layer.rows->style_of_row[row]].line.width.at(camera.zoom());
      return std::max(nearest - width / 2 * camera.pixel_ratio(), 0.0);
    }
    case GeometryKind::polygon:
      return inside(geometry, row, camera.to_world(pixel)) ? 0 : std::numeric_limits<double>::infinity();
    case GeometryKind::none:
      break;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace

std::vector<Picked> pick(const Scene& scene, const Camera& camera, ScreenPoint pixel, double tolerance_px) {
  // Symbols and wide lines reach out of their boxes.
  const double reach = tolerance_px + 20 * camera.pixel_ratio();
  WorldBox near;
  near.add(camera.to_world({pixel.x - reach, pixel.y - reach}));
  near.add(camera.to_world({pixel.x + reach, pixel.y + reach}));
  std::vector<Picked> result;
  const auto& layers = scene.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (!layer->look.visible) continue;
    const auto first = static_cast<std::ptrdiff_t>(result.size());
    for (const RowIx row : scene.rows_near(*layer, camera, near)) {
      if (!layer->rows->styles[layer->rows->style_of(row).value].visible_at(camera.zoom())) continue;
      const double distance = distance_px(*layer, row.value, camera, pixel);
      if (distance <= tolerance_px) result.push_back({layer->id, row, distance});
    }
    std::stable_sort(result.begin() + first, result.end(),
                     [](const Picked& a, const Picked& b) { return a.distance_px < b.distance_px; });
  }
  return result;
}

}  // namespace xiangtu::render::scene
