// The tables at the bottom of the window, as tabs where several are shown.
#include <utility>

#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr float chart_share = 0.46f;  // of the width, beside the table

void statistics(AppState& state) {
  if (!state.chart.shown) return draw_statistics(state);
  ImGui::BeginChild("table", {ImGui::GetContentRegionAvail().x * (1 - chart_share), 0});
  draw_statistics(state);
  ImGui::EndChild();
  ImGui::SameLine();
  ImGui::BeginChild("chart");
  draw_charts(state);
  ImGui::EndChild();
}

}  // namespace

bool shows_bottom(const AppState& state) {
  return state.view.show_statistics || state.view.show_attributes;
}

void draw_bottom(AppState& state) {
  const Catalogue& t = state.catalogue;
  if (!ImGui::BeginTabBar("tables")) return;
  if (state.view.show_statistics &&
      ImGui::BeginTabItem((std::string{t("Statistics")} + "###statistics").c_str())) {
    statistics(state);
    ImGui::EndTabItem();
  }
  const bool to_front = std::exchange(state.view.attributes_to_front, false);
  state.view.attributes_in_front =
      state.view.show_attributes &&
      ImGui::BeginTabItem((std::string{t("Attribute table")} + "###attributes").c_str(), nullptr,
                          to_front ? ImGuiTabItemFlags_SetSelected : ImGuiTabItemFlags_None);
  if (state.view.attributes_in_front) {
    draw_attributes(state);
    ImGui::EndTabItem();
  }
  ImGui::EndTabBar();
}

}  // namespace xiangtu::viewer
