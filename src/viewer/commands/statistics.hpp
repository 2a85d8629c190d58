// The table of figures: which indicator, which units, in which order; and the map's colours by it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viewer/session_state.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// The indicator that is looked at, and whether it colours the map.
void choose_indicator(AppState& state, std::size_t indicator);
// False when there is no such indicator.
bool choose_indicator(AppState& state, const std::string& id);
// Looked at, and on the map.
void colour_by(AppState& state, std::size_t indicator);
void colour_map(AppState& state, bool coloured);
// Counties or townships, whatever the table shows; none: the level of the table's rows.
void colour_level(AppState& state, std::optional<atlas::Level> level);
// Colours the map anew by what the state says: after another region, language or theme.
void colour_units(AppState& state);
// The table's rows: children of the parent in the order asked for, as positions in the coverage table.
std::vector<std::size_t> table_rows(const AppState& state);
// column: as in StatisticsState.
void sort_by(AppState& state, int column, bool ascending);
// The order for a session, and as a session has it: by code where its indicator is not there.
SavedOrder order_of_figures(const AppState& state);
void order_figures(AppState& state, const SavedOrder& order);
void drill_into(AppState& state, UnitIx unit);
void drill_up(AppState& state);
// The level whose polygons carry the colours: the one chosen, else that of the table's rows, where it has
// polygons.
atlas::Level coloured_level(const AppState& state);

}  // namespace xiangtu::viewer
