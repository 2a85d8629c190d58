// The geometry that marks selected rows on the map: bounded by the screen, however many are selected.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/ids.hpp"
#include "render/scene/piece.hpp"

namespace xiangtu::render::scene {

struct LayerGeometry;

// So many rows are always drawn whole, with halo and symbol, wherever they are.
inline constexpr std::size_t few_highlighted = 1500;

struct Highlight {
  // Lines and outlines, and a symbol for every row that is a point or would be too small to be seen.
  std::shared_ptr<const Piece> piece;
  // There are so many that they are to be drawn plainly: hairlines, and symbols without their own.
  bool many = false;
};

// Of rows that meet the area (world frame) as many as can be told apart at the level: all while they are few,
// else one in each cell of a few pixels. selected: in all layers together; they are drawn alike.
Highlight build_highlight(const LayerGeometry& layer, int level, std::span<const RowIx> rows,
                          const WorldBox& area, std::size_t selected);

}  // namespace xiangtu::render::scene
