// A sheet drawn with OpenGL into memory: the map as the window shows it.
#pragma once

#include <catch2/catch.hpp>

#include "render/gl/context.hpp"
#include "render/gl/golden.hpp"
#include "render/gl/map_renderer.hpp"
#include "render/gl/target.hpp"
#include "render/scene/sheet.hpp"

namespace xiangtu::test {

inline Image sheet_in_gl(render::scene::Scene& scene, const render::scene::MapSheet& sheet) {
  namespace gl = render::gl;
  const render::scene::Rect place = map_place(sheet);
  const render::scene::Camera camera = camera_of(sheet, sheet.extent.value_or(scene.box()));
  Progress progress;
  scene.settle(camera, progress);
  auto context = gl::OffscreenContext::create();
  auto renderer = gl::MapRenderer::create(test_fonts());
  auto target = gl::OffscreenTarget::create(sheet.width, sheet.height);
  if (!context || !renderer || !target) FAIL("no OpenGL");
  target->bind();
  const int bottom = sheet.height - static_cast<int>(place.y) - camera.height();
  const render::scene::Furniture furniture = furniture_of(sheet, scene, camera, renderer->measure());
  renderer->draw(scene, camera, static_cast<int>(place.x), bottom,
                 {sheet.labels, true, 0, sheet.graticule, covered_map(sheet, furniture)});
  renderer->draw(furniture, 0, 0, sheet.width, sheet.height, sheet.pixel_ratio());
  return target->read();
}

}  // namespace xiangtu::test
