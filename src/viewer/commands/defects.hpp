// The defects of the road network: the table, each on the map, and its mend in the scenario.
#pragma once

#include <cstddef>
#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Shows the tab, in front; hides it where it is there.
void toggle_defects(AppState& state);
// Once a frame: checks the network when the tab is looked at, and arranges the rows where the view changed.
void update_defects(AppState& state);
// Checks again after an error or a cancelled check.
void check_network(AppState& state);

// Whether roads that are not hardened are travelled, too; checks again.
void travel_any_road(AppState& state, bool any);
void show_defects(AppState& state, reach::DefectKind kind, bool shown);
void show_only_gaining(AppState& state, bool only);

// Selects the road, bridge or village of a row of the table and flies to where the defect is.
void go_to_defect(AppState& state, std::size_t row);
// The near miss that was gone to is joined by a new road in the scenario, which shows who is won.
bool can_join(const AppState& state);
void try_joining(AppState& state);

// All defects as CSV, the table of `xiangtu check --network -o FILE.csv`.
Status export_defects(const AppState& state, const std::string& path);

}  // namespace xiangtu::viewer
