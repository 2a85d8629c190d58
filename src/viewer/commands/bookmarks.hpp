// Named views of the map.
#pragma once

#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Those of the sources that are open.
void load_bookmarks(AppState& state);
// The present view, named after the unit in its middle, to be renamed; shows the list.
void add_bookmark(AppState& state);
// Line breaks become spaces; an empty name changes nothing.
void rename_bookmark(AppState& state, std::size_t bookmark, std::string name);
void remove_bookmark(AppState& state, std::size_t bookmark);
// Flies there. No such bookmark: no change.
void go_to_bookmark(AppState& state, std::size_t bookmark);

}  // namespace xiangtu::viewer
