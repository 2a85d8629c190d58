#include "viewer/commands/defects.hpp"

#include <algorithm>

#include "geodesy/measure.hpp"
#include "io/atomic_file.hpp"
#include "report/network_check_report.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/region_answers.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

using reach::Defect;
using reach::NetworkDefects;

namespace {

constexpr const char* checking_title = "checking the road network";
constexpr Metres least_around{150}, island_around{2000};  // what is seen of a defect

std::vector<std::uint32_t> arranged_rows(const NetworkDefects& check, const DefectView& view) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < check.defects.size(); ++i) {
    const Defect& defect = check.defects[i];
    if (view.hidden[static_cast<std::size_t>(defect.kind)]) continue;
    if (!view.only_gaining || defect.gain.is_any()) rows.push_back(i);
  }
  return rows;
}

}  // namespace

void toggle_defects(AppState& state) {
  toggle_tab(state.defects);
}

void check_network(AppState& state) {
  reach::DefectOptions options;
  if (state.defects.any_road) options.network.over = reach::Over::any;
  begin_answer(state, state.defects.check, checking_title,
               [options](const Region& region, Progress& progress) {
                 return reach::network_defects(region.atlas(), region.workspace->definitions(),
                                               region.parameters, options, progress);
               });
}

void travel_any_road(AppState& state, bool any) {
  state.defects.any_road = any;
  if (state.region) check_network(state);
}

void update_defects(AppState& state) {
  DefectsState& defects = state.defects;
  const bool lacking = lacks_answer(state, defects.check);
  if (lacking && defects.shown && defects.in_front) check_network(state);
  if (defects.of == defects.check.answer && defects.arranged == defects.view) return;
  if (defects.of != defects.check.answer) defects.chosen.reset();
  defects.of = defects.check.answer;
  defects.arranged = defects.view;
  defects.rows = defects.of ? arranged_rows(*defects.of, defects.view) : std::vector<std::uint32_t>{};
}

void show_defects(AppState& state, reach::DefectKind kind, bool shown) {
  state.defects.view.hidden[static_cast<std::size_t>(kind)] = !shown;
}

void show_only_gaining(AppState& state, bool only) {
  state.defects.view.only_gaining = only;
}

void go_to_defect(AppState& state, std::size_t row) {
  DefectsState& defects = state.defects;
  if (row >= defects.rows.size()) return;
  defects.chosen = defects.rows[row];
  const Defect& defect = defects.of->defects[*defects.chosen];
  go_to_rows(state, defects.of->layer_of(defect), {defect.row});
  const bool is_island = defect.kind == reach::DefectKind::island;
  const Metres apart = geodesy::distance(defect.at, defect.to);
  const Metres around = is_island ? island_around : std::max(least_around, apart);
  geodesy::LonLatBox box = geodesy::LocalFrame(defect.at).box_within(around);
  box.add(defect.to);
  fly_to(state, box);
}

bool can_join(const AppState& state) {
  const DefectsState& defects = state.defects;
  return defects.of && defects.chosen &&
         defects.of->defects[*defects.chosen].kind == reach::DefectKind::near_miss;
}

void try_joining(AppState& state) {
  if (!can_join(state)) return;
  const Defect& defect = state.defects.of->defects[*state.defects.chosen];
  join_in_scenario(state, defect.at, defect.to);
  state.network.shown = state.network.to_front = true;
}

Status export_defects(const AppState& state, const std::string& path) {
  const auto check = state.defects.check.answer;
  if (!check) return {};
  const report::NetworkCheckReport defects{*check, state.region->stats.provenance, check->findings};
  std::string text;
  if (const Status made = report::write_csv(defects, false, report::collect_into(text), Progress{}); !made)
    return made;
  return io::write_file(path, text);
}

}  // namespace xiangtu::viewer
