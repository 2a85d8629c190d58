// The table of what each bridge carries, without a window.
#include "viewer/commands/bridges.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "io/atomic_file.hpp"
#include "report/table_cells.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/demo_state.hpp"
#include "workspace/closures.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;
using reach::BridgeClosure;

namespace {

// Of the region's own layers.
const reach::ClosureScan& scanned() {
  static const reach::ClosureScan scan = [] {
    Progress progress;
    auto computed = reach::closure_scan(demo_region()->atlas(), demo_region()->workspace->definitions(), {},
                                        {}, "", progress);
    REQUIRE(computed);
    return std::move(*computed);
  }();
  return scan;
}

// As the command line computes it: from the sources, with what it needs of them alone.
const workspace::ClosureResult& asked_anew() {
  static const workspace::ClosureResult result = [] {
    Progress progress;
    auto computed = workspace::compute_closures(*demo_region()->workspace, {}, progress);
    REQUIRE(computed);
    return std::move(*computed);
  }();
  return result;
}

// Frames until the scan is there.
void settle(AppState& state) {
  do {
    update_bridges(state);
    finish_jobs(state);
  } while (state.bridges.scan.computing);
  update_bridges(state);
  REQUIRE_FALSE(state.bridges.scan.issue);
}

std::unique_ptr<AppState> bridges_state() {
  auto state = demo_state();
  toggle_bridges(*state);
  state->bridges.in_front = true;  // as drawing the tab says
  settle(*state);
  return state;
}

const BridgeClosure& closure_at(const AppState& state, std::size_t row) {
  return state.bridges.of->scan.closures[state.bridges.rows[row]];
}

int class_at(const AppState& state, std::size_t row) {
  return state.bridges.of->classes[state.bridges.rows[row]];
}

}  // namespace

TEST_CASE("bridges are scanned when their tab is looked at, not before", "[viewer]") {
  auto state = demo_state();
  update_bridges(*state);
  toggle_bridges(*state);
  update_bridges(*state);  // shown, but another tab is in front
  finish_jobs(*state);
  CHECK_FALSE(state->bridges.scan.answer);
  state->bridges.in_front = true;
  settle(*state);
  const auto scan = state->bridges.scan.answer;
  REQUIRE(scan);
  update_bridges(*state);
  finish_jobs(*state);
  CHECK(state->bridges.scan.answer == scan);  // kept for the region
  toggle_bridges(*state);
  CHECK_FALSE(state->bridges.shown);
}

TEST_CASE("the bridges are those of the command line, in its order and with its figures", "[viewer]") {
  auto state = bridges_state();
  const reach::ClosureScan& expected = asked_anew().scan;
  REQUIRE(state->bridges.rows.size() == expected.closures.size());
  REQUIRE(expected.closures.size() > 100);
  for (std::size_t i = 0; i < expected.closures.size(); ++i) {
    const BridgeClosure &shown = closure_at(*state, i), &asked = expected.closures[i];
    REQUIRE(shown.bridge == asked.bridge);
    CHECK(shown.trunk.cut_population == asked.trunk.cut_population);
    CHECK(shown.seat.cut_households == asked.seat.cut_households);
    CHECK(shown.trunk.detour_m_sum == Approx(asked.trunk.detour_m_sum).epsilon(1e-12));
    CHECK(shown.seat.detour_m_max == Approx(asked.seat.detour_m_max).epsilon(1e-12));
  }
}

