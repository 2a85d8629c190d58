#include "viewer/commands/tools.hpp"

#include <utility>

namespace xiangtu::viewer {

void begin_tool(AppState& state, MapTool tool) {
  state.tool = {tool, {}, false, std::nullopt};
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

void finish_tool(AppState& state, SelectionChange) {
  ToolState& tool = state.tool;
  if (tool.active == MapTool::browse) return;
  if (tool.active != MapTool::select_polygon) {
    const std::size_t needed = tool.active == MapTool::measure_area ? 3 : 2;
    tool.finished = tool.points.size() >= needed;
    return;
  }
  if (tool.points.size() >= 3) begin_tool(state, MapTool::browse);
}

void abort_tool(AppState& state) {
  begin_tool(state, state.tool.points.empty() ? MapTool::browse : state.tool.active);
}

}  // namespace xiangtu::viewer
