#include "render/scene/sheet.hpp"

#include <algorithm>

namespace xiangtu::render::scene {

Status check_size(const MapSheet& sheet) {
  const bool good = sheet.width >= smallest_side && sheet.width <= largest_side && sheet.height >= smallest_side &&
                    sheet.height <= largest_side && sheet.dpi >= 24 && sheet.dpi <= 2400;
  if (good) return {};
  return Issue{
      IssueCode::usage,
      "a picture of {0} × {1} pixels at {2} dpi cannot be drawn; each side must be {3} to {4} pixels and the "
      "resolution 24 to 2400 dpi",
      sheet.width,
      sheet.height,
      sheet.dpi,
      smallest_side,
      largest_side};
}

Rect map_place(const MapSheet& sheet) {
  return map_rect(sheet.width, sheet.height, sheet.pixel_ratio(), sheet.texts, sheet.furniture);
}

Camera camera_of(const MapSheet& sheet, const geodesy::LonLatBox& extent) {
  const Rect place = map_place(sheet);
  Camera camera{static_cast<int>(place.width), static_cast<int>(place.height), sheet.pixel_ratio()};
  const double margin = std::min(14 * sheet.pixel_ratio(), place.width / 8);
  camera.fit(extent, {margin, margin, margin, margin});
  return camera;
}

geodesy::LonLatBox view_of(const MapSheet& sheet) {
  constexpr double reach = 160;  // style pixels
  const Camera camera = camera_of(sheet, sheet.extent.value_or(geodesy::LonLatBox{}));
  const double beyond = reach * sheet.pixel_ratio();
  geodesy::LonLatBox box;
  box.add(camera.to_lonlat({-beyond, -beyond}));
  box.add(camera.to_lonlat({camera.width() + beyond, camera.height() + beyond}));
  return box;
}

Furniture furniture_of(const MapSheet& sheet, const Scene& scene, const Camera& camera,
                       const MeasureText& measure) {
  return layout(sheet.width, sheet.height, camera, sheet.texts,
                legend_of(scene, camera, sheet.texts.language), scene.styles().paper, measure,
                sheet.furniture);
}

std::vector<ScreenBox> covered_map(const MapSheet& sheet, const Furniture& furniture) {
  const Rect map = map_place(sheet);
  std::vector<ScreenBox> boxes;
  for (const FurnitureBox& box : furniture.boxes) {
    const Rect& r = box.rect;
    if (box.fill.a > 0 && r.x >= map.x && r.y >= map.y && r.x + r.width <= map.x + map.width &&
        r.y + r.height <= map.y + map.height)
      boxes.push_back({r.x - map.x, r.y - map.y, r.x + r.width - map.x, r.y + r.height - map.y});
  }
  return boxes;
}

}  // namespace xiangtu::render::scene
