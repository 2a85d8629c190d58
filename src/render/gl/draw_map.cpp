#include "render/gl/draw_map.hpp"

#include "render/gl/context.hpp"
#include "render/gl/map_renderer.hpp"
#include "render/gl/target.hpp"

namespace xiangtu::render::gl {

namespace {

constexpr int min_side = 64;
constexpr int max_side = 16384;
constexpr double css_dpi = 96;

Status check_size(const MapSheet& sheet) {
  const bool good = sheet.width >= min_side && sheet.width <= max_side && sheet.height >= min_side &&
                    sheet.height <= max_side && sheet.dpi >= 24 && sheet.dpi <= 2400;
  if (good) return {};
  return Issue{
      IssueCode::usage,
      "a picture of {0} × {1} pixels at {2} dpi cannot be drawn; each side must be {3} to {4} pixels and the "
      "resolution 24 to 2400 dpi",
      sheet.width,
      sheet.height,
      sheet.dpi,
      min_side,
      max_side};
}

double pixel_ratio(const MapSheet& sheet) {
  return sheet.dpi / css_dpi;
}

scene::Rect place_of(const MapSheet& sheet) {
  return scene::map_rect(sheet.width, sheet.height, pixel_ratio(sheet), sheet.texts, sheet.furniture);
}

}  // namespace

scene::Camera camera_of(const MapSheet& sheet, const geodesy::LonLatBox& extent) {
  const scene::Rect place = place_of(sheet);
  scene::Camera camera{static_cast<int>(place.width), static_cast<int>(place.height), pixel_ratio(sheet)};
  const double margin = std::min(14 * pixel_ratio(sheet), place.width / 8);
  camera.fit(extent, {margin, margin, margin, margin});
  return camera;
}

geodesy::LonLatBox view_of(const MapSheet& sheet) {
  constexpr double reach = 160;  // style pixels
  const scene::Camera camera = camera_of(sheet, sheet.extent.value_or(geodesy::LonLatBox{}));
  const double beyond = reach * pixel_ratio(sheet);
  geodesy::LonLatBox box;
  box.add(camera.to_lonlat({-beyond, -beyond}));
  box.add(camera.to_lonlat({camera.width() + beyond, camera.height() + beyond}));
  return box;
}

Result<scene::Image> draw_map(scene::Scene& scene, const MapSheet& sheet, const std::vector<FontFile>& fonts,
                              Progress& progress) {
  if (const Status size = check_size(sheet); !size) return size.issue();
  Result<OffscreenContext> context = OffscreenContext::create();
  if (!context) return context.issue();
  Result<MapRenderer> renderer = MapRenderer::create(fonts);
  if (!renderer) return renderer.issue();
  Result<OffscreenTarget> target = OffscreenTarget::create(sheet.width, sheet.height);
  if (!target) return target.issue();

  const double ratio = pixel_ratio(sheet);
  const scene::Rect place = place_of(sheet);
  const scene::Camera camera = camera_of(sheet, sheet.extent.value_or(scene.box()));
  scene.settle(camera, progress);
  if (progress.stop_requested()) return cancelled_issue();

  target->bind();
  const int left = static_cast<int>(place.x);
  const int bottom = sheet.height - static_cast<int>(place.y) - camera.height();
  renderer->draw(scene, camera, left, bottom, {sheet.labels, true, 0});
  const std::vector<scene::LegendEntry> legend = scene::legend_of(scene, camera, sheet.texts.language);
  const scene::Furniture furniture =
      scene::layout(sheet.width, sheet.height, camera, sheet.texts, legend, scene.styles().paper,
                    renderer->measure(), sheet.furniture);
  renderer->draw(furniture, 0, 0, sheet.width, sheet.height, ratio);
  return target->read();
}

}  // namespace xiangtu::render::gl
