// The charts: what they show, and what a click on them does.
#pragma once

#include <vector>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

void show_chart(AppState& state, ChartKind kind);
// The table's rows as bars: same order, same figures, same colours as on the map.
std::vector<Bar> chart_bars(const AppState& state);
// Once a frame while distances are shown: measures them where they are not yet, and sorts them into bins for
// the unit whose children the table shows.
void update_distances(AppState& state);
// Selects the villages of a bin on the map.
void select_bin(AppState& state, std::size_t bin);

}  // namespace xiangtu::viewer
