// The attribute table: its layer, order and filter, and the rows that it shows.
#pragma once

#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Shows the table with that layer's rows; of layers without a role there is none.
void show_attributes(AppState& state, render::scene::LayerId layer);
// Shows the table, or hides it.
void toggle_attributes(AppState& state);
// The layer whose rows the table shows; null when there is none.
const render::scene::MapLayer* table_layer(const AppState& state);
// What is kept of it; only where there is a layer.
LayerTable& layer_table(AppState& state);

// column: of the layer's table, −1 as in the source. In the background where there are many rows; the rows
// stay in their last order until then, and when it is cancelled.
void sort_attributes(AppState& state, int column, bool ascending);
// The rows of a layer's table sorted by one of its columns; on any thread.
RowOrder sorted_rows(const workspace::Workspace& workspace, const table::FeatureTable& table,
                     table::Role role, RowSort by, Language language, const Progress& progress);
// Whether a column of the table is in sight.
void show_column(AppState& state, const std::string& name, bool shown);
// Takes what stands in the filter's box: only rows for which it is true are shown. One that cannot be read is
// said, and the last filter stays. Empty: all rows.
void filter_attributes(AppState& state);
void filter_attributes(AppState& state, std::string text);
// As Enter in the box does: it goes on being edited where its cursor was.
void enter_filter(AppState& state);
// "12 of 616 rows", and by which filter where the one that was typed last cannot be read.
std::string shown_rows_text(const AppState& state);
// Whether the filters of all layers hold for the map as well.
void filter_map(AppState& state, bool filtered);

// What may be written at the cursor (a byte) of the filter's box; and putting one of the offers there.
void complete_filter(AppState& state, std::size_t cursor);
void take_completion(AppState& state, std::size_t offer);
// What an offer puts there: itself, and a space to go on after.
std::string text_of_offer(const AppState& state, std::size_t offer);

// Once a frame: the rows follow order, filter, selection and the map's view; what was selected elsewhere is
// scrolled to, and where it is another layer's the table turns to that.
void update_attributes(AppState& state);

}  // namespace xiangtu::viewer
