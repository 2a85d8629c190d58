// Lengths along a measured figure, and its result at the pointer.
#include <algorithm>
#include <cmath>

#include "viewer/commands/measure.hpp"
#include "viewer/measured_text.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr float least_segment = 5;  // in letters: a shorter one has no room for its length

void text_box(ImVec2 at, const std::string& text) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 extent = ImGui::CalcTextSize(text.c_str());
  draw.AddRectFilled({at.x - 5, at.y - 3}, {at.x + extent.x + 5, at.y + extent.y + 3},
                     ImGui::GetColorU32(ImGuiCol_PopupBg), 4);
  draw.AddText(at, ImGui::GetColorU32(ImGuiCol_Text), text.c_str());
}

}  // namespace

void draw_measure(const AppState& state, ImVec2 origin, ImVec2 size) {
  const ToolState& tool = state.tool;
  if (!is_measuring(tool)) return;
  const float em = ImGui::GetFontSize();
  const double ratio = state.camera.width() / std::max(1.0, static_cast<double>(size.x));
  const auto on_screen = [&](geodesy::LonLat position) {
    const render::scene::ScreenPoint pixel = state.camera.to_screen(position);
    return ImVec2{origin.x + static_cast<float>(pixel.x / ratio),
                  origin.y + static_cast<float>(pixel.y / ratio)};
  };
  ImGui::GetWindowDrawList()->PushClipRect(origin, {origin.x + size.x, origin.y + size.y}, true);
  const Measurement measured = measure(tool, state.view.pointer);
  std::vector<ImVec2> corners;
  for (const geodesy::LonLat point : tool.points) corners.push_back(on_screen(point));
  if (!corners.empty() && !tool.finished && state.view.pointer)
    corners.push_back(on_screen(*state.view.pointer));
  for (std::size_t i = 0; i < measured.segments.size() && !corners.empty() && measured.segments.size() > 1;
       ++i) {
    const ImVec2 a = corners[i % corners.size()], b = corners[(i + 1) % corners.size()];
    const std::string text = length_text(measured.segments[i], state.catalogue);
    if (std::max(std::abs(b.x - a.x), std::abs(b.y - a.y)) > least_segment * em)
      text_box({(a.x + b.x - ImGui::CalcTextSize(text.c_str()).x) / 2, (a.y + b.y - em) / 2}, text);
  }
  if (const std::string text = measurement_text(tool, measured, state.catalogue); !text.empty())
    text_box({corners.back().x + em, corners.back().y + em}, text);
  ImGui::GetWindowDrawList()->PopClipRect();
}

}  // namespace xiangtu::viewer
