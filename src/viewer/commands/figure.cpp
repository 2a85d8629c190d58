#include "viewer/commands/figure.hpp"

#include <algorithm>
#include <utility>

#include "io/atomic_file.hpp"
#include "report/explanation_report.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/region_answers.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

using indicators::ExplainedRow;
using indicators::Verdict;

namespace {

constexpr const char* explaining_title = "opening a figure";

OpenedFigure looked_at(AppState& state) {
  FigureState& figure = state.figure;
  if (figure.indicator && figure.looked_at != state.statistics.indicator) figure.indicator.reset();
  if (state.selection.unit.exists())
    figure.unit = state.selection.unit;
  else if (figure.parent != state.statistics.parent)
    figure.unit = state.statistics.parent;
  figure.parent = state.statistics.parent;
  return {figure.unit, figure.indicator.value_or(state.statistics.indicator)};
}

std::vector<std::uint32_t> arranged_rows(const indicators::Explanation& explanation,
                                         const FigureState::Hidden& hidden) {
  std::vector<std::uint32_t> rows;
  for (const Verdict verdict : report::verdicts_by_interest()) {
    if (hidden[static_cast<std::size_t>(verdict)]) continue;
    for (std::uint32_t i = 0; i < explanation.rows.size(); ++i)
      if (explanation.rows[i].share.verdict == verdict) rows.push_back(i);
  }
  return rows;
}

}  // namespace

void toggle_figure(AppState& state) {
  toggle_tab(state.figure);
}

void open_figure(AppState& state, std::size_t indicator, bool show) {
  state.figure.indicator = indicator;
  state.figure.looked_at = state.statistics.indicator;
  if (show) state.figure.shown = state.figure.to_front = true;
}

void explain_figure(AppState& state) {
  FigureState& figure = state.figure;
  figure.of = looked_at(state);
  begin_answer(
      state, figure.explanation, explaining_title,
      [of = figure.of](const Region& region, Progress& progress) {
        const workspace::ExplainQuestion question{region.stats.table.indicators[of.indicator].id,
                                                  region.hierarchy()[of.unit].code, region.parameters};
        return workspace::compute_explanation(*region.workspace, region.stats.atlas, question, progress);
      });
}

void update_figure(AppState& state) {
  FigureState& figure = state.figure;
  const bool lacking = lacks_answer(state, figure.explanation);
  if (lacking) figure.unit = figure.parent = UnitIx::none();  // of another region
  if (state.region && !state.region->stats.table.indicators.empty() && figure.shown && figure.in_front &&
      (lacking || figure.explanation.region != state.region || figure.of != looked_at(state)))
    explain_figure(state);
  if (figure.shows == figure.explanation.answer && figure.arranged == figure.hidden) return;
  figure.shows = figure.explanation.answer;
  figure.arranged = figure.hidden;
  figure.rows =
      figure.shows ? arranged_rows(figure.shows->explanation, figure.hidden) : std::vector<std::uint32_t>{};
}

void show_verdict(AppState& state, Verdict verdict, bool shown) {
  state.figure.hidden[static_cast<std::size_t>(verdict)] = !shown;
}

void go_to_explained(AppState& state, std::size_t row) {
  const FigureState& figure = state.figure;
  if (row >= figure.rows.size()) return;
  const indicators::Explanation& explanation = figure.shows->explanation;
  go_to_rows(state, *explanation.layer, {explanation.rows[figure.rows[row]].row});
}

void select_explained(AppState& state) {
  const FigureState& figure = state.figure;
  if (figure.rows.empty()) return;
  const indicators::Explanation& explanation = figure.shows->explanation;
  std::vector<RowIx> rows;
  for (const std::uint32_t position : figure.rows) rows.push_back(explanation.rows[position].row);
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  go_to_rows(state, *explanation.layer, std::move(rows));
}

Status export_figure(const AppState& state, const std::string& path) {
  const auto opened = state.figure.explanation.answer;
  if (!opened) return {};
  const report::ExplanationReport report{opened->atlas->hierarchy, opened->explanation, opened->provenance,
                                         opened->findings};
  std::string text;
  if (const Status made = report::write_csv(report, false, report::collect_into(text), Progress{}); !made)
    return made;
  return io::write_file(path, text);
}

}  // namespace xiangtu::viewer
