// One figure opened: what it says, and what became of each row that it could be counted from.
#include <string>
#include <vector>

#include <imgui.h>

#include "base/text.hpp"
#include "report/explanation_report.hpp"
#include "report/table_cells.hpp"
#include "viewer/cell_text.hpp"
#include "viewer/commands/figure.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/panels/button_row.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/table_parts.hpp"

namespace xiangtu::viewer {

using indicators::ExplainedName;
using indicators::ExplainedRow;
using indicators::Explanation;
using indicators::Verdict;

namespace {

constexpr std::size_t most_names = 48;  // of a table of ImGui's, beside the other columns

void head(const AppState& state) {
  const workspace::ExplainResult& opened = *state.figure.shows;
  const report::ExplanationReport report{opened.atlas->hierarchy, opened.explanation, opened.provenance,
                                         opened.findings};
  ImGui::TextWrapped("%s", report::figure_sentence(report, state.catalogue).c_str());
  const std::string& definition = opened.explanation.definition.info.definition(state.catalogue.language());
  ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  ImGui::TextWrapped("%s", definition.c_str());
  ImGui::PopStyleColor();
}

// A box for each verdict that some row has, with how many.
void verdict_boxes(AppState& state, ButtonRow& row) {
  const auto sums = state.figure.shows->explanation.by_verdict();
  for (const Verdict verdict : report::verdicts_by_interest()) {
    const auto i = static_cast<std::size_t>(verdict);
    if (sums[i].rows == 0) continue;
    const std::string label = std::string{state.catalogue(report::verdict_text(verdict))} + "  " +
                              with_thousands(std::to_string(sums[i].rows)) + "###verdict" + std::to_string(i);
    row.place(ImGui::GetFrameHeight() + ImGui::CalcTextSize(label.c_str(), nullptr, true).x);
    bool shown = !state.figure.hidden[i];
    if (ImGui::Checkbox(label.c_str(), &shown)) show_verdict(state, verdict, shown);
  }
}

void bar(AppState& state) {
  const Catalogue& t = state.catalogue;
  ButtonRow row;
  verdict_boxes(state, row);
  const bool some = !state.figure.rows.empty();
  if (row.button(t.c_str("Select these on the map"), some)) select_explained(state);
  if (row.button(t.c_str("Export…"), some)) ask_for_file(state, FileChoice::save_figure);
}

std::size_t shown_names(const Explanation& explanation) {
  return std::min(explanation.names.size(), most_names);
}

std::string name_label(const AppState& state, const std::string& name) {
  const indicators::Definitions& definitions = state.region->workspace->definitions();
  if (const indicators::NearMeasure* measure = definitions.near_measure(name))
    return measure_label(name,
                         {indicators::parameter_value(state.region->parameters, measure->within).value_or(0)},
                         state.catalogue);
  const table::Role role = state.figure.shows->explanation.layer->role;
  return state.region->workspace->schema().field_label(role, name, state.catalogue.language());
}

// What a name of the definition is at a row, as the user reads it; empty where it is not known.
std::string name_cell(const AppState& state, std::size_t name, std::size_t position) {
  const Explanation& explanation = state.figure.shows->explanation;
  const std::string& called = explanation.names[name].name;
  const RowIx row = explanation.rows[position].row;
  if (const table::Column* column = explanation.layer->table.find(called))
    return cell_text(state.region->workspace->schema(), explanation.layer->role, *column, row.value,
                     state.catalogue);
  const std::string cell = report::explained_cell(explanation, name, position);
  if (cell.empty() || !state.region->workspace->definitions().near_measure(called)) return cell;
  return std::string{state.catalogue(cell == "1" ? "yes" : "no")};
}

std::vector<ColumnHeading> headings_of(const AppState& state) {
  const Explanation& explanation = state.figure.shows->explanation;
  const Catalogue& t = state.catalogue;
  std::vector<ColumnHeading> columns{{std::string{t("feature")}, 14},
                                     {std::string{t("what became of it")}, 10},
                                     {std::string{t("counted")}, 4.5f},
                                     {std::string{t("of")}, 4.5f},
                                     {std::string{t("not known")}, 6}};
  for (std::size_t k = 0; k < shown_names(explanation); ++k)
    columns.push_back({name_label(state, explanation.names[k].name), 9});
  return columns;
}

void explained_row(AppState& state, std::size_t row) {
  const Explanation& explanation = state.figure.shows->explanation;
  const std::uint32_t position = state.figure.rows[row];
  const ExplainedRow& explained = explanation.rows[position];
  const indicators::Sums& sums = explained.share.sums;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(position));
  const std::string name = report::code_and_name(explanation.layer->table, explained.row);
  if (ImGui::Selectable(name.c_str(), false, ImGuiSelectableFlags_SpanAllColumns))
    go_to_explained(state, row);
  if (ImGui::TableNextColumn())
    ImGui::TextUnformatted(state.catalogue.c_str(report::verdict_text(explained.share.verdict)));
  if (ImGui::TableNextColumn())
    figure_text(with_thousands(format_number(sums.numerator, 3)), sums.numerator != 0);
  if (ImGui::TableNextColumn())
    figure_text(with_thousands(format_number(sums.known + sums.unknown, 3)), !explained.share.is_left_out());
  if (ImGui::TableNextColumn())
    ImGui::TextUnformatted(report::unknown_names_text(explanation, position).c_str());
  for (std::size_t k = 0; k < shown_names(explanation); ++k)
    if (ImGui::TableNextColumn()) {
      const std::string cell = name_cell(state, k, position);
      figure_text(cell.empty() ? "—" : cell, !cell.empty());
    }
  ImGui::PopID();
}

void table(AppState& state) {
  const std::vector<ColumnHeading> columns = headings_of(state);
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollX |
                                    ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerV |
                                    ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable |
                                    ImGuiTableFlags_SizingFixedFit;
  ImGui::PushID(static_cast<int>(state.figure.of.indicator));  // each has columns of its own
  if (ImGui::BeginTable("explained", static_cast<int>(columns.size()), flags)) {
    ImGui::TableSetupScrollFreeze(1, 1);
    for (const ColumnHeading& column : columns)
      ImGui::TableSetupColumn(column.text.c_str(), ImGuiTableColumnFlags_WidthFixed, column_width(column));
    wrapped_headings(columns);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(state.figure.rows.size()));
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
        explained_row(state, static_cast<std::size_t>(i));
    ImGui::EndTable();
  }
  ImGui::PopID();
}

}  // namespace

void draw_figure(AppState& state) {
  const Catalogue& t = state.catalogue;
  const auto& explanation = state.figure.explanation;
  if (!state.region) return ImGui::TextDisabled("%s", t.c_str("Nothing is open yet."));
  if (explanation.issue) {
    ImGui::TextWrapped("%s", explanation.issue->message.in(t).c_str());
    if (ImGui::Button(t.c_str("Try again"))) explain_figure(state);
    return;
  }
  if (!state.figure.shows) return ImGui::TextDisabled("%s", t.c_str("computing…"));
  head(state);
  bar(state);
  table(state);
}

}  // namespace xiangtu::viewer
