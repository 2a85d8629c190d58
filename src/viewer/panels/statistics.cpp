#include <algorithm>
#include <array>
#include <utility>

#include <imgui.h>

#include <imgui_internal.h>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "viewer/commands/figure.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/keys.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/table_parts.hpp"

namespace xiangtu::viewer {

using indicators::Figure;
using indicators::IndicatorInfo;

namespace {

// Of a column of figures, in letters: "97.2% [96.9–97.3]" fits.
constexpr float figure_width = 9;
constexpr float name_width = 10;
constexpr std::size_t most_columns = 64;  // of an ImGui table

std::size_t shown_indicators(const AppState& state) {
  return std::min(state.region->stats.table.indicators.size(), most_columns - 1);
}

// The next item beside the last one where it fits, else below.
void same_line_if_room(float width) {
  const float end = ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x * 2 + width;
  if (end < ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x) ImGui::SameLine();
}

void breadcrumb(AppState& state) {
  const auto& units = state.region->hierarchy();
  std::vector<UnitIx> path;
  for (UnitIx unit = state.statistics.parent; unit.exists(); unit = units[unit].parent)
    path.insert(path.begin(), unit);
  for (const UnitIx unit : path) {
    const std::string name = unit == atlas::Hierarchy::total() ? std::string{state.catalogue("All counties")}
                             : units[unit].name.empty()        ? units[unit].code
                                                               : units[unit].name;
    if (unit != path.front()) {
      ImGui::SameLine();
      ImGui::TextDisabled("›");
      ImGui::SameLine();
    }
    ImGui::PushID(static_cast<int>(unit.value));
    if (ImGui::SmallButton(name.c_str()) && unit != state.statistics.parent) drill_into(state, unit);
    ImGui::PopID();
  }
}

void indicator_choice(AppState& state) {
  const auto& indicators = state.region->stats.table.indicators;
  const Language language = state.catalogue.language();
  static std::array<char, 128> wanted{};  // what is typed into the list's search box
  const std::string plain{state.catalogue("no colours")};
  const std::string chosen =
      state.statistics.coloured ? std::string{indicators[state.statistics.indicator].name(language)} : plain;
  const float em = ImGui::GetFontSize();
  ImGui::SetNextItemWidth(std::clamp(ImGui::CalcTextSize(chosen.c_str()).x + em * 3, em * 14, em * 28));
  if (!ImGui::BeginCombo("##indicator", chosen.c_str(), ImGuiComboFlags_HeightLarge)) return;
  if (ImGui::IsWindowAppearing()) {
    wanted[0] = 0;
    ImGui::SetKeyboardFocusHere();
  }
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##search", state.catalogue.c_str("search"), wanted.data(), wanted.size());
  const std::string folded = fold(wanted.data());
  if (folded.empty() && ImGui::Selectable(plain.c_str(), !state.statistics.coloured))
    colour_map(state, false);
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const std::string name{indicators[k].name(language)};
    if (fold(name).find(folded) == std::string::npos &&
        fold(indicators[k].id).find(folded) == std::string::npos)
      continue;
    ImGui::PushID(static_cast<int>(k));
    if (ImGui::Selectable(name.c_str(), state.statistics.coloured && k == state.statistics.indicator))
      colour_by(state, k);
    ImGui::PopID();
  }
  ImGui::EndCombo();
}

void parameter_fields(AppState& state) {
  const auto metres = [&](const char* label, const char* explained, double& value) {
    const float width = ImGui::GetFontSize() * 4.5f;
    same_line_if_room(width + ImGui::CalcTextSize(label).x);
    ImGui::SetNextItemWidth(width);
    ImGui::InputDouble(label, &value, 0, 0, "%.0f m");
    const bool done = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", explained);
    if (!done) return;
    if (value >= 0)
      set_parameters(state, state.statistics.typed);
    else if (state.region)
      state.statistics.typed = state.region->parameters;
  };
  const Catalogue& t = state.catalogue;
  metres(t.c_str("near"), t.c_str("a village counts as near a road up to this distance"),
         state.statistics.typed.near_m);
  metres(t.c_str("reached"), t.c_str("a village counts as reached up to this distance from a hardened road"),
         state.statistics.typed.reach_m);
  if (state.statistics.computing) {
    ImGui::SameLine();
    ImGui::TextDisabled("%s", t.c_str("computing…"));
  }
}

void figure_tooltip(const AppState& state, const IndicatorInfo& info, const Figure& figure) {
  const Catalogue& t = state.catalogue;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ImGui::GetFontSize() * 26);
  ImGui::TextUnformatted(info.name(t.language()).c_str());
  ImGui::TextDisabled("%s", info.definition(t.language()).c_str());
  ImGui::Separator();
  ImGui::Text("%s  %s", t.c_str("numerator"), format_number(figure.numerator, 3).c_str());
  ImGui::Text("%s  %s", t.c_str("denominator"), format_number(figure.denominator, 3).c_str());
  ImGui::Text("%s  %s", t.c_str("unknown"), format_number(figure.unknown, 3).c_str());
  if (figure.low && figure.high) {
    const double scale = info.fraction ? 100 : 1;
    ImGui::Text("%s  %s – %s%s", t.c_str("bounds"), format_number(*figure.low * scale, 2).c_str(),
                format_number(*figure.high * scale, 2).c_str(), info.fraction ? "%" : "");
  }
  if (figure.why) ImGui::TextUnformatted(figure.why->in(t).c_str());
  ImGui::TextDisabled("%s", t.c_str("right click: the rows behind it (F12)"));
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

std::string heading(const IndicatorInfo& info, Language language) {
  return info.fraction ? info.name(language) : info.name(language) + " (" + info.unit(language) + ")";
}

// A click on a heading sorts by the column and colours the map with it.
void take_sorting(AppState& state) {
  ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  if (!specs) return;
  const bool clicked = std::exchange(specs->SpecsDirty, false);
  if (specs->SpecsCount == 0) return sort_by(state, -1, true);
  const int column = static_cast<int>(specs->Specs[0].ColumnUserID);
  sort_by(state, column, specs->Specs[0].SortDirection == ImGuiSortDirection_Ascending);
  if (!clicked || column == 0) return;
  choose_indicator(state, static_cast<std::size_t>(column - 1));
  state.statistics.scroll_to_indicator = false;  // it is under the pointer
}

// The widget knows the user's choice itself; one that is new is told the order that there is.
ImGuiTableColumnFlags flags_of(const StatisticsState& statistics, int column) {
  ImGuiTableColumnFlags flags = ImGuiTableColumnFlags_WidthFixed;
  if (column > 0) flags |= ImGuiTableColumnFlags_PreferSortDescending;
  if (!ImGui::GetCurrentTable()->IsInitializing || statistics.sort_column != column) return flags;
  constexpr ImGuiTableColumnFlags descending = ImGuiTableColumnFlags_PreferSortDescending;
  flags |= ImGuiTableColumnFlags_DefaultSort;
  return statistics.ascending ? flags & ~descending : flags | descending;
}

std::vector<ColumnHeading> headings_of(const AppState& state) {
  std::vector<ColumnHeading> columns{{std::string{state.catalogue("unit")}, name_width}};
  for (std::size_t k = 0; k < shown_indicators(state); ++k)
    columns.push_back(
        {heading(state.region->stats.table.indicators[k], state.catalogue.language()), figure_width});
  return columns;
}

void headings(AppState& state, const std::vector<ColumnHeading>& columns) {
  ImGui::TableSetupScrollFreeze(1, 2);  // names, headings and the total stay
  for (std::size_t i = 0; i < columns.size(); ++i)
    ImGui::TableSetupColumn(columns[i].text.c_str(),
                            flags_of(state.statistics, static_cast<int>(i)) |
                                (i == 0 ? ImGuiTableColumnFlags_NoHide : ImGuiTableColumnFlags_None),
                            column_width(columns[i]), static_cast<ImGuiID>(i));
  wrapped_headings(columns);
  take_sorting(state);
}

// scroll_to: where in the table it comes to stand, as a share of its height.
void unit_name(AppState& state, UnitIx unit, float scroll_to) {
  const atlas::Unit& named = state.region->hierarchy()[unit];
  const std::string name = unit == state.statistics.parent ? std::string{state.catalogue("total")}
                           : named.name.empty()            ? named.code
                                                           : named.name;
  const bool selected = state.selection.unit == unit;
  if (ImGui::Selectable(name.c_str(), selected,
                        ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick |
                            ImGuiSelectableFlags_AllowItemOverlap)) {
    if (ImGui::IsMouseDoubleClicked(0))
      drill_into(state, unit);
    else
      select_unit(state, unit, true);
  }
  // The arrow keys move from row to row, and the selection with them.
  if (ImGui::IsItemFocused() && !selected && ImGui::GetIO().NavVisible) select_unit(state, unit, false);
  if (selected && state.statistics.scroll_to_selection) ImGui::SetScrollHereY(scroll_to);
}

bool column_hovered() {
  return (ImGui::TableGetColumnFlags() & ImGuiTableColumnFlags_IsHovered) != 0;
}

void figure_cell(const IndicatorInfo& info, const Figure& figure, const Catalogue& t) {
  const std::string text = figure.value ? report::shown(info, figure) : std::string{t("n/a")};
  figure_text(text, figure.value.has_value());
}

void unit_row(AppState& state, std::size_t row, float scroll_to) {
  const indicators::CoverageTable& table = state.region->stats.table;
  const UnitIx unit = table.units[row];
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(row));
  unit_name(state, unit, scroll_to);
  const bool row_hovered = ImGui::IsItemHovered();
  const bool opens = row_hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right);
  const bool clicked = row_hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  const std::string& code = state.region->hierarchy()[unit].code;
  if (row_hovered && column_hovered() && !code.empty()) ImGui::SetTooltip("%s", code.c_str());
  if (opens) select_unit(state, unit, false);
  if (opens && column_hovered()) open_figure(state, state.statistics.indicator, true);
  for (std::size_t k = 0; k < shown_indicators(state); ++k) {
    if (!ImGui::TableNextColumn()) continue;
    const Figure& figure = table.figure(row, k);
    if (k == state.statistics.indicator)
      ImGui::TableSetBgColor(ImGuiTableBgTarget_CellBg, ImGui::GetColorU32(ImGuiCol_PlotHistogram, 0.12f));
    figure_cell(table.indicators[k], figure, state.catalogue);
    if (!row_hovered || !column_hovered()) continue;
    figure_tooltip(state, table.indicators[k], figure);
    if (opens || clicked) open_figure(state, k, opens);
  }
  ImGui::PopID();
}

