// What each bridge carries: the table of closures, the bridge on the map, and its closure in the scenario.
#pragma once

#include <optional>
#include <string>

#include "report/closure_report.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Shows the tab, in front; hides it where it is there.
void toggle_bridges(AppState& state);
// Once a frame: scans the closures when the tab is looked at, and arranges the rows where the view changed.
void update_bridges(AppState& state);
// Scans again after an error or a cancelled scan.
void scan_bridges(AppState& state);

// The table's columns with figures, of ways to one destination; those to the trunk come first.
std::size_t bridge_figures();
const report::ClosureColumn& bridge_figure(std::size_t figure);
// On the ways that a column of the table is of.
const reach::ClosureEffect& effect_of(const reach::BridgeClosure& closure, int column);

// By a column of the table; those without a figure come last in either order.
void sort_bridges(AppState& state, int column, bool ascending);
void filter_bridges(AppState& state, std::string typed, bool only_dangerous);

// Selects the bridge of a row of the table on the map and flies there.
void go_to_bridge(AppState& state, std::size_t row);
// The bridge that alone is selected on the map.
std::optional<RowIx> selected_bridge(const AppState& state);
// Closes it in the scenario, or leaves it as the data has it, and shows who is lost.
void try_closing(AppState& state, RowIx bridge, bool closed);

// All bridges as CSV, the table of `xiangtu bridges -o FILE.csv`.
Status export_bridges(const AppState& state, const std::string& path);

}  // namespace xiangtu::viewer
