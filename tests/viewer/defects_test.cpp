// The table of what is wrong with the road network, without a window.
#include "viewer/commands/defects.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "geodesy/measure.hpp"
#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/demo_state.hpp"
#include "workspace/network_check.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;
using reach::DefectKind;

namespace {

void settle(AppState& state) {
  do {
    update_defects(state);
    finish_jobs(state);
  } while (state.defects.check.computing);
  update_defects(state);
  REQUIRE_FALSE(state.defects.check.issue);
}

std::unique_ptr<AppState> defects_state() {
  auto state = demo_state();
  toggle_defects(*state);
  state->defects.in_front = true;  // as drawing the tab says
  settle(*state);
  return state;
}

const reach::Defect& defect_at(const AppState& state, std::size_t row) {
  return state.defects.of->defects[state.defects.rows[row]];
}

}  // namespace

TEST_CASE("the network is checked when its tab is looked at, with what the command line finds", "[viewer]") {
  auto state = demo_state();
  toggle_defects(*state);
  update_defects(*state);  // shown, but another tab is in front
  finish_jobs(*state);
  CHECK_FALSE(state->defects.check.answer);
  state->defects.in_front = true;
  settle(*state);
  Progress progress;
  const auto asked = workspace::check_network(*state->region->workspace, {}, progress);
  REQUIRE(asked);
  const auto &ours = state->defects.of->defects, &theirs = asked->check.defects;
  REQUIRE(ours.size() == theirs.size());
  CHECK(state->defects.rows.size() == ours.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    CHECK(ours[i].kind == theirs[i].kind);
    CHECK(ours[i].gain.population == theirs[i].gain.population);
    CHECK(ours[i].at == theirs[i].at);
  }
}

TEST_CASE("kinds are hidden, and what connects no one", "[viewer]") {
  auto state = defects_state();
  const std::size_t all = state->defects.rows.size();
  show_defects(*state, DefectKind::village_off_road, false);
  update_defects(*state);
  REQUIRE_FALSE(state->defects.rows.empty());
  CHECK(state->defects.rows.size() < all);
  for (std::size_t row = 0; row < state->defects.rows.size(); ++row)
    CHECK(defect_at(*state, row).kind != DefectKind::village_off_road);
  show_defects(*state, DefectKind::village_off_road, true);
  show_only_gaining(*state, true);
  update_defects(*state);
  for (std::size_t row = 0; row < state->defects.rows.size(); ++row)
    CHECK(defect_at(*state, row).gain.is_any());
}

TEST_CASE("going to a defect selects its row, and a near miss is joined in the scenario", "[viewer]") {
  auto state = defects_state();
  CHECK_FALSE(can_join(*state));
  std::size_t miss = 0;
  while (defect_at(*state, miss).kind != DefectKind::near_miss) ++miss;
  go_to_defect(*state, miss);
  REQUIRE(state->scene.selection().size() == 1);
  CHECK(state->scene.selection()[0].rows == std::vector<RowIx>{defect_at(*state, miss).row});
  CHECK(can_join(*state));
  try_joining(*state);
  REQUIRE(state->network.scenario.links.size() == 1);
  CHECK(geodesy::length(state->network.scenario.links[0]).value ==
        Approx(defect_at(*state, miss).size_m).margin(0.01));
  CHECK(state->network.shown);
}

TEST_CASE("every road can be travelled, as the command line has it", "[viewer]") {
  auto state = defects_state();
  travel_any_road(*state, true);
  settle(*state);
  Progress progress;
  workspace::NetworkCheckQuestion question;
  question.options.network.over = reach::Over::any;
  const auto asked = workspace::check_network(*state->region->workspace, question, progress);
  REQUIRE(asked);
  const auto &ours = state->defects.of->defects, &theirs = asked->check.defects;
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) CHECK(ours[i].gain.population == theirs[i].gain.population);
  // Another answer than over hardened roads.
  travel_any_road(*state, false);
  settle(*state);
  const auto& hardened = state->defects.of->defects;
  CHECK(std::ranges::any_of(hardened, [&](const reach::Defect& defect) {
    return std::ranges::none_of(theirs, [&](const reach::Defect& other) {
      return other.at == defect.at && other.gain.population == defect.gain.population;
    });
  }));
}

TEST_CASE("all defects are exported", "[viewer]") {
  auto state = defects_state();
  const test::ScratchFolder folder;
  const std::string path = folder.file("defects.csv");
  REQUIRE(export_defects(*state, path));
  const auto text = io::read_file(path);
  REQUIRE(text);
  CHECK(std::count(text->begin(), text->end(), '\n') ==
        static_cast<std::ptrdiff_t>(state->defects.of->defects.size() + 1));
}
