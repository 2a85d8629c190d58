// One frame: widgets laid out around the map, input on the map turned into commands.
#pragma once

#include "render/gl/map_canvas.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Rectangle of the map in ImGui's units, from the upper left corner of the window.
struct MapPlace {
  float x = 0, y = 0, width = 0, height = 0;
};

// Draws all widgets between ImGui::NewFrame and ImGui::Render; returns where the map belongs.
MapPlace draw_widgets(AppState& state);

// All texts that may be shown, for choosing fonts and glyphs.
std::string texts_of(const AppState& state);

}  // namespace xiangtu::viewer
