#include <algorithm>

#include <fmt/format.h>

#include "render/scene/furniture.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

ImU32 colour(scene::Colour c) {
  return IM_COL32(c.r, c.g, c.b, c.a);
}

void scale_and_position(const AppState& state, ImVec2 origin, ImVec2 size) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float em = ImGui::GetFontSize();
  const scene::ScaleBar bar = scene::scale_bar(state.camera, em * 9);
  const auto width = static_cast<float>(bar.pixels);
  const ImVec2 left{origin.x + em, origin.y + size.y - em};
  draw.AddRectFilled({left.x - em * 0.5f, left.y - em * 1.6f},
                     {left.x + width + em * 0.5f, left.y + em * 0.5f}, ImGui::GetColorU32(ImGuiCol_PopupBg),
                     4);
  draw.AddRectFilled({left.x, left.y - 4}, {left.x + width, left.y}, ImGui::GetColorU32(ImGuiCol_Text));
  draw.AddRectFilled({left.x + width / 2, left.y - 3}, {left.x + width - 1, left.y - 1},
                     ImGui::GetColorU32(ImGuiCol_PopupBg));
  draw.AddText({left.x, left.y - em * 1.45f}, ImGui::GetColorU32(ImGuiCol_Text), bar.text.c_str());
  if (!state.view.pointer) return;
  const std::string place =
      fmt::format("{:.5f}°E  {:.5f}°N", state.view.pointer->lon, state.view.pointer->lat);
  const ImVec2 extent = ImGui::CalcTextSize(place.c_str());
  const ImVec2 at{origin.x + size.x - extent.x - em, origin.y + size.y - em - extent.y * 0.5f};
  draw.AddRectFilled({at.x - em * 0.5f, at.y - 3}, {at.x + extent.x + em * 0.5f, at.y + extent.y + 3},
                     ImGui::GetColorU32(ImGuiCol_PopupBg), 4);
  draw.AddText(at, ImGui::GetColorU32(ImGuiCol_Text), place.c_str());
}

// The classes of the coloured units.
void legend(const AppState& state, ImVec2 origin, ImVec2 size) {
  for (const scene::MapLayer& layer : state.scene.layers()) {
    if (!layer.look.choropleth || !layer.look.visible) continue;
    const scene::Choropleth& choropleth = *layer.look.choropleth;
    ImGui::SetNextWindowPos({origin.x + size.x - 12, origin.y + 12}, ImGuiCond_Always, {1, 0});
    ImGui::SetNextWindowBgAlpha(0.94f);
    constexpr ImGuiWindowFlags flags =
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
        ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoInputs;
    ImGui::Begin("legend", nullptr, flags);
    ImGui::TextUnformatted(choropleth.title.c_str());
    ImGui::TextDisabled("%s", layer.name.c_str());
    const float em = ImGui::GetFontSize();
    for (const auto& entry : choropleth.legend()) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImDrawList& draw = *ImGui::GetWindowDrawList();
      const ImVec2 end{at.x + em * 1.6f, at.y + em};
      draw.AddRectFilled(at, end, colour(entry.hatched ? state.scene.styles().paper.unknown : entry.colour),
                         2);
      if (entry.hatched)
        for (float x = 0; x < em * 1.6f; x += em / 3)
          draw.AddLine({at.x + x, end.y}, {std::min(at.x + x + em, end.x), at.y},
                       IM_COL32(150, 146, 138, 255));
      ImGui::Dummy({em * 1.6f, em});
      ImGui::SameLine();
      ImGui::TextUnformatted(entry.text.c_str());
    }
    ImGui::End();
  }
}

}  // namespace

void draw_map_overlay(AppState& state, ImVec2 origin, ImVec2 size) {
  scale_and_position(state, origin, size);
  if (state.view.show_legend) legend(state, origin, size);
}

}  // namespace xiangtu::viewer
