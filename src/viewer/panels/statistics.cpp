#include <array>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "viewer/commands.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

using indicators::Figure;
using indicators::IndicatorInfo;

namespace {

// Of a column of figures, in letters: "97.2% [96.9–97.3]" fits.
constexpr float figure_width = 9;

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
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 18);
  if (!ImGui::BeginCombo("##indicator",
                         std::string{indicators[state.statistics.indicator].name(language)}.c_str(),
                         ImGuiComboFlags_HeightLarge))
    return;
  if (ImGui::IsWindowAppearing()) {
    wanted[0] = 0;
    ImGui::SetKeyboardFocusHere();
  }
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##search", state.catalogue.c_str("search"), wanted.data(), wanted.size());
  const std::string folded = fold(wanted.data());
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const std::string name{indicators[k].name(language)};
    if (fold(name).find(folded) == std::string::npos &&
        fold(indicators[k].id).find(folded) == std::string::npos)
      continue;
    ImGui::PushID(static_cast<int>(k));
    if (ImGui::Selectable(name.c_str(), k == state.statistics.indicator)) choose_indicator(state, k);
    ImGui::PopID();
  }
  ImGui::EndCombo();
}

void parameter_fields(AppState& state) {
  indicators::Parameters parameters = state.statistics.parameters;
  const auto metres = [&](const char* label, double& value) {
    ImGui::SameLine();
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 4.5f);
    ImGui::InputDouble(label, &value, 0, 0, "%.0f m");
    if (ImGui::IsItemDeactivatedAfterEdit() && value >= 0) set_parameters(state, parameters);
  };
  metres(state.catalogue.c_str("near"), parameters.near_m);
  metres(state.catalogue.c_str("reached"), parameters.reach_m);
  if (state.statistics.computing) {
    ImGui::SameLine();
    ImGui::TextDisabled("%s", state.catalogue.c_str("computing…"));
  }
}

void figure_tooltip(const AppState& state, const IndicatorInfo& info, const Figure& figure) {
  const Catalogue& t = state.catalogue;
  const bool chinese = t.language() == Language::chinese;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ImGui::GetFontSize() * 26);
  ImGui::TextUnformatted(std::string{info.name(t.language())}.c_str());
  ImGui::TextDisabled("%s", (chinese ? info.definition_zh : info.definition_en).c_str());
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
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

std::string heading(const IndicatorInfo& info, Language language) {
  std::string name{info.name(language)};
  if (!info.fraction) name += " (" + (language == Language::chinese ? info.unit_zh : info.unit_en) + ")";
  return name;
}

void headings(AppState& state) {
  const auto& indicators = state.region->stats.table.indicators;
  ImGui::TableSetupScrollFreeze(1, 1);
  ImGui::TableSetupColumn(state.catalogue.c_str("unit"), ImGuiTableColumnFlags_NoHide, 0, 0);
  for (std::size_t k = 0; k < indicators.size(); ++k)
    ImGui::TableSetupColumn(heading(indicators[k], state.catalogue.language()).c_str(),
                            ImGuiTableColumnFlags_PreferSortDescending | ImGuiTableColumnFlags_WidthFixed,
                            ImGui::GetFontSize() * figure_width, static_cast<ImGuiID>(k + 1));
  ImGui::TableHeadersRow();
  if (ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs(); specs && specs->SpecsDirty) {
    if (specs->SpecsCount > 0)
      sort_by(state, static_cast<int>(specs->Specs[0].ColumnUserID),
              specs->Specs[0].SortDirection == ImGuiSortDirection_Ascending);
    else
      sort_by(state, -1, true);
    specs->SpecsDirty = false;
  }
}

void unit_row(AppState& state, std::size_t row) {
  const indicators::CoverageTable& table = state.region->stats.table;
  const UnitIx unit = table.units[row];
  const atlas::Unit& named = state.region->hierarchy()[unit];
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(row));
  const bool total = unit == state.statistics.parent;
  const std::string name = total                ? std::string{state.catalogue("total")}
                           : named.name.empty() ? named.code
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
  if (ImGui::IsItemHovered() && !named.code.empty()) ImGui::SetTooltip("%s", named.code.c_str());
  if (selected && state.statistics.scroll_to_selection) {
    ImGui::SetScrollHereY(0.5f);
    state.statistics.scroll_to_selection = false;
  }
  for (std::size_t k = 0; k < table.indicators.size(); ++k) {
    if (!ImGui::TableNextColumn()) continue;
    const Figure& figure = table.figure(row, k);
    const std::string text = report::shown(table.indicators[k], figure);
    if (figure.value)
      ImGui::TextUnformatted(text.c_str());
    else
      ImGui::TextDisabled("%s", text.c_str());
    if (ImGui::IsItemHovered()) figure_tooltip(state, table.indicators[k], figure);
  }
  ImGui::PopID();
}

}  // namespace

void draw_statistics(AppState& state) {
  if (!state.region || state.region->stats.table.indicators.empty()) {
    ImGui::TextDisabled("%s", state.catalogue.c_str("Statistics"));
    return;
  }
  breadcrumb(state);
  ImGui::SameLine(0, ImGui::GetFontSize() * 2);
  indicator_choice(state);
  parameter_fields(state);
  const auto columns = static_cast<int>(state.region->stats.table.indicators.size()) + 1;
  constexpr ImGuiTableFlags flags =
      ImGuiTableFlags_Sortable | ImGuiTableFlags_SortTristate | ImGuiTableFlags_RowBg |
      ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerV |
      ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable | ImGuiTableFlags_Reorderable |
      ImGuiTableFlags_Hideable | ImGuiTableFlags_SizingFixedFit;
  if (columns > 64 || !ImGui::BeginTable("units", columns, flags)) return;
  headings(state);
  std::vector<std::size_t> rows = table_rows(state);
  if (const auto total = state.region->row_of_unit[state.statistics.parent.value]) rows.push_back(*total);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()));
  if (state.statistics.scroll_to_selection && state.selection.unit.exists())
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (state.region->stats.table.units[rows[i]] == state.selection.unit)
        clipper.ForceDisplayRangeByIndices(static_cast<int>(i), static_cast<int>(i) + 1);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      unit_row(state, rows[static_cast<std::size_t>(i)]);
  state.statistics.scroll_to_selection = false;
  if (ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows) &&
      ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter)) && state.selection.unit.exists())
    drill_into(state, state.selection.unit);
  ImGui::EndTable();
}

}  // namespace xiangtu::viewer
