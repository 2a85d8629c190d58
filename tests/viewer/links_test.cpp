// What to build next, without a window.
#include "viewer/commands/links.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "io/atomic_file.hpp"
#include "report/link_report.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/demo_state.hpp"
#include "workspace/next_links.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;

namespace {

// Of the region's own layers.
reach::NextLinks chosen_at(const reach::UnitCosts& costs) {
  Progress progress;
  reach::LinkOptions options;
  options.costs = costs;
  auto computed = reach::next_links(demo_region()->atlas(), demo_region()->workspace->definitions(), {},
                                    options, "", progress);
  REQUIRE(computed);
  return std::move(*computed);
}

// As the command line computes it: from the sources, with what it needs of them alone.
workspace::LinkResult asked_anew(const reach::UnitCosts& costs) {
  Progress progress;
  workspace::LinkQuestion question;
  question.options.costs = costs;
  auto computed = workspace::compute_links(*demo_region()->workspace, question, progress);
  REQUIRE(computed);
  return std::move(*computed);
}

reach::UnitCosts own_costs() {
  const auto costs = reach::load_unit_costs("");
  REQUIRE(costs);
  return *costs;
}

// Frames until the plan is that of the costs.
void settle(AppState& state) {
  do {
    update_links(state);
    finish_jobs(state);
  } while (state.links.plan.computing);
  REQUIRE_FALSE(state.links.plan.issue);
  REQUIRE(state.links.plan.answer);
}

std::unique_ptr<AppState> links_state() {
  auto state = demo_state();
  toggle_links(*state);
  state->links.in_front = true;  // as drawing the tab says
  settle(*state);
  return state;
}

std::string csv_of(const reach::NextLinks& links) {
  std::string text;
  const report::Provenance provenance;
  REQUIRE(report::write_csv({demo_region()->hierarchy(), links, provenance, {}}, false,
                            report::collect_into(text), Progress{}));
  return text;
}

std::string exported(AppState& state, FileChoice choice, const std::string& file) {
  const test::ScratchFolder folder;
  ask_for_file(state, choice);
  state.dialog.typed = folder.file(file);
  take_file(state);
  const auto written = io::read_file(folder.file(file));
  REQUIRE(written);
  return *written;
}

}  // namespace

TEST_CASE("links are chosen when their tab is looked at, at the program's costs", "[viewer]") {
  auto state = demo_state();
  toggle_links(*state);
  update_links(*state);
  finish_jobs(*state);
  CHECK_FALSE(state->links.plan.answer);
  state->links.in_front = true;
  settle(*state);
  CHECK(state->links.typed == own_costs());
  const auto asked = asked_anew(own_costs());
  const LinkPlan& plan = *state->links.plan.answer;
  REQUIRE(asked.links.links.size() > 50);
  REQUIRE(plan.links.links.size() == asked.links.links.size());
  double yuan = 0;
  for (std::size_t i = 0; i < plan.until.size(); ++i) {
    CHECK(plan.links.links[i].yuan == Approx(asked.links.links[i].yuan).epsilon(1e-12));
    CHECK(plan.links.links[i].population == asked.links.links[i].population);
    yuan += plan.links.links[i].yuan;
    CHECK(plan.until[i].yuan == yuan);
  }
}

TEST_CASE("other costs are taken when they are numbers, and the links chosen anew", "[viewer]") {
  auto state = links_state();
  const auto before = state->links.plan.answer;
  state->links.typed.harden_yuan_per_km = -1;
  take_costs(*state);
  CHECK(state->links.typed == own_costs());
  state->links.typed.bridge_m = std::numeric_limits<double>::infinity();
  take_costs(*state);
  CHECK(state->links.typed == own_costs());
  settle(*state);
  CHECK(state->links.plan.answer == before);

  reach::UnitCosts dear = own_costs();
  dear.rebuild_bridge_yuan_per_m *= 100;
  state->links.typed = dear;
  take_costs(*state);
  update_links(*state);
  CHECK(state->links.plan.computing);
  CHECK(state->links.plan.answer == before);  // until the new one is there
  settle(*state);
  CHECK(state->links.plan.answer != before);
  CHECK(exported(*state, FileChoice::save_links, "links.csv") == csv_of(chosen_at(dear)));
  state->links.typed = {};  // whatever is built costs next to nothing
  take_costs(*state);
  settle(*state);
  CHECK(state->links.plan.answer->until.back().yuan < own_costs().harden_yuan_per_km);
}

TEST_CASE("a link is stressed on the map, its villages selected", "[viewer]") {
  auto state = links_state();
  const LinkPlan& plan = *state->links.plan.answer;
  const auto largest = std::ranges::max_element(
      plan.links.links, {}, [](const reach::NextLink& link) { return link.villages.size(); });
  const auto link = static_cast<std::size_t>(largest - plan.links.links.begin());
  go_to_link(*state, link);
  CHECK(state->links.chosen == link);
  REQUIRE(state->scene.selection().size() == 1);
  CHECK(state->scene.selection()[0].rows.size() == largest->villages.size());
  for (const reach::LinkPiece& piece : largest->pieces)
    for (const geodesy::LonLat position : piece.line) CHECK(plan.boxes[link].contains(position));
  go_to_link(*state, plan.until.size());  // there is none
  CHECK(state->links.chosen == link);

  CHECK(drawn_links(*state) == 50);
  state->links.drawn = 3;
  CHECK(drawn_links(*state) == 3);
  state->links.all_drawn = true;
  CHECK(drawn_links(*state) == plan.until.size());
}

TEST_CASE("links and their lines are exported as the command line's tables", "[viewer]") {
  auto state = links_state();
  const reach::NextLinks links = chosen_at(own_costs());
  CHECK(exported(*state, FileChoice::save_links, "links.csv") == csv_of(links));
  std::string lines;
  const report::Provenance provenance;
  REQUIRE(report::write_lines_geojson({demo_region()->hierarchy(), links, provenance, {}},
                                      report::collect_into(lines), Progress{}));
  CHECK(exported(*state, FileChoice::save_lines, "links.geojson") == lines);
}
