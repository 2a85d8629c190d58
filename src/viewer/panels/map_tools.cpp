// What is being drawn on the map with a tool.
#include <algorithm>
#include <vector>

#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr ImU32 casing = IM_COL32(255, 255, 255, 220), line = IM_COL32(20, 90, 160, 255),
                area = IM_COL32(20, 90, 160, 40);

void draw_shape(const std::vector<ImVec2>& corners, bool closed) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto count = static_cast<int>(corners.size());
  const ImDrawFlags flags = closed && count > 2 ? ImDrawFlags_Closed : ImDrawFlags_None;
  draw.AddPolyline(corners.data(), count, casing, flags, 5);
  draw.AddPolyline(corners.data(), count, line, flags, 2);
}

}  // namespace

void draw_map_tools(AppState& state, ImVec2 origin, ImVec2 size) {
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(size.x));
  const auto on_screen = [&](geodesy::LonLat position) {
    const render::scene::ScreenPoint pixel = state.camera.to_screen(position);
    return ImVec2{origin.x + static_cast<float>(pixel.x / ratio),
                  origin.y + static_cast<float>(pixel.y / ratio)};
  };
  const ToolState& tool = state.tool;
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.PushClipRect(origin, {origin.x + size.x, origin.y + size.y}, true);
  if (tool.box_from) {
    const ImVec2 from = on_screen(*tool.box_from);
    draw.AddRectFilled(from, pointer, area);
    draw_shape({from, {pointer.x, from.y}, pointer, {from.x, pointer.y}}, true);
  }
  if (!tool.points.empty()) {
    std::vector<ImVec2> corners;
    for (const geodesy::LonLat point : tool.points) corners.push_back(on_screen(point));
    const std::size_t clicked = corners.size();
    if (state.view.pointer && !tool.finished) corners.push_back(pointer);
    draw_shape(corners, tool.active == MapTool::measure_area || tool.active == MapTool::select_polygon);
    for (std::size_t i = 0; i < clicked; ++i) {
      draw.AddCircleFilled(corners[i], 5, casing);
      draw.AddCircleFilled(corners[i], 3, line);
    }
  }
  draw.PopClipRect();
}

}  // namespace xiangtu::viewer
