#include "viewer/map_input.hpp"

#include <algorithm>

#include <imgui.h>

#include "viewer/commands/selection.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/keys.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr double wheel_step = 1.25, double_click_step = 2;
constexpr float drag_px = 5;  // a press that moves less is a click

// Shift is what draws a box, so that with one it says nothing else.
SelectionChange change_by_keys(bool shift_adds) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyAlt) return SelectionChange::remove;
  return io.KeyCtrl || (shift_adds && io.KeyShift) ? SelectionChange::add : SelectionChange::replace;
}

void click(AppState& state, scene::ScreenPoint pixel) {
  const ImGuiIO& io = ImGui::GetIO();
  if (state.tool.active == MapTool::browse) {
    if (io.KeyCtrl || io.KeyShift) return toggle_at(state, pixel);
    if (io.MouseClickedLastCount[0] % 2 == 0) return state.camera.zoom_at(pixel, double_click_step);
    return identify(state, pixel);
  }
  // The second click of a double click only ends what the first one added.
  if (io.MouseClickedLastCount[0] == 1) add_tool_point(state, state.camera.to_lonlat(pixel));
}

bool was_dragged() {
  return ImGui::GetIO().MouseDragMaxDistanceSqr[0] > drag_px * drag_px;
}

// From the press with Shift to the release, wherever that is.
void drag_box(AppState& state, scene::ScreenPoint pixel) {
  if (ImGui::IsMouseDown(0)) return;
  if (was_dragged()) return finish_box(state, state.camera.to_lonlat(pixel), change_by_keys(false));
  state.tool.box_from.reset();
  click(state, pixel);
}

}  // namespace

void map_input(AppState& state, const MapPlace& place) {
  const ImGuiIO& io = ImGui::GetIO();
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(place.width));
  const scene::ScreenPoint pixel{(io.MousePos.x - place.x) * ratio, (io.MousePos.y - place.y) * ratio};
  const bool drawing = state.tool.active != MapTool::browse;
  state.view.pointer.reset();
  if (state.tool.box_from) return drag_box(state, pixel);
  if (ImGui::IsItemHovered()) {
    state.view.pointer = state.camera.to_lonlat(pixel);
    if (drawing) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (io.MouseWheel != 0) state.camera.zoom_at(pixel, io.MouseWheel > 0 ? wheel_step : 1 / wheel_step);
    if (drawing && ImGui::IsMouseDoubleClicked(0)) {
      state.tool.press_taken = true;
      return finish_tool(state, change_by_keys(true));
    }
    if (!drawing && io.KeyShift && ImGui::IsMouseClicked(0)) return begin_box(state, *state.view.pointer);
    if (ImGui::IsMouseReleased(0) && !was_dragged() && !state.tool.press_taken) click(state, pixel);
  }
  if (!ImGui::IsMouseDown(0)) state.tool.press_taken = false;
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, drag_px))
    state.camera.pan(io.MouseDelta.x * ratio, io.MouseDelta.y * ratio);
}

bool tool_keys(AppState& state) {
  if (state.tool.active == MapTool::browse) return false;
  if (pressed(ImGuiKey_Escape))
    abort_tool(state);
  else if (pressed(ImGuiKey_Backspace))
    undo_tool_point(state);
  else if (pressed_enter())
    finish_tool(state, change_by_keys(true));
  else
    return false;
  return true;
}

}  // namespace xiangtu::viewer
