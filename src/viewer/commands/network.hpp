// What is tried out on the road network.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "indicators/coverage.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Shows the tab, in front; hides it where it is there.
void toggle_network(AppState& state);

// Changes to the scenario; each can be undone.
void close_bridge(AppState& state, RowIx bridge, bool closed);
void harden_road(AppState& state, RowIx road, bool hardened);
// Positions within a few pixels of a road are drawn to it. Fewer than two are none.
void add_link(AppState& state, const std::vector<geodesy::LonLat>& line);
// A new road between two places as they are, such as an end and the road that it almost joins.
void join_in_scenario(AppState& state, geodesy::LonLat a, geodesy::LonLat b);
void remove_link(AppState& state, std::size_t link);
// The bridge or road is as the data has it again.
void reset_bridge(AppState& state, RowIx bridge);
void reset_road(AppState& state, RowIx road);
void clear_scenario(AppState& state);
// Another in its place.
void set_scenario(AppState& state, reach::Scenario scenario);
// Of these changes alone; the whole window's steps are in history.hpp.
bool undo_scenario(AppState& state);
bool redo_scenario(AppState& state);

// As the scenario has it, or else the data: whether a bridge is closed, a road hardened; none: not known.
std::optional<bool> is_closed(const AppState& state, RowIx bridge);
std::optional<bool> is_hardened(const AppState& state, RowIx road);

// Once a frame: builds the model where the tab is looked at, asks where the scenario changed, and colours the
// units by the answer.
void update_network(AppState& state);

// The answer as a table of one indicator, for colours; null where there is none to show.
std::shared_ptr<const indicators::CoverageTable> scenario_table(const AppState& state);

void go_to_village(AppState& state, std::uint32_t village);

}  // namespace xiangtu::viewer
