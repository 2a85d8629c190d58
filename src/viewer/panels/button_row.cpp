#include "viewer/panels/button_row.hpp"

#include <imgui.h>

namespace xiangtu::viewer {

bool ButtonRow::button(const char* label, bool enabled) {
  place(ImGui::CalcTextSize(label, nullptr, true).x + ImGui::GetStyle().FramePadding.x * 2);
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::Button(label);
  ImGui::EndDisabled();
  return pressed;
}

void ButtonRow::place(float width) {
  const float end = ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x + width;
  if (!first_ && end < ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x) ImGui::SameLine();
  first_ = false;
}

}  // namespace xiangtu::viewer
