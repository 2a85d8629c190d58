// What is wrong with the drawing of the roads: what connects most when it is mended first.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <imgui.h>

#include "base/text.hpp"
#include "report/network_check_report.hpp"
#include "report/table_cells.hpp"
#include "viewer/commands/defects.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/measured_text.hpp"
#include "viewer/panels/button_row.hpp"
#include "viewer/panels/map_marks.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/table_parts.hpp"

namespace xiangtu::viewer {

using reach::Defect;
using reach::DefectKind;

namespace {

std::string whole(double number) {
  return report::whole_text(number);
}

// A box for each kind that there is, with how many.
void kind_boxes(AppState& state, ButtonRow& row) {
  const auto counts = report::defect_counts(*state.defects.of);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].all == 0) continue;
    const auto kind = static_cast<DefectKind>(i);
    const std::string label = report::defect_title(kind).in(state.catalogue) + "  " +
                              whole(static_cast<double>(counts[i].all)) + "###kind" + std::to_string(i);
    row.place(ImGui::GetFrameHeight() + ImGui::CalcTextSize(label.c_str(), nullptr, true).x);
    bool shown = !state.defects.view.hidden[i];
    if (ImGui::Checkbox(label.c_str(), &shown)) show_defects(state, kind, shown);
  }
}

void bar(AppState& state) {
  const Catalogue& t = state.catalogue;
  ButtonRow row;
  kind_boxes(state, row);
  const char* gaining = t.c_str("only what connects someone");
  row.place(ImGui::GetFrameHeight() + ImGui::CalcTextSize(gaining).x);
  bool only = state.defects.view.only_gaining;
  if (ImGui::Checkbox(gaining, &only)) show_only_gaining(state, only);
  const char* any_road = t.c_str("every road is travelled");
  row.place(ImGui::GetFrameHeight() + ImGui::CalcTextSize(any_road).x);
  bool any = state.defects.any_road;
  if (ImGui::Checkbox(any_road, &any)) travel_any_road(state, any);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str("else only those that are hardened"));
  if (row.button(t.c_str("Join in the scenario"), can_join(state))) try_joining(state);
  if (!can_join(state) && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", t.c_str("select a near miss in the table"));
  if (row.button(t.c_str("Export…"))) ask_for_file(state, FileChoice::save_defects);
}

std::vector<ColumnHeading> headings_of(const Catalogue& t) {
  return {{std::string{t("defect")}, 8},     {std::string{t("people")}, 4.5f},
          {std::string{t("households")}, 5}, {std::string{t("villages")}, 4},
          {std::string{t("length")}, 5},     {std::string{t("what")}, 15},
          {std::string{t("other")}, 18}};
}

void row_cell(const table::FeatureTable& table, RowIx row) {
  if (!ImGui::TableNextColumn() || !row.exists()) return;
  cell_text_or_tip(report::code_and_name(table, row));
}

void defect_row(AppState& state, std::size_t row) {
  const reach::NetworkDefects& check = *state.defects.of;
  const std::uint32_t position = state.defects.rows[row];
  const Defect& defect = check.defects[position];
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(position));
  const std::string title = report::defect_title(defect.kind).in(state.catalogue);
  if (ImGui::Selectable(title.c_str(), state.defects.chosen == position, ImGuiSelectableFlags_SpanAllColumns))
    go_to_defect(state, row);
  for (const double gain :
       {defect.gain.population, defect.gain.households, static_cast<double>(defect.gain.villages)})
    if (ImGui::TableNextColumn()) figure_text(whole(gain), gain > 0);
  if (ImGui::TableNextColumn())
    figure_text(std::isnan(defect.size_m) ? "—" : length_text({defect.size_m}, state.catalogue),
                !std::isnan(defect.size_m));
  row_cell(check.layer_of(defect).table, defect.row);
  row_cell(check.other_layer_of(defect).table, defect.other);
  ImGui::PopID();
}

void table(AppState& state) {
  const std::vector<ColumnHeading> columns = headings_of(state.catalogue);
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollX |
                                    ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerV |
                                    ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable |
                                    ImGuiTableFlags_SizingFixedFit;
  if (!ImGui::BeginTable("defects", static_cast<int>(columns.size()), flags)) return;
  ImGui::TableSetupScrollFreeze(1, 1);
  for (const ColumnHeading& column : columns)
    ImGui::TableSetupColumn(column.text.c_str(), ImGuiTableColumnFlags_WidthFixed, column_width(column));
  wrapped_headings(columns);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(state.defects.rows.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      defect_row(state, static_cast<std::size_t>(i));
  ImGui::EndTable();
}

// Why figures are as they are; the first is enough to see that there is something.
void remarks(const AppState& state) {
  for (const Finding& finding : state.defects.of->findings)
    if (finding.rows.empty()) ImGui::TextWrapped("%s", finding.message.in(state.catalogue).c_str());
}

}  // namespace

void draw_defects(AppState& state) {
  const Catalogue& t = state.catalogue;
  const auto& check = state.defects.check;
  if (!state.region) return ImGui::TextDisabled("%s", t.c_str("Nothing is open yet."));
  if (check.issue) {
    ImGui::TextWrapped("%s", check.issue->message.in(t).c_str());
    if (ImGui::Button(t.c_str("Try again"))) check_network(state);
    return;
  }
  if (!state.defects.of) return ImGui::TextDisabled("%s", t.c_str("computing…"));
  bar(state);
  if (check.computing) ImGui::TextDisabled("%s", t.c_str("computing…"));
  remarks(state);
  table(state);
}

void draw_defect_marks(const AppState& state, ImVec2 origin, ImVec2 size) {
  const DefectsState& defects = state.defects;
  if (!defects.shown || !defects.in_front || !defects.of || defects.check.region != state.region) return;
  MapMarks marks(state, origin, size);
  const auto chosen = defects.chosen;
  if (!chosen) return;
  const Defect& defect = defects.of->defects[*chosen];
  const std::array ends{defect.at, defect.to};
  if (!(defect.at == defect.to)) marks.line(ends, MapMarks::taken);
  marks.disc(defect.at, MapMarks::taken);
}

}  // namespace xiangtu::viewer
