#include "viewer/commands/selection.hpp"

#include <algorithm>
#include <utility>

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
  state.selection = {unit, {}};
  if (!state.region || !unit.exists()) return state.scene.select({});
  std::vector<scene::LayerRows> features = features_of(state, unit);
  for (const scene::LayerRows& part : features)
    for (const RowIx row : part.rows) state.selection.features.push_back({part.layer, row, 0});
  if (zoom) fit(state, box_of(state, features));
  state.scene.select(std::move(features));
}

void select_rows(AppState& state, scene::LayerId layer, std::vector<RowIx> rows) {
  state.selection = {};
  for (const RowIx row : rows) state.selection.features.push_back({layer, row, 0});
  state.scene.select({{layer, std::move(rows)}});
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

void identify(AppState& state, scene::ScreenPoint pixel) {
  if (!state.region) return;
  std::vector<scene::Picked> found =
      scene::pick(state.scene, state.camera, pixel, 6 * state.camera.pixel_ratio());
  if (found.empty()) return select_unit(state, UnitIx::none(), false);
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
  state.selection.features = std::move(found);
  if (state.scene.find(top.layer)->table->geometry.kind() != table::GeometryKind::polygon)
    state.scene.select({{top.layer, {top.row}}});
}

void show_row(AppState& state, const Finding& finding, std::int64_t row_id) {
  for (const scene::MapLayer& layer : state.scene.layers()) {
    const table::FeatureTable& rows = *layer.table;
    if (rows.source.layer != finding.layer || rows.source.path != finding.source) continue;
    const auto found = std::find(rows.row_ids.begin(), rows.row_ids.end(), row_id);
    if (found == rows.row_ids.end()) continue;
    select_rows(state, layer.id, {RowIx{static_cast<std::size_t>(found - rows.row_ids.begin())}});
    return fit(state, box_of(state, state.scene.selection()));
  }
}

}  // namespace xiangtu::viewer
