#include "viewer/commands/links.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/atomic_file.hpp"
#include "report/link_report.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/region_answers.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

namespace {

constexpr const char* planning_title = "choosing what to build";

geodesy::LonLatBox box_around(const reach::NextLinks& links, const reach::NextLink& link) {
  geodesy::LonLatBox box;
  for (const reach::LinkPiece& piece : link.pieces)
    for (const geodesy::LonLat position : piece.line) box.add(position);
  for (const std::uint32_t village : link.villages)
    box.add(links.villages_layer->table.geometry.box_of(links.villages[village].row.value));
  return box;
}

Result<LinkPlan> plan(const Region& region, const reach::UnitCosts& costs, Progress& progress) {
  reach::LinkOptions options;
  options.costs = costs;
  Result<reach::NextLinks> links = reach::next_links(region.atlas(), region.workspace->definitions(),
                                                     region.parameters, options, "", progress);
  if (!links) return links.issue();
  LinkPlan result{std::move(*links), {}, {}};
  result.until = reach::running_sums(result.links);
  for (const reach::NextLink& link : result.links.links)
    result.boxes.push_back(box_around(result.links, link));
  return result;
}

// The program's own costs, once.
Status read_costs(LinksState& links) {
  if (links.costs) return {};
  const Result<reach::UnitCosts> own = reach::load_unit_costs("");
  if (!own) return own.issue();
  links.costs = links.typed = *own;
  return {};
}

using Writer = Status (*)(const report::LinkReport&, const report::TextSink&, const Progress&);

Status write_links(const AppState& state, const std::string& path, Writer writer) {
  const auto plan = state.links.plan.answer;
  if (!plan) return {};
  const workspace::StatsResult& stats = state.region->stats;
  const report::LinkReport links{stats.atlas->hierarchy, plan->links, stats.provenance, plan->links.findings};
  std::string text;
  const Progress progress;
  if (const Status made = writer(links, report::collect_into(text), progress); !made) return made;
  return io::write_file(path, text);
}

}  // namespace

void toggle_links(AppState& state) {
  toggle_tab(state.links);
}

void plan_links(AppState& state) {
  LinksState& links = state.links;
  if (const Status read = read_costs(links); !read) {
    links.plan.region = state.region;
    links.plan.issue = read.issue();
    return;
  }
  links.planned_at = *links.costs;
  links.chosen.reset();  // another link may come to have its rank
  begin_answer(state, links.plan, planning_title,
               [costs = *links.costs](const Region& region, Progress& progress) {
                 return plan(region, costs, progress);
               });
}

void update_links(AppState& state) {
  LinksState& links = state.links;
  const bool lacking = lacks_answer(state, links.plan);
  if (!links.shown || !links.in_front || !state.region) return;
  if (lacking || (links.costs && !(links.planned_at == *links.costs))) plan_links(state);
}

void take_costs(AppState& state) {
  LinksState& links = state.links;
  if (!links.costs) return;
  const reach::UnitCosts& typed = links.typed;
  for (const double cost : {typed.harden_yuan_per_km, typed.new_road_yuan_per_km,
                            typed.rebuild_bridge_yuan_per_m, typed.bridge_m})
    if (!std::isfinite(cost) || cost < 0) links.typed = *links.costs;
  links.costs = links.typed;
}

std::size_t drawn_links(const AppState& state) {
  const LinksState& links = state.links;
  if (!links.plan.answer) return 0;
  const std::size_t all = links.plan.answer->until.size();
  return links.all_drawn ? all : std::min(all, static_cast<std::size_t>(std::max(links.drawn, 0)));
}

void go_to_link(AppState& state, std::size_t link) {
  const auto plan = state.links.plan.answer;
  if (!plan || state.links.plan.computing || link >= plan->until.size()) return;
  state.links.chosen = link;
  std::vector<RowIx> villages;
  for (const std::uint32_t village : plan->links.links[link].villages)
    villages.push_back(plan->links.villages[village].row);
  std::ranges::sort(villages);
  select_rows(state, *plan->links.villages_layer, std::move(villages));
  fly_to(state, plan->boxes[link]);
}

Status export_links(const AppState& state, const std::string& path) {
  return write_links(
      state, path,
      [](const report::LinkReport& links, const report::TextSink& sink, const Progress& progress) {
        return report::write_csv(links, false, sink, progress);
      });
}

Status export_link_lines(const AppState& state, const std::string& path) {
  return write_links(state, path, report::write_lines_geojson);
}

}  // namespace xiangtu::viewer
