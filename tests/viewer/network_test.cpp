// What is tried out on the road network, without a window.
#include "viewer/commands/network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "geodesy/measure.hpp"
#include "io/atomic_file.hpp"
#include "reach/closures.hpp"
#include "reach/road_reach.hpp"
#include "render/scene/atlas_scene.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/scenarios.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/commands/village_card.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/fingers.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;

namespace {

// Frames until the answer is the scenario's.
void settle(AppState& state) {
  do {
    update_network(state);
    finish_jobs(state);
    REQUIRE_FALSE(state.network.issue);
  } while (!state.network.answer || !(state.network.answered == state.network.scenario));
}

std::unique_ptr<AppState> network_state() {
  auto state = demo_state();
  toggle_network(*state);
  state->network.in_front = true;  // as drawing the tab says
  settle(*state);
  return state;
}

// The bridge whose closure cuts off most people from the trunk, as the command line ranks them.
reach::BridgeClosure gravest(const AppState& state) {
  Progress progress;
  reach::ClosureOptions options;
  options.to_seat = false;
  const auto scan = reach::closure_scan(state.region->atlas(), state.region->workspace->definitions(), {},
                                        options, "", progress);
  REQUIRE(scan);
  return scan->closures.front();
}

}  // namespace

TEST_CASE("the network as it is has the figures of reach, at the level that is coloured", "[viewer]") {
  auto state = network_state();
  Progress progress;
  reach::RoadReachOptions options;
  const auto reach = reach::road_reach(state->region->atlas(), state->region->workspace->definitions(), {},
                                       options, "", progress);
  REQUIRE(reach);
  const reach::RoadReach& shown = state->network.answer->reach;
  REQUIRE(shown.units == reach->units);
  for (std::size_t i = 0; i < shown.units.size(); ++i) {
    CHECK(shown.figures[i].connected == reach->figures[i].connected);
    CHECK(shown.figures[i].unknown == reach->figures[i].unknown);
  }
  drill_into(*state, unit(*state, "610826"));
  settle(*state);
  update_network(*state);
  finish_jobs(*state);
  CHECK(state->network.answered_by == atlas::Level::township);
}

TEST_CASE("closing a bridge loses whom the closure scan says, and undo wins them back", "[viewer]") {
  auto state = network_state();
  const reach::BridgeClosure closure = gravest(*state);
  close_bridge(*state, closure.bridge, true);
  CHECK(is_closed(*state, closure.bridge) == true);
  settle(*state);
  CHECK(state->network.answer->lost.size() == closure.trunk.cut_villages);
  CHECK(state->network.answer->won.empty());
  CHECK(state->network.base->reach.figures[0].population_connected -
            state->network.answer->reach.figures[0].population_connected ==
        closure.trunk.cut_population);
  CHECK(undo_scenario(*state));
  settle(*state);
  CHECK(state->network.answer->lost.empty());
  CHECK(redo_scenario(*state));
  CHECK_FALSE(redo_scenario(*state));
  settle(*state);
  CHECK(state->network.answer->lost.size() == closure.trunk.cut_villages);
  reset_bridge(*state, closure.bridge);
  CHECK(state->network.scenario.is_empty());
}

TEST_CASE("the way of the selected village is found, and found again when the scenario changes", "[viewer]") {
  auto state = network_state();
  const reach::BridgeClosure closure = gravest(*state);
  close_bridge(*state, closure.bridge, true);
  settle(*state);
  const std::uint32_t village = state->network.answer->lost.front();
  undo_scenario(*state);
  settle(*state);
  go_to_village(*state, village);
  const auto frame = [&] {
    update_village_card(*state);
    update_network(*state);
    finish_jobs(*state);
  };
  frame();
  REQUIRE(state->network.way.size() > 2);
  CHECK(geodesy::length(state->network.way).value ==
        Approx(state->network.answer->reach.villages[village].distance_m).epsilon(0.001));
  redo_scenario(*state);
  settle(*state);
  frame();
  CHECK(state->network.way.empty());
}

TEST_CASE("the map carries the scenario's colours while its tab is in front", "[viewer]") {
  auto state = network_state();
  const auto layer = render::scene::unit_layer(state->scene, atlas::Level::county);
  REQUIRE(layer);
  colour_units(*state);
  REQUIRE(state->scene.find(*layer)->look.choropleth);
  const std::string title = state->scene.find(*layer)->look.choropleth->title;
  CHECK(title.starts_with("villages connected to the trunk roads"));
  state->network.in_front = false;
  colour_units(*state);
  CHECK(state->scene.find(*layer)->look.choropleth->title != title);
}

TEST_CASE("a road that is drawn snaps to roads and is part of the scenario", "[viewer]") {
  auto state = network_state();
  const table::GeometryColumn& roads = state->network.model->network().lines();
  const geodesy::LonLat a = roads.vertices()[0], b = roads.vertices()[200];
  begin_tool(*state, MapTool::draw_link);
  add_tool_point(*state, {a.lon + 1e-7, a.lat});
  add_tool_point(*state, b);
  finish_tool(*state, SelectionChange::replace);
  CHECK(state->tool.active == MapTool::browse);
  REQUIRE(state->network.scenario.links.size() == 1);
  begin_tool(*state, MapTool::draw_link);
  add_tool_point(*state, a);
  finish_tool(*state, SelectionChange::replace);
  CHECK(state->network.scenario.links.size() == 1);  // one position is no road
  settle(*state);
  CHECK(state->network.answer->lost.empty());
  remove_link(*state, 0);
  CHECK(state->network.scenario.is_empty());
}

