// The tools on the map: one is active, and clicks and keys belong to it until it is finished or aborted.
#pragma once

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Takes a tool up with nothing drawn yet; browse puts it away.
void begin_tool(AppState& state, MapTool tool);
void add_tool_point(AppState& state, geodesy::LonLat position);
void undo_tool_point(AppState& state);
// Carries out what was drawn: a polygon of three corners or more selects and the tool is put away (with
// fewer nothing happens); a measured figure stays, and the tool with it.
void finish_tool(AppState& state, SelectionChange change);
// A box that is dragged out while browsing, and what is in it selected.
void begin_box(AppState& state, geodesy::LonLat corner);
void finish_box(AppState& state, geodesy::LonLat opposite, SelectionChange change);
// First forgets what is drawn; with nothing drawn the tool is put away.
void abort_tool(AppState& state);

}  // namespace xiangtu::viewer
