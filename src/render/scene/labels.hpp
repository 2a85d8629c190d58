// Which texts are written and where: greedy by priority and free of collisions. Stable while panning: places
// are fixed in the world, a text's claim depends on its own priority only (ties by importance, layer and
// row), and what lies just outside of the view has its say as well.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/scene/camera.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/screen_box.hpp"

namespace xiangtu::render::scene {

// All texts that labels of the visible layers may show, one after another, but those that every font has
// (ASCII).
std::string names_on(const Scene& scene);

// Width of a text in device pixels at a size in device pixels.
using MeasureText = std::function<double(std::string_view text, double size)>;

// A character (with the marks that belong to it) on a line.
struct LabelGlyph {
  std::string text;
  ScreenPoint left_baseline;  // device pixels
  double angle = 0;           // radians, clockwise about left_baseline
};

// What is drawn under a label that stands in a box; device pixels, rounded.
struct LabelBox {
  ScreenPoint min, max;
  double radius = 0;  // of the corners
  double outline_width = 0;
  Colour fill, outline;
};

struct PlacedLabel {
  std::string text;
  ScreenPoint left_baseline;  // device pixels, rounded
  double size = 12;           // device pixels
  Colour colour, halo;
  LayerId layer;
  RowIx row;
  std::vector<LabelGlyph> glyphs;  // along a line: drawn in place of the upright text
  std::optional<LabelBox> box;
};

struct LabelOptions {
  // In a window that is panned, texts at its edges are cut by them; on a picture none is written that does
  // not fit.
  bool cut_at_edges = false;
  std::vector<ScreenBox> keep_free;  // what will be drawn over the map
};

std::vector<PlacedLabel> place_labels(const Scene& scene, const Camera& camera, const MeasureText& measure,
                                      const LabelOptions& options = {});

}  // namespace xiangtu::render::scene
