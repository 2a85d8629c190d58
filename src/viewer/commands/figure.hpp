// The tab of one figure: the rows behind a cell of the table of figures, in the list and on the map.
#pragma once

#include <cstddef>
#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Shows the tab, in front; hides it where it is there.
void toggle_figure(AppState& state);
// The figure of the selected unit is that of this indicator, until another is looked at; show: the tab as
// well.
void open_figure(AppState& state, std::size_t indicator, bool show);
// Once a frame: opens the figure that is looked at when the tab is, and arranges its rows.
void update_figure(AppState& state);
// Once more, after an error or a cancelled computation.
void explain_figure(AppState& state);

void show_verdict(AppState& state, indicators::Verdict verdict, bool shown);
// Selects the feature of a row of the list and flies to it.
void go_to_explained(AppState& state, std::size_t row);
// Selects the features of all rows that are listed.
void select_explained(AppState& state);

// All rows as CSV, the table of `xiangtu explain -o FILE.csv`.
Status export_figure(const AppState& state, const std::string& path);

}  // namespace xiangtu::viewer
