// What each bridge carries: the gravest closures first, found, sorted, shown on the map and tried out.
#include <string>
#include <utility>
#include <vector>

#include <imgui.h>
#include <imgui_stdlib.h>

#include "base/text.hpp"
#include "viewer/commands/bridges.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/panels/button_row.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/table_parts.hpp"

namespace xiangtu::viewer {

namespace {

// Of the columns, in letters.
constexpr float rank_width = 3.6f, name_width = 15.5f, class_width = 3.4f, figure_width = 7.3f;

std::string count_text(std::size_t count) {
  return with_thousands(std::to_string(count));
}

void filter_fields(AppState& state, ButtonRow& row) {
  const Catalogue& t = state.catalogue;
  BridgeView& view = state.bridges.view;
  const float box = ImGui::GetFontSize() * 11;
  row.place(box);
  ImGui::SetNextItemWidth(box);
  ImGui::InputTextWithHint("##filter", t.c_str("name or code"), &view.filter);
  const char* dangerous = t.c_str("only class 4 and 5");
  row.place(ImGui::GetFrameHeight() + ImGui::CalcTextSize(dangerous).x);
  ImGui::Checkbox(dangerous, &view.only_dangerous);
}

void closing_button(AppState& state, ButtonRow& row) {
  const auto bridge = selected_bridge(state);
  const bool closed = bridge && is_closed(state, *bridge) == true;
  const char* label = state.catalogue.c_str(closed ? "Open again in the scenario" : "Close in the scenario");
  if (row.button(label, bridge.has_value())) try_closing(state, *bridge, !closed);
  if (!bridge && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", state.catalogue.c_str("select a bridge in the table or on the map"));
}

void bar(AppState& state) {
  const Catalogue& t = state.catalogue;
  const BridgesState& bridges = state.bridges;
  ButtonRow row;
  filter_fields(state, row);
  closing_button(state, row);
  if (row.button(t.c_str("Export…"), bridges.of != nullptr)) ask_for_file(state, FileChoice::save_bridges);
  if (!bridges.of) return;
  const std::string count =
      Message("{0} of {1} bridges", count_text(bridges.rows.size()), count_text(bridges.of->names.size()))
          .in(t);
  row.place(ImGui::CalcTextSize(count.c_str()).x);
  ImGui::TextDisabled("%s", count.c_str());
}

// "villages cut off (trunk)".
std::string figure_heading(std::size_t figure, const char* destination, const Catalogue& t) {
  return std::string{t(bridge_figure(figure).heading)} + " (" + std::string{t(destination)} + ")";
}

std::vector<ColumnHeading> headings_of(const Catalogue& t) {
  std::vector<ColumnHeading> headings{{std::string{t("rank")}, rank_width},
                                      {std::string{t("bridge")}, name_width},
                                      {std::string{t("class")}, class_width}};
  for (const char* destination : {"trunk", "seat"})
    for (std::size_t figure = 0; figure < bridge_figures(); ++figure)
      headings.push_back({figure_heading(figure, destination, t), figure_width});
  return headings;
}

void take_sorting(AppState& state) {
  ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  if (!specs || !std::exchange(specs->SpecsDirty, false) || specs->SpecsCount == 0) return;
  sort_bridges(state, static_cast<int>(specs->Specs[0].ColumnUserID),
               specs->Specs[0].SortDirection == ImGuiSortDirection_Ascending);
}

void headings(AppState& state, const std::vector<ColumnHeading>& columns) {
  ImGui::TableSetupScrollFreeze(2, 1);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ImGuiTableColumnFlags flags = ImGuiTableColumnFlags_WidthFixed;
    if (i == BridgeColumn::rank) flags |= ImGuiTableColumnFlags_DefaultSort;
    if (i >= BridgeColumn::condition_class) flags |= ImGuiTableColumnFlags_PreferSortDescending;
    ImGui::TableSetupColumn(columns[i].text.c_str(), flags, column_width(columns[i]),
                            static_cast<ImGuiID>(i));
  }
  wrapped_headings(columns);
  take_sorting(state);
}

void name_cell(const AppState& state, const BridgeScan& scan, std::uint32_t position) {
  const std::string& name = scan.names[position];
  const bool closed = is_closed(state, scan.scan.closures[position].bridge) == true;
  cell_text_or_tip((closed ? "× " : "") + name);
}

void figure_cells(const BridgeScan& scan, std::uint32_t position) {
  const int first = BridgeColumn::first_figure, all = static_cast<int>(bridge_figures());
  for (int column = first; column < first + 2 * all; ++column) {
    if (!ImGui::TableNextColumn()) continue;
    const report::ClosureColumn& figure = bridge_figure(static_cast<std::size_t>((column - first) % all));
    const reach::ClosureEffect& effect = effect_of(scan.scan.closures[position], column);
    const bool is_asked = column < first + all || scan.scan.to_seat;
    figure_text(is_asked ? figure.text_of(effect) : "n/a", is_asked && figure.value(effect) > 0);
  }
}

void bridge_row(AppState& state, std::size_t row, bool selected) {
  const BridgeScan& scan = *state.bridges.of;
  const std::uint32_t position = state.bridges.rows[row];
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(position));
  if (ImGui::Selectable("##row", selected,
                        ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap))
    go_to_bridge(state, row);
  ImGui::SameLine(0, 0);
  figure_text(count_text(position + 1), true);
  ImGui::TableNextColumn();
  name_cell(state, scan, position);
  if (ImGui::TableNextColumn())
    figure_text(scan.classes[position] > 0 ? std::to_string(scan.classes[position]) : "?",
                scan.classes[position] > 0);
  figure_cells(scan, position);
  ImGui::PopID();
}

void table(AppState& state) {
  const BridgesState& bridges = state.bridges;
  const std::vector<ColumnHeading> columns = headings_of(state.catalogue);
  constexpr ImGuiTableFlags flags =
      ImGuiTableFlags_Sortable | ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
      ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable |
      ImGuiTableFlags_Reorderable | ImGuiTableFlags_Hideable | ImGuiTableFlags_SizingFixedFit;
  if (!ImGui::BeginTable("bridges", static_cast<int>(columns.size()), flags)) return;
  headings(state, columns);
  const auto selected = selected_bridge(state);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(bridges.rows.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto row = static_cast<std::size_t>(i);
      bridge_row(state, row, selected == bridges.of->scan.closures[bridges.rows[row]].bridge);
    }
  ImGui::EndTable();
}

}  // namespace

void draw_bridges(AppState& state) {
  const Catalogue& t = state.catalogue;
  const RegionAnswer<BridgeScan>& scan = state.bridges.scan;
  if (!state.region) return ImGui::TextDisabled("%s", t.c_str("Nothing is open yet."));
  if (scan.issue) {
    ImGui::TextWrapped("%s", scan.issue->message.in(t).c_str());
    if (ImGui::Button(t.c_str("Try again"))) scan_bridges(state);
    return;
  }
  bar(state);
  if (!state.bridges.of) return ImGui::TextDisabled("%s", t.c_str("computing…"));
  table(state);
}

}  // namespace xiangtu::viewer
