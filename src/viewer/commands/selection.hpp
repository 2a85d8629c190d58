// What is selected and identified.
#pragma once

#include <vector>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Where a unit is on the map: its polygon, or the village's own row.
std::vector<render::scene::LayerRows> features_of(const AppState& state, UnitIx unit);
// Around some rows of the scene's layers.
geodesy::LonLatBox box_of(const AppState& state, const std::vector<render::scene::LayerRows>& features);

// Selects a unit, on the map and among what is identified; zoom brings it into view. None: nothing.
void select_unit(AppState& state, UnitIx unit, bool zoom);
// Makes the table show the part that has the unit's row, and that row.
void show_unit_in_table(AppState& state, UnitIx unit);
// The rows besides what is selected, without it, or in its place, on the map and among what is described. A
// row alone that is a unit makes that the selected unit.
void change_selection(AppState& state, std::vector<render::scene::LayerRows> rows, SelectionChange change);
void clear_selection(AppState& state);
// Brings the selected unit's row into the table's view, for selections that were made elsewhere.
void show_in_table(AppState& state);
// Selects a row of a layer of the region and brings it into view; what a finding points at.
void show_row(AppState& state, const Finding& finding, std::int64_t row_id);
// Selects rows of a layer of the region's atlas alone; false where the map has no such layer.
bool select_rows(AppState& state, const atlas::Layer& layer, std::vector<RowIx> rows);
// … and flies there.
void go_to_rows(AppState& state, const atlas::Layer& layer, std::vector<RowIx> rows);
// What is under a pixel becomes described; a unit there becomes the selected one. At the same place again:
// the next of the features that lie over each other there.
void identify(AppState& state, render::scene::ScreenPoint pixel);
// The topmost feature under a pixel besides what is selected, or no longer.
void toggle_at(AppState& state, render::scene::ScreenPoint pixel);
// Looks at another of the features that are described, and selects it on the map; round at the ends. The page
// that lists it is turned to.
void step_described(AppState& state, int steps);
void describe(AppState& state, std::size_t feature);
// Lists the features of the page so many farther on or back, at most the first or the last.
void turn_pages(AppState& state, int pages);

// Once a frame: counts the selection where it changed.
void count_selection(AppState& state);

}  // namespace xiangtu::viewer
