#include "viewer/panels/table_parts.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace xiangtu::viewer {

namespace {

constexpr float most_lines = 3;
constexpr float arrow_width = 1.2f;  // of the sorting, in letters

float height_of(std::span<const ColumnHeading> headings) {
  float height = ImGui::GetTextLineHeight();
  for (const ColumnHeading& heading : headings) {
    const float room = column_width(heading) - ImGui::GetFontSize() * arrow_width;
    height = std::max(height, ImGui::CalcTextSize(heading.text.c_str(), nullptr, false, room).y);
  }
  return std::min(height, ImGui::GetTextLineHeight() * most_lines);
}

void heading_cell(const std::string& text, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = std::max(ImGui::GetContentRegionAvail().x - ImGui::GetFontSize() * arrow_width, 1.0f);
  ImGui::TableHeader("##heading");
  const ImVec4 cell{at.x, at.y, at.x + ImGui::GetContentRegionAvail().x, at.y + height};
  ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), ImGui::GetFontSize(), at,
                                      ImGui::GetColorU32(ImGuiCol_Text), text.c_str(), nullptr, width, &cell);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

// Chinese has no words that must not be broken.
float longest_word(const std::string& text) {
  float longest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const bool of_letters = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                        text.begin() + static_cast<std::ptrdiff_t>(end),
                                        [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (of_letters)
      longest = std::max(longest, ImGui::CalcTextSize(text.data() + begin, text.data() + end).x);
    begin = end + 1;
  }
  return longest;
}

}  // namespace

float column_width(const ColumnHeading& heading) {
  const float em = ImGui::GetFontSize();
  return std::max(em * heading.width, std::ceil(longest_word(heading.text)) + em * arrow_width + 1);
}

void wrapped_headings(std::span<const ColumnHeading> headings) {
  const float height = height_of(headings);
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers, height + ImGui::GetStyle().CellPadding.y * 2);
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(i))) continue;
    ImGui::PushID(static_cast<int>(i));
    heading_cell(headings[i].text, height);
    ImGui::PopID();
  }
}

void cell_text_or_tip(const std::string& text) {
  const bool cut = ImGui::GetContentRegionAvail().x < ImGui::CalcTextSize(text.c_str()).x;
  ImGui::TextUnformatted(text.c_str());
  if (cut && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

void figure_text(const std::string& text, bool counts) {
  const float room = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(text.c_str()).x;
  if (room > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room);
  if (counts)
    ImGui::TextUnformatted(text.c_str());
  else
    ImGui::TextDisabled("%s", text.c_str());
}

}  // namespace xiangtu::viewer
