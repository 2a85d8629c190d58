// What is under a pixel.
#pragma once

#include <vector>

#include "render/scene/camera.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

struct Picked {
  LayerId layer;
  RowIx row;
  double distance_px = 0;  // device pixels from the pointer; 0 inside a polygon
};

// All visible features within tolerance_px of the pixel (points and lines) or around it (polygons),
// topmost layer first, within a layer nearest first, then by row. Layers and styles that are hidden at
// this zoom cannot be picked. Linear in the rows whose boxes are near; exact on the original geometry.
std::vector<Picked> pick(const Scene& scene, const Camera& camera, ScreenPoint pixel,
                         double tolerance_px = 6);

}  // namespace xiangtu::render::scene
