// Keys for finding places, bookmarks, measuring and charts.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// True: the key that was pressed means nothing else.
bool place_keys(AppState& state);
// The result of the measuring tool on the clipboard.
void copy_measurement(const AppState& state);

}  // namespace xiangtu::viewer