TEST_CASE("scenarios are kept, compared, saved and opened", "[viewer]") {
  auto state = network_state();
  const reach::BridgeClosure closure = gravest(*state);
  close_bridge(*state, closure.bridge, true);
  settle(*state);
  state->network.name = "without the bridge";
  keep_scenario(*state);
  REQUIRE(state->network.kept.size() == 1);
  CHECK(state->network.kept[0].answer->lost.size() == closure.trunk.cut_villages);
  const test::ScratchFolder folder;
  const std::string path = folder.file("scenario.toml");
  REQUIRE(save_scenario(*state, path));
  clear_scenario(*state);
  CHECK(state->network.scenario.is_empty());
  take_kept(*state, 0);
  CHECK(state->network.scenario.closed_bridges.at(closure.bridge));
  clear_scenario(*state);
  REQUIRE(open_scenario(*state, path));
  CHECK(state->network.scenario.closed_bridges.at(closure.bridge));
  CHECK(state->network.scenario.name == "without the bridge");
  CHECK_FALSE(open_scenario(*state, "/no/such.toml"));
  settle(*state);

  // What they come to, beside the data as it is.
  const std::string figures = folder.file("scenarios.csv"), changes = folder.file("changes.csv");
  REQUIRE(export_scenarios(*state, figures));
  REQUIRE(export_won_and_lost(*state, changes));
  const std::string units = *io::read_file(figures), lost = *io::read_file(changes);
  const auto total_of = [&](const std::string& name) {
    const reach::UnitReach& total =
        (name.empty() ? *state->network.base : *state->network.answer).reach.figures[0];
    return "\r\n" + name + ",total,,," + std::to_string(total.villages) + "," +
           std::to_string(total.attached) + "," + std::to_string(total.connected) + ",";
  };
  CHECK(units.find(total_of("")) != std::string::npos);
  CHECK(units.find(total_of("without the bridge")) != std::string::npos);
  CHECK(std::count(units.begin(), units.end(), '\n') ==
        1 + 2 * static_cast<int>(state->network.base->reach.units.size()));
  CHECK(std::count(lost.begin(), lost.end(), '\n') == 1 + static_cast<int>(closure.trunk.cut_villages));
  CHECK(lost.find("without the bridge,lost,") != std::string::npos);
  forget_kept(*state, 0);
  CHECK(state->network.kept.empty());
}

TEST_CASE("kept scenarios are there again when the sources are read again, and the one in work", "[viewer]") {
  auto state = network_state();
  const reach::BridgeClosure closure = gravest(*state);
  close_bridge(*state, closure.bridge, true);
  settle(*state);
  state->network.name = "断桥";
  keep_scenario(*state);
  const std::size_t lost = state->network.kept[0].answer->lost.size();
  const SavedScenarios saved = saved_scenarios(*state);
  CHECK(saved.kept.size() == 1);

  auto next = network_state();
  next->network = {};
  next->network.shown = true;
  next->network.saved = saved;
  next->network.saved.kept.push_back("[[bridge]]\nrow = 123456789\nclosed = true");
  CHECK(saved_scenarios(*next).kept.size() == 2);  // also before they are taken up
  settle(*next);
  REQUIRE(next->network.kept.size() == 1);
  CHECK(next->network.kept[0].scenario == state->network.kept[0].scenario);
  CHECK(next->network.kept[0].answer->lost.size() == lost);
  CHECK(next->network.scenario == state->network.scenario);
  CHECK(next->network.name == "断桥");
  REQUIRE_FALSE(next->notices.empty());
  CHECK_THAT(next->notices.back().text, Catch::Contains("123456789"));
}

TEST_CASE("Ctrl+Z takes back the latest change, of the scenario or of the map, in every tab", "[viewer]") {
  auto state = network_state();
  const RowIx bridge = gravest(*state).bridge;
  const render::scene::LayerId layer = state->scene.layers().back().id;
  Fingers fingers(*state);
  for (BottomTab* front : {static_cast<BottomTab*>(nullptr), static_cast<BottomTab*>(&state->network),
                           static_cast<BottomTab*>(&state->bridges)}) {
    if (front) front->shown = front->to_front = true;
    if (!front) state->view.statistics.to_front = true;
    fingers.frames(3);
    CHECK((!front || front->in_front));
    show_layer(*state, layer, false);
    close_bridge(*state, bridge, true);
    set_opacity(*state, layer, 0.5);
    end_gesture(*state);
    fingers.key('Z', true);
    CHECK(state->scene.find(layer)->look.opacity == 1);
    CHECK(is_closed(*state, bridge) == true);
    CHECK(undo_title(*state) == "Undo: change of the scenario");
    fingers.key('Z', true);
    CHECK(is_closed(*state, bridge) == false);
    CHECK_FALSE(state->scene.find(layer)->look.visible);
    fingers.key('Z', true);
    CHECK(state->scene.find(layer)->look.visible);
    fingers.key('Y', true);
    CHECK_FALSE(state->scene.find(layer)->look.visible);
    CHECK(is_closed(*state, bridge) == false);
    fingers.key('Z', true, true);
    CHECK(is_closed(*state, bridge) == true);
    // A new change in one of them ends what could be done again in both.
    show_layer(*state, layer, true);
    CHECK_FALSE(can_step_forth(*state));
    while (step_back(*state)) {
    }
    CHECK(state->network.scenario.is_empty());
  }
}
