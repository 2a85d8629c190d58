#include "render/scene/highlight.hpp"

#include <algorithm>
#include <vector>

#include "render/scene/pyramid.hpp"

namespace xiangtu::render::scene {

namespace {

constexpr std::size_t most_rows = 8000;        // drawn at all, of all layers
constexpr std::size_t fewest_rows = 500;       // … of each layer
constexpr std::size_t most_vertices = 60'000;  // of lines
constexpr double first_cell = 4;               // level pixels
constexpr double seen_px = 4;                  // what is smaller gets a symbol

WorldBox box_of(const LayerGeometry& layer, RowIx row) {
  if (!layer.boxes.empty()) return layer.boxes[row.value];
  return layer.table->geometry.empty_at(row.value) ? WorldBox{}
                                                   : world_of(layer.table->geometry.box_of(row.value));
}

// Marks cells of a grid over the area.
class Cells {
 public:
  Cells(const WorldBox& area, double per_world)
      : area_(area),
        per_world_(per_world),
        columns_(static_cast<std::size_t>((area.max.x - area.min.x) * per_world) + 1),
        taken_(columns_ * (static_cast<std::size_t>((area.max.y - area.min.y) * per_world) + 1)) {}

  // Whether the cell was free.
  bool take(WorldPoint at) {
    const auto x =
        static_cast<std::size_t>((std::clamp(at.x, area_.min.x, area_.max.x) - area_.min.x) * per_world_);
    const auto y =
        static_cast<std::size_t>((std::clamp(at.y, area_.min.y, area_.max.y) - area_.min.y) * per_world_);
    const bool free = !taken_[y * columns_ + x];
    taken_[y * columns_ + x] = true;
    return free;
  }

 private:
  WorldBox area_;
  double per_world_;
  std::size_t columns_;
  std::vector<bool> taken_;
};

std::size_t vertex_count(const LayerGeometry& layer, const std::vector<RowIx>& rows) {
  std::size_t count = 0;
  for (const RowIx row : rows) count += layer.table->geometry.vertices_of(row.value).size();
  return count;
}

bool too_many(const LayerGeometry& layer, const std::vector<RowIx>& rows, std::size_t most) {
  if (rows.size() <= std::min(most, few_highlighted)) return false;
  return rows.size() > most || (layer.table->geometry.kind() != table::GeometryKind::point &&
                                vertex_count(layer, rows) > most_vertices);
}

// One row in each cell, of cells that grow until the rows are few enough.
void thin(const LayerGeometry& layer, const WorldBox& area, int level, std::size_t most,
          std::vector<RowIx>& rows) {
  for (double cell = first_cell; too_many(layer, rows, most) && cell < 512; cell *= 2) {
    Cells cells(area, level_pixels_per_world(level) / cell);
    std::erase_if(rows, [&](RowIx row) { return !cells.take(box_of(layer, row).centre()); });
  }
}

// Symbols at the places of rows that are too small to be seen, as a run after the others.
void add_specks(const LayerGeometry& layer, std::span<const RowIx> rows, Piece& piece) {
  const double pixels = piece.pixels_per_world();
  for (const RowIx row : rows) {
    const WorldBox box = box_of(layer, row);
    if (std::max(box.max.x - box.min.x, box.max.y - box.min.y) * pixels >= seen_px) continue;
    const StyleIx style = layer.styled->style_of(row);
    const auto at = static_cast<std::uint32_t>(piece.symbols.size());
    piece.symbols.push_back({static_cast<float>((box.centre().x - piece.origin.x) * pixels),
                             static_cast<float>((box.centre().y - piece.origin.y) * pixels)});
    if (piece.symbol_runs.empty() || piece.symbol_runs.back().style != style)
      piece.symbol_runs.push_back({style, at, at});
    piece.symbol_runs.back().end = at + 1;
  }
}

}  // namespace

Highlight build_highlight(const LayerGeometry& layer, int level, std::span<const RowIx> rows,
                          const WorldBox& area, std::size_t selected) {
  std::vector<RowIx> drawn;
  for (const RowIx row : rows)
    if (const WorldBox box = box_of(layer, row); !box.empty() && box.intersects(area)) drawn.push_back(row);
  // Each layer has the part of what can be drawn that it has of the selection.
  const std::size_t most = selected <= few_highlighted
                               ? few_highlighted
                               : std::max<std::size_t>(most_rows * rows.size() / selected, fewest_rows);
  thin(layer, area, level, most, drawn);
  Piece piece;
  if (!layer.boxes.empty()) {
    piece = build_piece(layer, level, drawn, PieceParts::outlines);
  } else if (!drawn.empty()) {
    LayerGeometry boxed{layer.table, layer.styled, {}, nullptr};
    boxed.boxes.resize(layer.table->geometry.size());
    for (const RowIx row : drawn) boxed.boxes[row.value] = box_of(layer, row);
    piece = build_piece(boxed, level, drawn, PieceParts::outlines);
  }
  if (layer.table->geometry.kind() != table::GeometryKind::point) add_specks(layer, drawn, piece);
  return {std::make_shared<const Piece>(std::move(piece)), selected > few_highlighted};
}

}  // namespace xiangtu::render::scene
