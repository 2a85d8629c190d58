#include "render/scene/pyramid.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/parallel.hpp"
#include "render/scene/rule_matching.hpp"

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

bool shown_at_level(double min_zoom, double max_zoom, int level) {
  const bool last = level == max_level;  // serves all closer zooms as well
  return (last || min_zoom <= level) && max_zoom > level - 1;
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
  for (const FeatureStyle& style : styled.styles)
    style_shown.push_back(shown_at_level(style.min_zoom, style.max_zoom, level));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < layer.boxes.size(); ++row)
    if (!layer.boxes[row].empty() && style_shown[styled.style_of_row[row]] &&
        (!layer.filter || (*layer.filter)[row]))
      rows.push_back(row);
  return rows;
}

// Takes the rows out of tiles that hold few: where they are filtered for, none of these is thinned.
std::vector<std::uint32_t> take_sparse(const LayerGeometry& layer, int level,
                                       std::vector<std::uint32_t>& rows) {
  constexpr std::size_t few = 5000;  // in a tile; a screen shows about four
  const double tiles_per_world = level_pixels_per_world(level) / tile_size;
  std::unordered_map<std::uint64_t, std::size_t> in_tile;
  const auto tile_of = [&](std::uint32_t row) {
    return cell_key(layer.boxes[row].centre(), tiles_per_world);
  };
  for (const std::uint32_t row : rows) ++in_tile[tile_of(row)];
  std::vector<std::uint32_t> sparse;
  std::erase_if(rows, [&](std::uint32_t row) {
    const bool take = in_tile.find(tile_of(row))->second <= few;
    if (take) sparse.push_back(row);
    return take;
  });
  return sparse;
}

// The side of a style's cells as a power of two times point_cell. Symbols grow slower than the zoom, so the
// cells of a closer level are never larger on the ground and lie within those of the level before.
int cell_doublings(const FeatureStyle& style, int level) {
  int doublings = 0;
  while (point_cell * (1 << doublings) < 0.8 * style.symbol.size.at(level) && doublings < 3) ++doublings;
  return doublings;
}

struct Cell {
  std::uint32_t winner = 0, others = 0;
};

// The rows by cell, each with the one that goes before the others.
template <class KeyOf>
std::unordered_map<std::uint64_t, Cell> cells_of(const LayerGeometry& layer,
                                                 const std::vector<std::uint32_t>& rows,
                                                 const KeyOf& key_of) {
  std::unordered_map<std::uint64_t, Cell> cells;
  cells.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const auto [entry, fresh] = cells.try_emplace(key_of(row), Cell{row, 0});
    if (fresh) continue;
    ++entry->second.others;
    if (goes_before(*layer.styled, row, entry->second.winner)) entry->second.winner = row;
  }
  return cells;
}

std::unordered_map<std::uint32_t, std::uint32_t> others_of_winners(
    const std::unordered_map<std::uint64_t, Cell>& cells) {
  std::unordered_map<std::uint32_t, std::uint32_t> others;
  for (const auto& [key, cell] : cells)
    if (cell.others > 0) others[cell.winner] = cell.others;
  return others;
}

// How many others lie beneath a row at the same position, where no zoom parts them.
std::unordered_map<std::uint32_t, std::uint32_t> coinciding_points(const LayerGeometry& layer,
                                                                   const std::vector<std::uint32_t>& rows) {
  constexpr double cells_per_world = 1ull << 31;  // of two centimetres
  return others_of_winners(cells_of(
      layer, rows, [&](std::uint32_t row) { return cell_key(layer.boxes[row].min, cells_per_world); }));
}

