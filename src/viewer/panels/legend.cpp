// The panel of the legend: what is in it is drawn with the map, here it takes the mouse and scrolls.
#include <algorithm>

#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

void draw_legend(AppState& state, ImVec2 origin, ImVec2 size) {
  const auto panel = legend_panel(state.legend, state.camera);
  if (!panel) return;
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(size.x));
  const auto on_screen = [ratio](double pixels) { return static_cast<float>(pixels / ratio); };
  ImGui::SetCursorScreenPos({origin.x + on_screen(panel->x), origin.y + on_screen(panel->y)});
  ImGui::SetNextWindowContentSize({0, on_screen(state.legend.content.map.height)});
  ImGui::BeginChild("legend", {on_screen(panel->width), on_screen(panel->height)}, false,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  state.legend.scrolled = ImGui::GetScrollY() * ratio;
  ImGui::EndChild();
}

}  // namespace xiangtu::viewer
