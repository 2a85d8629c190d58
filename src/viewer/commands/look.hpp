// How the map as a whole looks.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Widgets and map; nothing of the map is built anew for it.
void set_dark(AppState& state, bool dark);
// Meridians and parallels.
void set_graticule(AppState& state, bool shown);

}  // namespace xiangtu::viewer