// Returns for each row that stays how many others it stands for.
std::unordered_map<std::uint32_t, std::uint32_t> thin_points(const LayerGeometry& layer, int level,
                                                             std::vector<std::uint32_t>& rows) {
  std::vector<int> doublings;
  for (const FeatureStyle& style : layer.styled->styles) doublings.push_back(cell_doublings(style, level));
  // Styles with cells of one size share the room.
  const auto key_of = [&](std::uint32_t row) {
    const int doubled = doublings[layer.styled->style_of_row[row]];
    const double cells = level_pixels_per_world(level) / (point_cell * (1 << doubled));
    return cell_key(layer.boxes[row].min, cells) * 4 + static_cast<std::uint64_t>(doubled);
  };
  const auto cells = cells_of(layer, rows, key_of);
  std::erase_if(rows, [&](std::uint32_t row) { return cells.at(key_of(row)).winner != row; });
  return others_of_winners(cells);
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

std::optional<table::RowSieve> rows_shown_at(const LayerStyle& style, int level) {
  struct ZoomRule {
    std::vector<std::pair<std::size_t, ConditionTest>> when;  // with the field's place in the sieve
    std::optional<double> min_zoom, max_zoom;
  };
  const FeatureStyle plain;
  table::RowSieve sieve;
  std::vector<ZoomRule> rules;
  for (const StyleRule& rule : style.rules) {
    if (!rule.min_zoom && !rule.max_zoom) continue;
    rules.push_back({{}, rule.min_zoom, rule.max_zoom});
    for (const RuleCondition& condition : rule.when) {
      const auto known = std::find(sieve.fields.begin(), sieve.fields.end(), condition.field);
      const auto place = static_cast<std::size_t>(known - sieve.fields.begin());
      if (known == sieve.fields.end()) sieve.fields.push_back(condition.field);
      rules.back().when.emplace_back(place, ConditionTest{condition});
    }
  }
  const double min_zoom = style.base.min_zoom.value_or(plain.min_zoom);
  const double max_zoom = style.base.max_zoom.value_or(plain.max_zoom);
  if (rules.empty() && shown_at_level(min_zoom, max_zoom, level)) return std::nullopt;
  sieve.needs = [=](std::span<const table::FieldValue> values) {
    double from = min_zoom, to = max_zoom;
    for (const ZoomRule& rule : rules) {
      const bool applies = std::all_of(rule.when.begin(), rule.when.end(), [&](const auto& condition) {
        return condition.second.meets(values[condition.first]);
      });
      if (!applies) continue;
      from = rule.min_zoom.value_or(from);
      to = rule.max_zoom.value_or(to);
    }
    return shown_at_level(from, to, level);
  };
  return sieve;
}

std::vector<WorldBox> world_boxes(const table::FeatureTable& table, const Progress& progress) {
  std::vector<WorldBox> boxes(table.geometry.size());
  parallel_for(boxes.size(), 4096, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      if (!table.geometry.empty_at(row)) boxes[row] = world_of(table.geometry.box_of(row));
  });
  return boxes;
}

void add_counts(const LayerGeometry& layer, const TilePlan& tile, Piece& piece) {
  // Of points that coincide any is worth saying: nothing but the number shows them.
  const std::uint32_t many = piece.level == max_level ? 1 : 10;
  const double scale = piece.pixels_per_world();
  for (std::size_t i = 0; i < tile.others.size(); ++i) {
    if (tile.others[i] < many) continue;
    const RowIx row = tile.rows[i];
    const WorldPoint at = layer.boxes[row.value].min;
    LabelAnchor anchor{};
    anchor.x = static_cast<float>((at.x - piece.origin.x) * scale);
    anchor.y = static_cast<float>((at.y - piece.origin.y) * scale);
    anchor.row = row.value;
    anchor.style = layer.styled->style_of_row[row.value];
    anchor.kind = LabelKind::count;
    anchor.importance = static_cast<float>(tile.others[i]);
    anchor.others = tile.others[i];
    piece.labels.push_back(anchor);
  }
}

LevelPlan plan_level(const LayerGeometry& layer, int level) {
  std::vector<std::uint32_t> rows = shown_rows(layer, level);
  std::unordered_map<std::uint32_t, std::uint32_t> others;
  if (level < max_level) {
    const std::vector<std::uint32_t> whole =
        layer.filter ? take_sparse(layer, level, rows) : std::vector<std::uint32_t>{};
    if (layer.table->geometry.kind() == GeometryKind::point)
      others = thin_points(layer, level, rows);
    else
      thin_specks(layer, level, rows);
    rows.insert(rows.end(), whole.begin(), whole.end());
  } else if (layer.table->geometry.kind() == GeometryKind::point) {
    others = coinciding_points(layer, rows);
  }
  const double tiles_per_world = level_pixels_per_world(level) / tile_size;
  if (layer.filter) std::sort(rows.begin(), rows.end());  // sparse ones came last
  LevelPlan plan{level, {}};
  std::unordered_map<std::uint64_t, std::size_t> place_of_tile;
  std::size_t at = 0;  // neighbours in the file mostly share their tile
  for (const std::uint32_t row : rows) {
    const std::uint64_t key = cell_key(layer.boxes[row].centre(), tiles_per_world);
    if (plan.tiles.empty() || plan.tiles[at].key != key) {
      const auto [place, fresh] = place_of_tile.try_emplace(key, plan.tiles.size());
      if (fresh) plan.tiles.push_back({key, {}, {}, {}});
      at = place->second;
    }
    plan.tiles[at].box.add(layer.boxes[row]);
    plan.tiles[at].rows.push_back(RowIx{row});
    if (others.empty()) continue;
    const auto left_out = others.find(row);
    plan.tiles[at].others.push_back(left_out == others.end() ? 0 : left_out->second);
  }
  std::sort(plan.tiles.begin(), plan.tiles.end(),
            [](const TilePlan& a, const TilePlan& b) { return a.key < b.key; });
  return plan;
}

}  // namespace xiangtu::render::scene
