// Mouse and keys on the map turned into commands, for browsing and for the tools.
#pragma once

#include "viewer/frame.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// The mouse on the map; its widget was laid out just before.
void map_input(AppState& state, const MapPlace& place);
// Keys of the active tool. True: the key that was pressed belongs to it and means nothing else.
bool tool_keys(AppState& state);

}  // namespace xiangtu::viewer
