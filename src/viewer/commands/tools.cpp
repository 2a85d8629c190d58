#include "viewer/commands/tools.hpp"

#include <utility>

#include "viewer/commands/area_selection.hpp"
#include "viewer/commands/network.hpp"

namespace xiangtu::viewer {

void begin_tool(AppState& state, MapTool tool) {
  state.tool.active = tool;
  state.tool.points.clear();
  state.tool.finished = false;
  state.tool.box_from.reset();
}

void add_tool_point(AppState& state, geodesy::LonLat position) {
  ToolState& tool = state.tool;
  if (tool.active == MapTool::browse) return;
  if (std::exchange(tool.finished, false)) tool.points.clear();
  // The two clicks of a double click are one corner.
  if (tool.points.empty() || !(tool.points.back() == position)) tool.points.push_back(position);
}

void undo_tool_point(AppState& state) {
  ToolState& tool = state.tool;
  if (!tool.finished && !tool.points.empty()) tool.points.pop_back();
}

void finish_tool(AppState& state, SelectionChange change) {
  ToolState& tool = state.tool;
  if (tool.active == MapTool::browse) return;
  if (tool.active == MapTool::draw_link) {
    add_link(state, tool.points);
    return begin_tool(state, MapTool::browse);
  }
  if (tool.active != MapTool::select_polygon) {
    const std::size_t needed = tool.active == MapTool::measure_area ? 3 : 2;
    tool.finished = tool.points.size() >= needed;
    return;
  }
  if (tool.points.size() < 3) return;
  select_in_polygon(state, tool.points, change);
  begin_tool(state, MapTool::browse);
}

void begin_box(AppState& state, geodesy::LonLat corner) {
  state.tool.box_from = corner;
}

void finish_box(AppState& state, geodesy::LonLat opposite, SelectionChange change) {
  const auto from = std::exchange(state.tool.box_from, std::nullopt);
  if (from) select_in_box(state, *from, opposite, change);
}

void abort_tool(AppState& state) {
  begin_tool(state, state.tool.points.empty() ? MapTool::browse : state.tool.active);
}

}  // namespace xiangtu::viewer
