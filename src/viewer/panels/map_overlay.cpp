#include <cmath>

#include <fmt/format.h>

#include "render/scene/furniture.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

// The zoom, by which layers come and go, and where the pointer is.
std::string status_line(const AppState& state) {
  const std::string zoom = Message("zoom {0}", zoom_text(state.camera.zoom())).in(state.catalogue);
  const auto& pointer = state.view.pointer;
  if (!pointer || std::abs(pointer->lon) > 180) return zoom;
  return fmt::format("{}   {:.5f}°{}  {:.5f}°{}", zoom, std::abs(pointer->lon), pointer->lon < 0 ? 'W' : 'E',
                     std::abs(pointer->lat), pointer->lat < 0 ? 'S' : 'N');
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
  const std::string place = status_line(state);
  const ImVec2 extent = ImGui::CalcTextSize(place.c_str());
  const ImVec2 at{left.x + em * 11, left.y - extent.y * 0.7f};
  draw.AddRectFilled({at.x - em * 0.5f, at.y - 3}, {at.x + extent.x + em * 0.5f, at.y + extent.y + 3},
                     ImGui::GetColorU32(ImGuiCol_PopupBg), 4);
  draw.AddText(at, ImGui::GetColorU32(ImGuiCol_Text), place.c_str());
}

}  // namespace

void draw_map_overlay(AppState& state, ImVec2 origin, ImVec2 size) {
  scale_and_position(state, origin, size);
}

}  // namespace xiangtu::viewer
