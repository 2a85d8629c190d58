// What to build next: unit costs, the links in their order with the total, and where they are.
#include <cfloat>
#include <string>
#include <vector>

#include <imgui.h>

#include "base/text.hpp"
#include "report/link_report.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/links.hpp"
#include "viewer/panels/button_row.hpp"
#include "viewer/panels/map_marks.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/table_parts.hpp"

namespace xiangtu::viewer {

namespace {

constexpr float rank_width = 3.2f, villages_width = 14, figure_width = 4.8f;  // of the columns, in letters
constexpr float costs_share = 0.25f;                                          // of the width

std::string count_text(std::size_t count) {
  return with_thousands(std::to_string(count));
}

void cost_fields(AppState& state) {
  const Catalogue& t = state.catalogue;
  reach::UnitCosts& typed = state.links.typed;
  const auto field = [&](const char* label, const char* explained, double& value) {
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 4.6f);
    ImGui::InputDouble(t.c_str(label), &value, 0, 0, "%.0f");
    if (ImGui::IsItemDeactivatedAfterEdit()) take_costs(state);
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str(explained));
  };
  field("yuan/km to harden", "to give an existing road a hardened surface", typed.harden_yuan_per_km);
  field("yuan/km of new road", "a new hardened road, where a village has no road at all",
        typed.new_road_yuan_per_km);
  field("yuan/m of bridge", "to build a dangerous bridge anew, by its length",
        typed.rebuild_bridge_yuan_per_m);
  field("m of bridge", "the length of a bridge that does not tell its own", typed.bridge_m);
}

void drawn_choice(AppState& state) {
  const Catalogue& t = state.catalogue;
  LinksState& links = state.links;
  const int all = links.plan.answer ? static_cast<int>(links.plan.answer->until.size()) : 0;
  ImGui::BeginDisabled(links.all_drawn);
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 4.6f);
  ImGui::SliderInt("##drawn", &links.drawn, 0, std::max(all, 1), "%d",
                   ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_AlwaysClamp);
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::TextUnformatted(t.c_str("on the map"));
  ImGui::SameLine();
  ImGui::Checkbox(t.c_str("all##links"), &links.all_drawn);
}

void colour_key(const Catalogue& t) {
  ButtonRow row;
  for (const auto& [name, colour] : {std::pair{"to harden", MapMarks::added},
                                     {"new road", MapMarks::built},
                                     {"bridge to rebuild", MapMarks::taken}}) {
    const float line = ImGui::GetTextLineHeight();
    row.place(line + ImGui::CalcTextSize(t.c_str(name)).x);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + line * 0.35f},
                                              {at.x + line * 0.8f, at.y + line * 0.65f}, colour);
    ImGui::SetCursorScreenPos({at.x + line, at.y});
    ImGui::TextUnformatted(t.c_str(name));
  }
}

void choices(AppState& state) {
  const Catalogue& t = state.catalogue;
  const RegionAnswer<LinkPlan>& plan = state.links.plan;
  cost_fields(state);
  drawn_choice(state);
  colour_key(t);
  ButtonRow row;
  const bool ready = plan.answer && !plan.computing;
  if (row.button(t.c_str("Export…"), ready)) ask_for_file(state, FileChoice::save_links);
  if (row.button(t.c_str("Lines…"), ready)) ask_for_file(state, FileChoice::save_lines);
}

std::vector<ColumnHeading> headings_of(const Catalogue& t) {
  std::vector<ColumnHeading> headings{{std::string{t("rank")}, rank_width},
                                      {std::string{t("villages connected")}, villages_width}};
  for (const report::LinkColumn& column : report::link_columns())
    headings.push_back({std::string{t(column.heading)}, figure_width});
  return headings;
}

void figure_cells(const reach::LinkSums& own, const reach::LinkSums& until) {
  for (const report::LinkColumn& column : report::link_columns()) {
    if (!ImGui::TableNextColumn()) continue;
    const std::string text = column.text(own, until);
    figure_text(text, text != "0" && text != "0.0");
  }
}

void total_row(const LinkPlan& plan, const Catalogue& t) {
  const reach::LinkSums all = plan.until.empty() ? reach::LinkSums{} : plan.until.back();
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  figure_text(count_text(plan.until.size()), true);
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(Message("total: {0} villages", count_text(all.villages)).in(t).c_str());
  figure_cells(all, all);
}

void link_row(AppState& state, const LinkPlan& plan, std::size_t i) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(i));
  if (ImGui::Selectable("##row", state.links.chosen == i,
                        ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap))
    go_to_link(state, i);
  ImGui::SameLine(0, 0);
  figure_text(count_text(i + 1), true);
  ImGui::TableNextColumn();
  const reach::NextLink& link = plan.links.links[i];
  cell_text_or_tip(report::villages_text(plan.links, link));
  figure_cells(reach::sums_of(link), plan.until[i]);
  ImGui::PopID();
}

void table(AppState& state, const LinkPlan& plan) {
  const std::vector<ColumnHeading> columns = headings_of(state.catalogue);
  constexpr ImGuiTableFlags flags =
      ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
      ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable |
      ImGuiTableFlags_Reorderable | ImGuiTableFlags_Hideable | ImGuiTableFlags_SizingFixedFit;
  if (!ImGui::BeginTable("links", static_cast<int>(columns.size()), flags)) return;
  ImGui::TableSetupScrollFreeze(2, 2);
  for (const ColumnHeading& column : columns)
    ImGui::TableSetupColumn(column.text.c_str(), ImGuiTableColumnFlags_WidthFixed, column_width(column));
  wrapped_headings(columns);
  total_row(plan, state.catalogue);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(plan.until.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      link_row(state, plan, static_cast<std::size_t>(i));
  ImGui::EndTable();
}

void plan_side(AppState& state) {
  const Catalogue& t = state.catalogue;
  const RegionAnswer<LinkPlan>& plan = state.links.plan;
  if (plan.computing) ImGui::TextDisabled("%s", t.c_str("computing…"));
  if (!plan.answer) return;
  if (!plan.computing) ImGui::TextWrapped("%s", report::village_states(plan.answer->links, t).c_str());
  table(state, *plan.answer);
}

}  // namespace

void draw_links(AppState& state) {
  const Catalogue& t = state.catalogue;
  const RegionAnswer<LinkPlan>& plan = state.links.plan;
  if (!state.region) return ImGui::TextDisabled("%s", t.c_str("Nothing is open yet."));
  if (plan.issue) {
    ImGui::TextWrapped("%s", plan.issue->message.in(t).c_str());
    if (ImGui::Button(t.c_str("Try again"))) plan_links(state);
    return;
  }
  ImGui::BeginChild("choices", {ImGui::GetContentRegionAvail().x * costs_share, 0});
  choices(state);
  ImGui::EndChild();
  ImGui::SameLine();
  ImGui::BeginChild("plan");
  plan_side(state);
  ImGui::EndChild();
}

}  // namespace xiangtu::viewer
