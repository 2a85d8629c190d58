// Which names are written and where: greedy by priority, free of collisions, stable while panning
// (a name's claim depends on its own priority only, ties by layer and row).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "render/scene/camera.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

// The names of all features of the visible layers, one after another: what labels may show.
std::string names_on(const Scene& scene);

// Width of a text in device pixels at a size in device pixels.
using MeasureText = std::function<double(std::string_view text, double size)>;

struct PlacedLabel {
  std::string text;
  ScreenPoint left_baseline;  // device pixels, rounded
  double size = 12;           // device pixels
  Colour colour, halo;
  LayerId layer;
  RowIx row;
};

struct LabelOptions {
  std::size_t limit = 400;  // labels on one picture
};

std::vector<PlacedLabel> place_labels(const Scene& scene, const Camera& camera, const MeasureText& measure,
                                      const LabelOptions& options = {});

}  // namespace xiangtu::render::scene
