// The tables at the bottom of the window, as tabs where several are shown.
#include <utility>

#include "viewer/commands/statistics.hpp"
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
  return state.view.statistics.shown || state.view.attributes.shown || state.network.shown ||
         state.bridges.shown || state.links.shown || state.defects.shown || state.figure.shown;
}

void draw_bottom(AppState& state) {
  const Catalogue& t = state.catalogue;
  if (!ImGui::BeginTabBar("tables")) return;
  const auto show = [&](const char* title, const char* id, BottomTab& page, void (*draw)(AppState&)) {
    page.in_front = false;
    if (!page.shown) return;
    const bool chosen = std::exchange(page.to_front, false);
    page.in_front = ImGui::BeginTabItem((std::string{t(title)} + id).c_str(), nullptr,
                                        chosen ? ImGuiTabItemFlags_SetSelected : ImGuiTabItemFlags_None);
    if (!page.in_front) return;
    draw(state);
    ImGui::EndTabItem();
  };
  const bool was_in_front = state.network.in_front;
  show("Statistics", "###statistics", state.view.statistics, statistics);
  show("Attribute table", "###attributes", state.view.attributes, draw_attributes);
  show("Figure", "###figure", state.figure, draw_figure);
  show("Road network", "###network", state.network, draw_network);
  show("Bridges", "###bridges", state.bridges, draw_bridges);
  show("Next links", "###links", state.links, draw_links);
  show("Network check", "###defects", state.defects, draw_defects);
  ImGui::EndTabBar();
  if (state.network.in_front != was_in_front) colour_units(state);
}

}  // namespace xiangtu::viewer