TEST_CASE("bridges are sorted by any column, those without a figure last", "[viewer]") {
  auto state = bridges_state();
  const int figures = static_cast<int>(bridge_figures());
  REQUIRE(figures == 7);
  const auto sorted_by = [&](int column, bool ascending) {
    sort_bridges(*state, column, ascending);
    update_bridges(*state);
    CHECK(state->bridges.rows.size() == asked_anew().scan.closures.size());
  };
  const auto rows = [&] { return state->bridges.rows.size(); };
  sorted_by(BridgeColumn::first_figure, false);  // villages cut off from the trunk
  for (std::size_t i = 1; i < rows(); ++i)
    REQUIRE(closure_at(*state, i - 1).trunk.cut_villages >= closure_at(*state, i).trunk.cut_villages);
  sorted_by(BridgeColumn::first_figure + figures + 6, false);  // the greatest detour to the seat
  for (std::size_t i = 1; i < rows(); ++i)
    REQUIRE(closure_at(*state, i - 1).seat.detour_m_max >= closure_at(*state, i).seat.detour_m_max);
  sorted_by(BridgeColumn::first_figure + 5, true);  // the mean detour to the trunk
  std::size_t with = 0;
  while (with < rows() && closure_at(*state, with).trunk.longer_villages > 0) ++with;
  REQUIRE(with > 1);
  for (std::size_t i = 1; i < with; ++i) {
    const auto mean = [&](std::size_t row) {
      const reach::ClosureEffect& effect = closure_at(*state, row).trunk;
      return effect.detour_m_sum / static_cast<double>(effect.longer_villages);
    };
    REQUIRE(mean(i - 1) <= mean(i));
  }
  for (std::size_t i = with; i < rows(); ++i) REQUIRE(closure_at(*state, i).trunk.longer_villages == 0);
  sorted_by(BridgeColumn::condition_class, false);
  CHECK(class_at(*state, 0) == 5);
  for (std::size_t i = 1; i < rows(); ++i) REQUIRE(class_at(*state, i - 1) >= class_at(*state, i));
  sorted_by(BridgeColumn::bridge, true);
  const table::FeatureTable& bridges = state->region->atlas().layer(table::Role::bridges)->table;
  for (std::size_t i = 1; i < rows(); ++i)
    REQUIRE(report::code_and_name(bridges, closure_at(*state, i - 1).bridge) <=
            report::code_and_name(bridges, closure_at(*state, i).bridge));
  sorted_by(BridgeColumn::rank, false);
  CHECK(state->bridges.rows.front() == rows() - 1);
}

TEST_CASE("bridges are found by name or code, and the dangerous ones alone", "[viewer]") {
  auto state = bridges_state();
  const table::FeatureTable& bridges = state->region->atlas().layer(table::Role::bridges)->table;
  const auto& all = asked_anew().scan.closures;
  const auto dangerous = std::ranges::count_if(all, [&](const BridgeClosure& closure) {
    return bridges.find("condition_class")->numbers()[closure.bridge.value] >= 4;
  });
  REQUIRE(dangerous > 0);
  filter_bridges(*state, "", true);
  update_bridges(*state);
  CHECK(state->bridges.rows.size() == static_cast<std::size_t>(dangerous));
  for (std::size_t i = 0; i < state->bridges.rows.size(); ++i) REQUIRE(class_at(*state, i) >= 4);

  const RowIx wanted = all[7].bridge;
  const std::string code = bridges.find("code")->shown(wanted.value);
  REQUIRE_FALSE(code.empty());
  filter_bridges(*state, code, false);
  update_bridges(*state);
  REQUIRE(state->bridges.rows.size() == 1);
  CHECK(closure_at(*state, 0).bridge == wanted);
  filter_bridges(*state, "no bridge is called so", false);
  update_bridges(*state);
  CHECK(state->bridges.rows.empty());
  go_to_bridge(*state, 0);  // there is none
  CHECK_FALSE(selected_bridge(*state));
}

TEST_CASE("a bridge of the table is selected on the map and closed in the scenario", "[viewer]") {
  auto state = bridges_state();
  go_to_bridge(*state, 0);
  const auto bridge = selected_bridge(*state);
  REQUIRE(bridge == asked_anew().scan.closures.front().bridge);
  CHECK(state->flight.flight.has_value());
  try_closing(*state, *bridge, true);
  CHECK(state->network.shown);
  CHECK(state->network.to_front);
  CHECK(is_closed(*state, *bridge) == true);
  do {
    update_network(*state);
    finish_jobs(*state);
  } while (!state->network.answer || !(state->network.answered == state->network.scenario));
  CHECK(state->network.answer->lost.size() == asked_anew().scan.closures.front().trunk.cut_villages);
  try_closing(*state, *bridge, false);
  CHECK(state->network.scenario.is_empty());
}

TEST_CASE("the bridges are exported as the command line's table, however they are shown", "[viewer]") {
  auto state = bridges_state();
  filter_bridges(*state, "", true);
  sort_bridges(*state, BridgeColumn::bridge, false);
  update_bridges(*state);
  const test::ScratchFolder folder;
  ask_for_file(*state, FileChoice::save_bridges);
  CHECK(state->dialog.typed.ends_with("bridges.csv"));
  state->dialog.typed = folder.file("closures");
  take_file(*state);
  const auto written = io::read_file(folder.file("closures.csv"));
  REQUIRE(written);
  std::string expected;
  const report::Provenance provenance;
  REQUIRE(report::write_csv({state->region->hierarchy(), scanned(), true, true, false, provenance, {}}, false,
                            report::collect_into(expected), Progress{}));
  CHECK(*written == expected);
}
