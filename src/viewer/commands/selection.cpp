#include "viewer/commands/selection.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/statistics.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using atlas::Hierarchy;

namespace {

// The unit that a feature belongs to or is.
UnitIx unit_of(const AppState& state, const scene::Picked& picked) {
  const scene::MapLayer* layer = state.scene.find(picked.layer);
  const atlas::Layer* source = layer && layer->role ? state.region->atlas().layer(*layer->role) : nullptr;
  return source && !source->unit_of.empty() ? source->unit_of[picked.row.value] : UnitIx::none();
}

void describe_nothing(SelectionState& selection) {
  selection.features.clear();
  selection.described = selection.listed = 0;
}

}  // namespace

// Where a unit is: its polygon, or the village's own row.
std::vector<scene::LayerRows> features_of(const AppState& state, UnitIx unit) {
  const atlas::Selection found = state.region->atlas().rows_that_are(unit);
  for (const scene::MapLayer& layer : state.scene.layers())
    if (found.layer && layer.role == found.layer->role) return {{layer.id, found.rows}};
  return {};
}

geodesy::LonLatBox box_of(const AppState& state, const std::vector<scene::LayerRows>& features) {
  geodesy::LonLatBox box;
  for (const scene::LayerRows& part : features)
    for (const RowIx row : part.rows)
      box.add(state.scene.find(part.layer)->table->geometry.box_of(row.value));
  return box;
}

void select_unit(AppState& state, UnitIx unit, bool zoom) {
  state.selection.unit = unit;
  describe_nothing(state.selection);
  if (!state.region || !unit.exists()) return state.scene.select({});
  std::vector<scene::LayerRows> features = features_of(state, unit);
  for (const scene::LayerRows& part : features)
    for (const RowIx row : part.rows) state.selection.features.push_back({part.layer, row, 0});
  if (zoom) fit(state, box_of(state, features));
  state.scene.select(std::move(features));
}

void show_unit_in_table(AppState& state, UnitIx unit) {
  state.statistics.scroll_to_selection = true;
  const UnitIx parent = state.region->hierarchy()[unit].parent;
  if (!parent.exists() || parent == state.statistics.parent) return;
  state.statistics.parent = parent;
  colour_units(state);
}

void show_in_table(AppState& state) {
  state.statistics.scroll_to_selection = state.selection.unit.exists();
}

namespace {

constexpr double pick_px = 6;        // style pixels
constexpr double same_place_px = 4;  // device pixels

std::vector<scene::Picked> picked_at(const AppState& state, scene::ScreenPoint pixel) {
  return scene::pick(state.scene, state.camera, pixel, pick_px * state.camera.pixel_ratio());
}

bool same_features(const std::vector<scene::Picked>& a, const std::vector<scene::Picked>& b) {
  return std::ranges::equal(a, b, [](const scene::Picked& x, const scene::Picked& y) {
    return x.layer == y.layer && x.row == y.row;
  });
}

std::vector<RowIx> combined(const std::vector<RowIx>& old, const std::vector<RowIx>& rows,
                            SelectionChange change) {
  std::vector<RowIx> result;
  if (change == SelectionChange::remove)
    std::ranges::set_difference(old, rows, std::back_inserter(result));
  else
    std::ranges::set_union(old, rows, std::back_inserter(result));
  return result;
}

// The unit that is the only selected row, if it is one.
UnitIx selected_unit(const AppState& state) {
  const auto& selection = state.scene.selection();
  if (selection.size() != 1 || selection[0].rows.size() != 1) return UnitIx::none();
  const UnitIx unit = unit_of(state, {selection[0].layer, selection[0].rows[0], 0});
  if (!unit.exists()) return UnitIx::none();
  const std::vector<scene::LayerRows> its = features_of(state, unit);
  return its.size() == 1 && its[0].layer == selection[0].layer && its[0].rows == selection[0].rows
             ? unit
             : UnitIx::none();
}

}  // namespace

void change_selection(AppState& state, std::vector<scene::LayerRows> rows, SelectionChange change) {
  if (!state.region) return;
  std::vector<scene::LayerRows> selection;
  if (change != SelectionChange::replace) selection = state.scene.selection();
  for (scene::LayerRows& part : rows) {
    if (!state.scene.find(part.layer)) continue;  // it went meanwhile
    const auto known =
        std::ranges::find_if(selection, [&](const auto& each) { return each.layer == part.layer; });
    if (known != selection.end())
      known->rows = combined(known->rows, part.rows, change);
    else if (change != SelectionChange::remove)
      selection.push_back(std::move(part));
  }
  std::erase_if(selection, [](const scene::LayerRows& part) { return part.rows.empty(); });
  state.scene.select(std::move(selection));
  state.selection.unit = selected_unit(state);
  describe_nothing(state.selection);
  for (const scene::LayerRows& part : state.scene.selection())
    for (const RowIx row : part.rows) state.selection.features.push_back({part.layer, row, 0});
  show_in_table(state);
}

