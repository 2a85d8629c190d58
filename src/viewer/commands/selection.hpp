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
// Selects rows of a layer without a unit, on the map and as what is identified.
void select_rows(AppState& state, render::scene::LayerId layer, std::vector<RowIx> rows);
// Makes the table show the part that has the unit's row, and that row.
void show_unit_in_table(AppState& state, UnitIx unit);
// Brings the selected unit's row into the table's view, for selections that were made elsewhere.
void show_in_table(AppState& state);
// Selects a row of a layer of the region and brings it into view; what a finding points at.
void show_row(AppState& state, const Finding& finding, std::int64_t row_id);
// What is under a pixel becomes identified; a unit there becomes the selected one.
void identify(AppState& state, render::scene::ScreenPoint pixel);

}  // namespace xiangtu::viewer
