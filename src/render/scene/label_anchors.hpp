// Where texts may stand on a tile: known when it is built, in world places, so that nothing moves when the
// view does. Which of them are written is decided by place_labels().
#pragma once

#include <span>
#include <vector>

#include "render/scene/pyramid.hpp"
#include "table/column.hpp"

namespace xiangtu::render::scene {

// The columns that the labels and shields of each style are written from; null where there is none.
struct LabelTexts {
  std::vector<const table::TextColumn*> names, shields;
};
LabelTexts label_texts(const table::FeatureTable& table, const StyledRows& styled);

LabelKind label_kind(table::GeometryKind geometry, const FeatureStyle& style);
// Whether such labels are shown at some zoom that the level serves.
bool labelled_at_level(const LabelStyle& style, int level);

// Names along lines and shields on them. Rows with the same texts and look are joined where they meet, so
// that a road in many rows is named as one.
void add_line_anchors(const LayerGeometry& layer, const LabelTexts& texts, std::span<const RowIx> rows,
                      Piece& piece);

// Most important first; below the closest level only the best of those that are so near to each other that
// their names would not both find room.
void order_anchors(const LayerGeometry& layer, Piece& piece);

}  // namespace xiangtu::render::scene