// Brings the column that is looked at into view. The columns in front of it all have their first width.
void scroll_to_indicator(AppState& state, const std::vector<ColumnHeading>& columns) {
  if (!std::exchange(state.statistics.scroll_to_indicator, false)) return;
  const auto width = [&](std::size_t column) {
    return column_width(columns[std::min(column, columns.size() - 1)]) + ImGui::GetStyle().CellPadding.x * 2;
  };
  float left = 0;
  for (std::size_t k = 0; k < state.statistics.indicator; ++k) left += width(k + 1);
  const float room = ImGui::GetWindowWidth() - width(0) - width(state.statistics.indicator + 1);
  if (left < ImGui::GetScrollX() || left > ImGui::GetScrollX() + room) ImGui::SetScrollX(left);
}

// The middle of what lies below so many pixels of the table, as a share of its height.
float middle_below(float covered) {
  return 0.5f + 0.5f * std::min(covered / std::max(ImGui::GetWindowHeight(), 1.0f), 1.0f);
}

void table_body(AppState& state) {
  state.view.table_focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
  const std::vector<ColumnHeading> columns = headings_of(state);
  headings(state, columns);
  if (const auto total = state.region->row_of_unit[state.statistics.parent.value])
    unit_row(state, *total, middle_below(0));
  // What stays above covers the rows that are scrolled under it.
  const float middle = middle_below(ImGui::GetCursorScreenPos().y - ImGui::GetWindowPos().y);
  scroll_to_indicator(state, columns);
  const std::vector<std::size_t> rows = table_rows(state);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()));
  if (state.statistics.scroll_to_selection)
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (state.region->stats.table.units[rows[i]] == state.selection.unit)
        clipper.ForceDisplayRangeByIndices(static_cast<int>(i), static_cast<int>(i) + 1);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      unit_row(state, rows[static_cast<std::size_t>(i)], middle);
  state.statistics.scroll_to_selection = false;
  if (ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows) && pressed(ImGuiKey_Enter) &&
      state.selection.unit.exists())
    drill_into(state, state.selection.unit);
}

}  // namespace

void draw_statistics(AppState& state) {
  if (!state.region || state.region->stats.table.indicators.empty()) {
    ImGui::TextDisabled("%s", state.catalogue.c_str("Statistics"));
    return;
  }
  indicator_choice(state);
  ImGui::SameLine();
  if (ImGui::Button(state.catalogue.c_str("Classes…"))) toggle(state, Panel::classes);
  parameter_fields(state);
  breadcrumb(state);
  const auto columns = static_cast<int>(shown_indicators(state)) + 1;
  constexpr ImGuiTableFlags flags =
      ImGuiTableFlags_Sortable | ImGuiTableFlags_SortTristate | ImGuiTableFlags_RowBg |
      ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerV |
      ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable | ImGuiTableFlags_Reorderable |
      ImGuiTableFlags_Hideable | ImGuiTableFlags_SizingFixedFit;
  // A table of its own for each parent, so that each begins at its top.
  ImGui::PushID(static_cast<int>(state.statistics.parent.value));
  ImGui::PushID(state.statistics.widget);
  if (ImGui::BeginTable("units", columns, flags)) {
    table_body(state);
    ImGui::EndTable();
  }
  ImGui::PopID();
  ImGui::PopID();
}

}  // namespace xiangtu::viewer