void clear_selection(AppState& state) {
  select_unit(state, UnitIx::none(), false);
}

void toggle_at(AppState& state, scene::ScreenPoint pixel) {
  if (!state.region) return;
  const std::vector<scene::Picked> found = picked_at(state, pixel);
  if (found.empty()) return;
  const scene::Picked top = found.front();
  const bool selected = std::ranges::any_of(state.scene.selection(), [&](const scene::LayerRows& part) {
    return part.layer == top.layer && std::ranges::binary_search(part.rows, top.row);
  });
  change_selection(state, {{top.layer, {top.row}}},
                   selected ? SelectionChange::remove : SelectionChange::add);
}

void describe(AppState& state, std::size_t feature) {
  SelectionState& selection = state.selection;
  if (feature >= selection.features.size()) return;
  selection.described = feature;
  selection.listed = feature - feature % listed_at_once;
  selection.unfold_described = true;
  state.scene.select({{selection.features[feature].layer, {selection.features[feature].row}}});
}

void turn_pages(AppState& state, int pages) {
  SelectionState& selection = state.selection;
  if (selection.features.empty()) return;
  const auto last = static_cast<std::ptrdiff_t>((selection.features.size() - 1) / listed_at_once);
  const auto now = static_cast<std::ptrdiff_t>(selection.listed / listed_at_once);
  selection.listed =
      static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(now + pages, 0, last)) * listed_at_once;
}

void step_described(AppState& state, int steps) {
  const auto count = static_cast<int>(state.selection.features.size());
  if (count == 0) return;
  const int at = (static_cast<int>(state.selection.described) + steps) % count;
  describe(state, static_cast<std::size_t>(at < 0 ? at + count : at));
}

void identify(AppState& state, scene::ScreenPoint pixel) {
  read_backgrounds(state, state.camera.to_lonlat(pixel));
  if (!state.region) return;
  std::vector<scene::Picked> found = picked_at(state, pixel);
  if (found.empty()) return clear_selection(state);
  const scene::ScreenPoint before = state.camera.to_screen(state.selection.clicked);
  const bool again = std::hypot(before.x - pixel.x, before.y - pixel.y) <= same_place_px;
  state.selection.clicked = state.camera.to_lonlat(pixel);
  if (again && same_features(found, state.selection.features)) return step_described(state, 1);
  // The row of the table that the click belongs to; where the table shows another part, it follows.
  UnitIx finest;
  const Hierarchy& units = state.region->hierarchy();
  for (const scene::Picked& picked : found)
    if (const UnitIx unit = unit_of(state, picked);
        unit.exists() && (!finest.exists() || units[unit].level > units[finest].level))
      finest = unit;
  UnitIx shown = finest;
  while (shown.exists() && units[shown].parent.exists() && units[shown].parent != state.statistics.parent)
    shown = units[shown].parent;
  if (shown.exists() && !units[shown].parent.exists()) {
    state.statistics.parent = units[finest].parent.exists() ? units[finest].parent : Hierarchy::total();
    shown = finest;
    colour_units(state);
  }
  select_unit(state, shown, false);
  show_in_table(state);
  // A point or line that was hit is what was meant; an area is the unit whose row is selected.
  const scene::Picked top = found.front();
  describe_nothing(state.selection);
  state.selection.features = std::move(found);
  state.selection.unfold_described = true;
  if (state.scene.find(top.layer)->table->geometry.kind() != table::GeometryKind::polygon)
    state.scene.select({{top.layer, {top.row}}});
}

void show_row(AppState& state, const Finding& finding, std::int64_t row_id) {
  for (const scene::MapLayer& layer : state.scene.layers()) {
    const table::FeatureTable& rows = *layer.table;
    if (rows.source.layer != finding.layer || rows.source.path != finding.source) continue;
    const auto found = std::find(rows.row_ids.begin(), rows.row_ids.end(), row_id);
    if (found == rows.row_ids.end()) continue;
    const RowIx row{static_cast<std::size_t>(found - rows.row_ids.begin())};
    change_selection(state, {{layer.id, {row}}}, SelectionChange::replace);
    return fit(state, box_of(state, state.scene.selection()));
  }
}

bool select_rows(AppState& state, const atlas::Layer& layer, std::vector<RowIx> rows) {
  for (const scene::MapLayer& drawn : state.scene.layers())
    if (drawn.role == layer.role) {
      change_selection(state, {{drawn.id, std::move(rows)}}, SelectionChange::replace);
      return true;
    }
  return false;
}

void go_to_rows(AppState& state, const atlas::Layer& layer, std::vector<RowIx> rows) {
  if (select_rows(state, layer, std::move(rows))) fly_to(state, box_of(state, state.scene.selection()));
}

}  // namespace xiangtu::viewer
