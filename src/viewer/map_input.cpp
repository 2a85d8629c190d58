#include "viewer/map_input.hpp"

#include <algorithm>

#include <imgui.h>

#include "viewer/commands/selection.hpp"
#include "viewer/commands/tools.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr double wheel_step = 1.25;
constexpr float drag_px = 5;  // a press that moves less is a click

SelectionChange change_by_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  return io.KeyAlt                   ? SelectionChange::remove
         : io.KeyCtrl || io.KeyShift ? SelectionChange::add
                                     : SelectionChange::replace;
}

// The second click of a double click only ends what the first one added.
void tool_click(AppState& state, scene::ScreenPoint pixel) {
  if (ImGui::GetIO().MouseClickedLastCount[0] == 1) add_tool_point(state, state.camera.to_lonlat(pixel));
}

}  // namespace

void map_input(AppState& state, const MapPlace& place) {
  const ImGuiIO& io = ImGui::GetIO();
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(place.width));
  const scene::ScreenPoint pixel{(io.MousePos.x - place.x) * ratio, (io.MousePos.y - place.y) * ratio};
  const bool drawing = state.tool.active != MapTool::browse;
  state.view.pointer.reset();
  if (ImGui::IsItemHovered()) {
    state.view.pointer = state.camera.to_lonlat(pixel);
    if (drawing) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (io.MouseWheel != 0) state.camera.zoom_at(pixel, io.MouseWheel > 0 ? wheel_step : 1 / wheel_step);
    if (drawing && ImGui::IsMouseDoubleClicked(0)) return finish_tool(state, change_by_keys());
    const bool clicked = ImGui::IsMouseReleased(0) && io.MouseDragMaxDistanceSqr[0] <= drag_px * drag_px;
    if (clicked && drawing)
      tool_click(state, pixel);
    else if (clicked)
      identify(state, pixel);
  }
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, drag_px))
    state.camera.pan(io.MouseDelta.x * ratio, io.MouseDelta.y * ratio);
}

bool tool_keys(AppState& state) {
  if (state.tool.active == MapTool::browse) return false;
  const auto pressed = [](ImGuiKey_ key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); };
  if (pressed(ImGuiKey_Escape))
    abort_tool(state);
  else if (pressed(ImGuiKey_Backspace))
    undo_tool_point(state);
  else if (pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeyPadEnter))
    finish_tool(state, change_by_keys());
  else
    return false;
  return true;
}

}  // namespace xiangtu::viewer
