#include "viewer/commands/bridges.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/text.hpp"
#include "io/atomic_file.hpp"
#include "report/table_cells.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/region_answers.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

namespace {

constexpr const char* scanning_title = "closing each bridge by itself";
constexpr int dangerous_class = 4;  // and above

Result<BridgeScan> scan(const Region& region, Progress& progress) {
  Result<reach::ClosureScan> closures = reach::closure_scan(region.atlas(), region.workspace->definitions(),
                                                            region.parameters, {}, "", progress);
  if (!closures) return closures.issue();
  BridgeScan result{std::move(*closures), {}, {}, {}};
  const atlas::Layer& bridges = *result.scan.bridges_layer;
  for (const reach::BridgeClosure& closure : result.scan.closures) {
    result.names.push_back(report::code_and_name(bridges.table, closure.bridge));
    result.folded.push_back(fold(result.names.back()));
    result.classes.push_back(reach::condition_class_of(bridges, closure.bridge));
  }
  return result;
}

// What the column sorts by; NaN: nothing.
double sort_value(const BridgeScan& scan, std::uint32_t position, int column) {
  if (column == BridgeColumn::rank) return position;
  if (column == BridgeColumn::condition_class)
    return scan.classes[position] > 0 ? scan.classes[position] : std::nan("");
  const std::size_t figure = static_cast<std::size_t>(column - BridgeColumn::first_figure) % bridge_figures();
  return bridge_figure(figure).value(effect_of(scan.scan.closures[position], column));
}

void sort_by_text(std::vector<std::uint32_t>& rows, const BridgeScan& scan, bool ascending) {
  std::ranges::stable_sort(rows, [&](std::uint32_t a, std::uint32_t b) {
    return ascending ? scan.names[a] < scan.names[b] : scan.names[b] < scan.names[a];
  });
}

void sort_by_value(std::vector<std::uint32_t>& rows, const BridgeScan& scan, int column, bool ascending) {
  std::vector<double> values(scan.names.size());
  for (const std::uint32_t row : rows) values[row] = sort_value(scan, row, column);
  std::ranges::stable_sort(rows, [&](std::uint32_t a, std::uint32_t b) {
    if (std::isnan(values[a]) || std::isnan(values[b])) return !std::isnan(values[a]);
    return ascending ? values[a] < values[b] : values[b] < values[a];
  });
}

std::vector<std::uint32_t> arranged_rows(const BridgeScan& scan, const BridgeView& view) {
  const std::string wanted = fold(view.filter);
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < scan.names.size(); ++i)
    if ((!view.only_dangerous || scan.classes[i] >= dangerous_class) &&
        scan.folded[i].find(wanted) != std::string::npos)
      rows.push_back(i);
  if (view.sort_column == BridgeColumn::bridge)
    sort_by_text(rows, scan, view.ascending);
  else
    sort_by_value(rows, scan, view.sort_column, view.ascending);
  return rows;
}

}  // namespace

void toggle_bridges(AppState& state) {
  toggle_tab(state.bridges);
}

void scan_bridges(AppState& state) {
  begin_answer(state, state.bridges.scan, scanning_title, scan);
}

void update_bridges(AppState& state) {
  BridgesState& bridges = state.bridges;
  const bool lacking = lacks_answer(state, bridges.scan);
  if (lacking && bridges.shown && bridges.in_front) scan_bridges(state);
  if (bridges.of == bridges.scan.answer && bridges.arranged == bridges.view) return;
  bridges.of = bridges.scan.answer;
  bridges.arranged = bridges.view;
  bridges.rows = bridges.of ? arranged_rows(*bridges.of, bridges.view) : std::vector<std::uint32_t>{};
}

std::size_t bridge_figures() {
  return report::cut_columns().size() + report::detour_columns().size();
}

const report::ClosureColumn& bridge_figure(std::size_t figure) {
  const std::size_t cuts = report::cut_columns().size();
  return figure < cuts ? report::cut_columns()[figure] : report::detour_columns()[figure - cuts];
}

const reach::ClosureEffect& effect_of(const reach::BridgeClosure& closure, int column) {
  const bool to_trunk = column - BridgeColumn::first_figure < static_cast<int>(bridge_figures());
  return to_trunk ? closure.trunk : closure.seat;
}

void sort_bridges(AppState& state, int column, bool ascending) {
  state.bridges.view.sort_column = column;
  state.bridges.view.ascending = ascending;
}

void filter_bridges(AppState& state, std::string typed, bool only_dangerous) {
  state.bridges.view.filter = std::move(typed);
  state.bridges.view.only_dangerous = only_dangerous;
}

void go_to_bridge(AppState& state, std::size_t row) {
  const BridgesState& bridges = state.bridges;
  if (row >= bridges.rows.size()) return;
  const reach::ClosureScan& scan = bridges.of->scan;
  go_to_rows(state, *scan.bridges_layer, {scan.closures[bridges.rows[row]].bridge});
}

std::optional<RowIx> selected_bridge(const AppState& state) {
  const auto& selection = state.scene.selection();
  if (selection.size() != 1 || selection[0].rows.size() != 1) return std::nullopt;
  const render::scene::MapLayer* layer = state.scene.find(selection[0].layer);
  const bool is_bridge = layer && layer->role == table::Role::bridges;
  return is_bridge ? std::optional{selection[0].rows[0]} : std::nullopt;
}

void try_closing(AppState& state, RowIx bridge, bool closed) {
  if (closed)
    close_bridge(state, bridge, true);
  else
    reset_bridge(state, bridge);
  state.network.shown = state.network.to_front = true;
}

Status export_bridges(const AppState& state, const std::string& path) {
  const auto scan = state.bridges.scan.answer;
  if (!scan) return {};
  const workspace::StatsResult& stats = state.region->stats;
  const report::ClosureReport closures{stats.atlas->hierarchy, scan->scan,         true, true, false,
                                       stats.provenance,       scan->scan.findings};
  std::string text;
  const Progress progress;
  if (const Status made = report::write_csv(closures, false, report::collect_into(text), progress); !made)
    return made;
  return io::write_file(path, text);
}

}  // namespace xiangtu::viewer
