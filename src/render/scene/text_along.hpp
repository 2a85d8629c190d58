// A text along a line, character by character.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "render/scene/labels.hpp"
#include "render/scene/piece.hpp"

namespace xiangtu::render::scene {

// A character of UTF-8 text with the combining marks that follow it.
struct TextCluster {
  std::string_view text;
  bool ideograph = false;  // as high as it is wide: may stand upright in a column
  double advance = 0;      // device pixels
};
std::vector<TextCluster> clusters_of(std::string_view utf8);

// A line in level pixels from an origin, and where it is on the screen.
struct LineOnScreen {
  std::span<const SegmentVertex> vertices;  // at least two
  ScreenPoint origin;
  double scale = 1;  // device pixels a level pixel
};

// The text with its middle at a place along the line (level pixels), and the middle of its characters so far
// beside the line (device pixels): above it, or where it reads downwards on the right; below when negative.
// Reads from left to right, never upside down; ideographs on a line that is steeper than it is flat stand in
// a column, read downwards, as on Chinese maps. Nothing where the line is too short or bends too sharply.
std::optional<std::vector<LabelGlyph>> text_along(const LineOnScreen& line, double middle, double beside,
                                                  std::span<const TextCluster> clusters, double size);

}  // namespace xiangtu::render::scene
