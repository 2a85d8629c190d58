// What to build next: the plan at the user's costs, on the map, in files.
#pragma once

#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Shows the tab, in front; hides it where it is there.
void toggle_links(AppState& state);
// Once a frame: chooses the links when the tab is looked at, and again where costs changed.
void update_links(AppState& state);
// Chooses them again after an error or a cancelled choice.
void plan_links(AppState& state);

// Takes the costs as they are typed, unless one is no number of 0 or more: then the fields show the old ones.
void take_costs(AppState& state);

// How many of the links the map shows: the first so many.
std::size_t drawn_links(const AppState& state);
// Stresses a link on the map, selects its villages and flies there.
void go_to_link(AppState& state, std::size_t link);

// All links as CSV, the table of `xiangtu links -o FILE.csv`; their lines as by `--lines FILE.geojson`.
Status export_links(const AppState& state, const std::string& path);
Status export_link_lines(const AppState& state, const std::string& path);

}  // namespace xiangtu::viewer
