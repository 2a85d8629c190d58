#include "render/scene/pyramid.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/parallel.hpp"

namespace xiangtu::render::scene {

namespace {

using table::GeometryKind;

constexpr double point_cell = 6;  // level pixels: at most one small symbol in each; doubled for large ones
constexpr std::uint64_t key_factor = 1ull << 32;

std::uint64_t cell_key(WorldPoint point, double cells_per_world) {
  const auto x = static_cast<std::uint64_t>(std::max(point.x * cells_per_world, 0.0));
  const auto y = static_cast<std::uint64_t>(std::max(point.y * cells_per_world, 0.0));
  return x * key_factor + y;
}

bool shown_at_level(const FeatureStyle& style, int level) {
  const bool last = level == max_level;  // serves all closer zooms as well
  return (last || style.min_zoom <= level) && style.max_zoom > level - 1;
}

// Later drawn, more important, earlier in the file: in this order.
bool goes_before(const StyledRows& styled, std::uint32_t a, std::uint32_t b) {
  const int order_a = styled.styles[styled.style_of_row[a]].order;
  const int order_b = styled.styles[styled.style_of_row[b]].order;
  if (order_a != order_b) return order_a > order_b;
  if (styled.importance[a] != styled.importance[b]) return styled.importance[a] > styled.importance[b];
  return a < b;
}

std::vector<std::uint32_t> shown_rows(const LayerGeometry& layer, int level) {
  const StyledRows& styled = *layer.styled;
  std::vector<bool> style_shown;
  for (const FeatureStyle& style : styled.styles) style_shown.push_back(shown_at_level(style, level));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < layer.boxes.size(); ++row)
    if (!layer.boxes[row].empty() && style_shown[styled.style_of_row[row]]) rows.push_back(row);
  return rows;
}

// The side of a style's cells as a power of two times point_cell. Symbols grow slower than the zoom, so the
// cells of a closer level are never larger on the ground and lie within those of the level before.
int cell_doublings(const FeatureStyle& style, int level) {
  int doublings = 0;
  while (point_cell * (1 << doublings) < 0.8 * style.symbol.size.at(level) && doublings < 3) ++doublings;
  return doublings;
}

void thin_points(const LayerGeometry& layer, int level, std::vector<std::uint32_t>& rows) {
  std::vector<int> doublings;
  for (const FeatureStyle& style : layer.styled->styles) doublings.push_back(cell_doublings(style, level));
  // Styles with cells of one size share the room.
  const auto key_of = [&](std::uint32_t row) {
    const int doubled = doublings[layer.styled->style_of_row[row]];
    const double cells = level_pixels_per_world(level) / (point_cell * (1 << doubled));
    return cell_key(layer.boxes[row].min, cells) * 4 + static_cast<std::uint64_t>(doubled);
  };
  std::unordered_map<std::uint64_t, std::uint32_t> winner;
  winner.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const auto [entry, fresh] = winner.try_emplace(key_of(row), row);
    if (!fresh && goes_before(*layer.styled, row, entry->second)) entry->second = row;
  }
  std::erase_if(rows, [&](std::uint32_t row) { return winner.at(key_of(row)) != row; });
}

// Keeps one of the features that would all fall on the same pixel, in each style.
void thin_specks(const LayerGeometry& layer, int level, std::vector<std::uint32_t>& rows) {
  const double pixels = level_pixels_per_world(level);
  std::unordered_map<std::uint64_t, std::uint64_t> styles_in_pixel;
  std::erase_if(rows, [&](std::uint32_t row) {
    const WorldBox& box = layer.boxes[row];
    if (std::max(box.max.x - box.min.x, box.max.y - box.min.y) * pixels >= 1) return false;
    const std::uint64_t style_bit = 1ull << (layer.styled->style_of_row[row] % 64);
    std::uint64_t& taken = styles_in_pixel[cell_key(box.centre(), pixels)];
    const bool drop = (taken & style_bit) != 0;
    taken |= style_bit;
    return drop;
  });
}

}  // namespace

int level_of(double zoom) {
  return std::clamp(static_cast<int>(std::ceil(zoom - 1e-9)), min_level, max_level);
}

double level_pixels_per_world(int level) {
  return std::ldexp(256.0, level);
}

std::vector<WorldBox> world_boxes(const table::FeatureTable& table, const Progress& progress) {
  std::vector<WorldBox> boxes(table.geometry.size());
  parallel_for(boxes.size(), 4096, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      if (!table.geometry.empty_at(row)) boxes[row] = world_of(table.geometry.box_of(row));
  });
  return boxes;
}

LevelPlan plan_level(const LayerGeometry& layer, int level) {
  std::vector<std::uint32_t> rows = shown_rows(layer, level);
  if (level < max_level) {
    if (layer.table->geometry.kind() == GeometryKind::point)
      thin_points(layer, level, rows);
    else
      thin_specks(layer, level, rows);
  }
  const double tiles_per_world = level_pixels_per_world(level) / tile_size;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> placed;
  placed.reserve(rows.size());
  for (const std::uint32_t row : rows)
    placed.push_back({cell_key(layer.boxes[row].centre(), tiles_per_world), row});
  std::sort(placed.begin(), placed.end());
  LevelPlan plan{level, {}};
  for (const auto& [key, row] : placed) {
    if (plan.tiles.empty() || plan.tiles.back().key != key) plan.tiles.push_back({key, {}, {}});
    plan.tiles.back().box.add(layer.boxes[row]);
    plan.tiles.back().rows.push_back(RowIx{row});
  }
  return plan;
}

}  // namespace xiangtu::render::scene
