#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "render/scene/piece.hpp"
#include "render/scene/rule_matching.hpp"

namespace xiangtu::render::scene {

namespace {

using RuleSet = std::uint64_t;

std::vector<RuleSet> rules_of_rows(const table::FeatureTable& table, const LayerStyle& style) {
  std::vector<RuleSet> sets(table.size(), 0);
  for (std::size_t i = 0; i < style.rules.size(); ++i) {
    std::vector<bool> all(table.size(), true);
    for (const RuleCondition& condition : style.rules[i].when) {
      const std::vector<bool> meets = rows_that_meet(table, condition);
      for (std::size_t row = 0; row < all.size(); ++row) all[row] = all[row] && meets[row];
    }
    for (std::size_t row = 0; row < all.size(); ++row)
      if (all[row]) sets[row] |= RuleSet{1} << i;
  }
  return sets;
}

FeatureStyle resolve(const LayerStyle& style, RuleSet rules) {
  FeatureStyle result;
  style.base.lay_over(result);
  for (std::size_t i = 0; i < style.rules.size(); ++i)
    if (rules >> i & 1) style.rules[i].lay_over(result);
  return result;
}

std::vector<float> importance_of_rows(const table::FeatureTable& table, const std::string& field) {
  std::vector<float> importance(table.size(), 0);
  const table::Column* column = table.find(field);
  if (!column || column->is_text()) return importance;
  const auto numbers = column->numbers();
  for (std::size_t row = 0; row < table.size(); ++row)
    if (!std::isnan(numbers[row])) importance[row] = static_cast<float>(numbers[row]);
  return importance;
}

}  // namespace

StyledRows style_rows(const table::FeatureTable& table, const LayerStyle& style) {
  const std::vector<RuleSet> sets = rules_of_rows(table, style);
  std::vector<RuleSet> distinct = sets;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  // Lower order first; among equals the rule sets decide, so that the picture is always the same.
  std::vector<FeatureStyle> styles;
  for (const RuleSet set : distinct) styles.push_back(resolve(style, set));
  std::vector<std::size_t> sequence(distinct.size());
  std::iota(sequence.begin(), sequence.end(), std::size_t{0});
  std::stable_sort(sequence.begin(), sequence.end(),
                   [&](std::size_t a, std::size_t b) { return styles[a].order < styles[b].order; });

  StyledRows result;
  std::map<RuleSet, std::uint16_t> position;
  for (const std::size_t i : sequence) {
    position[distinct[i]] = static_cast<std::uint16_t>(result.styles.size());
    result.styles.push_back(styles[i]);
    result.rules.push_back(distinct[i]);
  }
  result.style_of_row.resize(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) result.style_of_row[row] = position[sets[row]];
  result.importance = importance_of_rows(table, style.importance);
  return result;
}

StyledRows shown_at_every_zoom(StyledRows rows) {
  const FeatureStyle plain;
  for (FeatureStyle& style : rows.styles) {
    style.min_zoom = plain.min_zoom;
    style.max_zoom = plain.max_zoom;
  }
  return rows;
}

bool shows_rows_at(const table::FeatureTable& table, const StyledRows& rows, double zoom) {
  for (std::size_t row = 0; row < rows.style_of_row.size(); ++row)
    if (rows.styles[rows.style_of_row[row]].visible_at(zoom) && !table.geometry.empty_at(row)) return true;
  return false;
}

bool sort_alike(const LayerStyle& a, const LayerStyle& b) {
  return a.importance == b.importance &&
         std::equal(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(),
                    [](const StyleRule& x, const StyleRule& y) { return x.when == y.when; });
}

StyledRows restyled(const StyledRows& rows, const LayerStyle& style) {
  StyledRows result = rows;
  for (std::size_t i = 0; i < rows.styles.size(); ++i) result.styles[i] = resolve(style, rows.rules[i]);
  return result;
}

namespace {

// What placing its texts asks of a style: all but colours.
bool placed_alike(LabelStyle a, const LabelStyle& b) {
  a.colour = b.colour;
  a.halo = b.halo;
  return a == b;
}

// What choosing rows for a level, and building them, asks of a style.
bool built_alike(const FeatureStyle& a, const FeatureStyle& b) {
  return a.order == b.order && a.min_zoom == b.min_zoom && a.max_zoom == b.max_zoom &&
         a.symbol.size == b.symbol.size &&
         (a.symbol.shape == Shape::none) == (b.symbol.shape == Shape::none) &&
         placed_alike(a.label, b.label) && placed_alike(a.shield.label, b.shield.label);
}

}  // namespace

bool same_pieces(const StyledRows& a, const StyledRows& b) {
  return std::equal(a.styles.begin(), a.styles.end(), b.styles.begin(), b.styles.end(), built_alike);
}

}  // namespace xiangtu::render::scene
