// The panel of the legend: what is in it the map's renderer draws, over the marks on the map; here it takes
// the mouse and scrolls.
#include <algorithm>

#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

void paint(const ImDrawList*, const ImDrawCmd* command) {
  const auto& legend = *static_cast<const LegendState*>(command->UserCallbackData);
  if (legend.paint) legend.paint();
}

}  // namespace

void draw_legend(AppState& state, ImVec2 origin, ImVec2 size) {
  const auto panel = legend_panel(state.legend, state.camera);
  if (!panel) return;
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(size.x));
  const auto on_screen = [ratio](double pixels) { return static_cast<float>(pixels / ratio); };
  ImDrawList& map = *ImGui::GetWindowDrawList();
  map.AddCallback(paint, &state.legend);
  map.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
  ImGui::SetCursorScreenPos({origin.x + on_screen(panel->x), origin.y + on_screen(panel->y)});
  ImGui::SetNextWindowContentSize({0, on_screen(state.legend.content.map.height)});
  ImGui::BeginChild("legend", {on_screen(panel->width), on_screen(panel->height)}, false,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  state.legend.scrolled = ImGui::GetScrollY() * ratio;
  ImGui::EndChild();
}

}  // namespace xiangtu::viewer
