// The tile pyramid of a layer: which rows are drawn at a level of detail, in which tile, and their
// geometry. All functions are pure and may run on any thread.
//
// A row belongs to exactly one tile of a level, the one that holds the middle of its box; tiles overlap
// by the size of their features and nothing is cut or drawn twice. Level z serves zooms in (z − 1, z].
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "render/scene/piece.hpp"
#include "table/row_sieve.hpp"

namespace xiangtu::render::scene {

inline constexpr int min_level = 2;
inline constexpr int max_level = 14;       // full detail; serves every closer zoom
inline constexpr double tile_size = 1024;  // level pixels

int level_of(double zoom);
double level_pixels_per_world(int level);

// Which rows of a layer with that style may be drawn at a level, told by their fields; none where all may.
std::optional<table::RowSieve> rows_shown_at(const LayerStyle& style, int level);

// What a plan is made from. Shared, immutable.
struct LayerGeometry {
  std::shared_ptr<const table::FeatureTable> table;
  std::shared_ptr<const StyledRows> styled;
  std::vector<WorldBox> boxes;  // per row; empty where the geometry is
  RowMarks filter;              // what the user filters for; null: all rows
};
std::vector<WorldBox> world_boxes(const table::FeatureTable& table, const Progress& progress);

struct TilePlan {
  std::uint64_t key = 0;  // of the tile in its level
  WorldBox box;           // around its rows
  std::vector<RowIx> rows;
  // Of points: how many were left out for each row, or at max_level lie beneath it; empty where none.
  std::vector<std::uint32_t> others;
};

// The tiles of one level, by key.
struct LevelPlan {
  int level = 0;
  std::vector<TilePlan> tiles;
};

// Points are thinned to the most important one in each cell of a grid (nested from level to level, so that
// what shows at one zoom shows at all closer ones); lines and polygons smaller than a pixel to one in each
// pixel. Styles that are not visible at the level are left out. Of rows that are filtered for, all are drawn
// where a screen holds some ten thousand of them at most.
LevelPlan plan_level(const LayerGeometry& layer, int level);

// Labels that say how many points were left out, where they are many, or coincide.
void add_counts(const LayerGeometry& layer, const TilePlan& tile, Piece& piece);

// Geometry of rows at a level, simplified to a third of a pixel (not at all at max_level).
// Outlines are without fills: for what is drawn over them.
enum class PieceParts : std::uint8_t { all, outlines };
Piece build_piece(const LayerGeometry& layer, int level, std::span<const RowIx> rows,
                  PieceParts parts = PieceParts::all);

}  // namespace xiangtu::render::scene
