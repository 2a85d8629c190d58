#include "render/gl/draw_map.hpp"

#include <thread>

#include "render/gl/context.hpp"
#include "render/gl/map_renderer.hpp"
#include "render/gl/target.hpp"

namespace xiangtu::render::gl {

Result<scene::Image> draw_map(scene::Scene& scene, const scene::MapSheet& sheet,
                              const std::vector<text::FontFile>& fonts, Progress& progress) {
  if (const Status size = scene::check_size(sheet); !size) return size.issue();
  const scene::Rect place = scene::map_place(sheet);
  const scene::Camera camera = scene::camera_of(sheet, sheet.extent.value_or(scene.box()));
  // Making a context takes as long as building the tiles of a small part. The scene is only theirs meanwhile.
  std::jthread settling([&] { scene.settle(camera, progress); });
  Result<OffscreenContext> context = OffscreenContext::create();
  if (!context) return context.issue();
  Result<MapRenderer> renderer = MapRenderer::create(fonts);
  if (!renderer) return renderer.issue();
  Result<OffscreenTarget> target = OffscreenTarget::create(sheet.width, sheet.height);
  if (!target) return target.issue();

  settling.join();
  if (progress.stop_requested()) return cancelled_issue();

  target->bind();
  const int left = static_cast<int>(place.x);
  const int bottom = sheet.height - static_cast<int>(place.y) - camera.height();
  const scene::Furniture furniture = scene::furniture_of(sheet, scene, camera, renderer->measure());
  renderer->draw(scene, camera, left, bottom,
                 {sheet.labels, true, 0, sheet.graticule, scene::covered_map(sheet, furniture)});
  renderer->draw(furniture, 0, 0, sheet.width, sheet.height, sheet.pixel_ratio());
  return target->read();
}

}  // namespace xiangtu::render::gl
