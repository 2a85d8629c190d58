// Keys that are held: what switches does so once, what goes on by steps goes on.
#include <catch2/catch.hpp>

#include <filesystem>

#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/fingers.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;

namespace {

// Counted by looking after each frame, so that a switch that goes there and back is not missed.
template <class Value>
int changes_while_held(Fingers& fingers, int key, bool control, Value value) {
  int changes = 0;
  auto last = value();
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = control;
  io.KeysDown[key] = true;
  for (int frame = 0; frame < 60; ++frame) {
    fingers.frames();
    if (const auto now = value(); now != last) {
      ++changes;
      last = now;
    }
  }
  io.KeysDown[key] = io.KeyCtrl = false;
  fingers.frames();
  return changes;
}

}  // namespace

TEST_CASE("keys: a held key switches once", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  ViewState& view = state->view;
  const auto changes = [&](int key, bool control, auto value) {
    return changes_while_held(fingers, key, control, value);
  };
  CHECK(changes('D', true, [&] { return view.dark; }) == 1);
  CHECK(changes('M', true, [&] { return state->document.now.graticule; }) == 1);
  CHECK(changes('L', true, [&] { return state->catalogue.language(); }) == 1);
  const std::pair<int, bool*> shown_by[] = {
      {GLFW_KEY_F1, &view.show_help},       {GLFW_KEY_F2, &view.show_layers},
      {GLFW_KEY_F3, &view.show_statistics}, {GLFW_KEY_F4, &view.show_legend},
      {GLFW_KEY_F5, &view.show_findings},   {GLFW_KEY_F6, &view.show_attributes},
      {GLFW_KEY_F7, &state->chart.shown}};
  for (const auto& [key, shown] : shown_by) {
    CAPTURE(key);
    CHECK(changes(key, false, [shown = shown] { return *shown; }) == 1);
  }
}

TEST_CASE("keys: a held key goes on zooming, panning, taking back and doing again", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  const auto zoom = [&] { return state->camera.zoom(); };
  const auto changes = [&](int key, bool control, auto value) {
    return changes_while_held(fingers, key, control, value);
  };
  const std::pair<int, bool> zooming[] = {{GLFW_KEY_EQUAL, true},
                                          {GLFW_KEY_KP_ADD, true},
                                          {GLFW_KEY_MINUS, false},
                                          {GLFW_KEY_KP_SUBTRACT, false}};
  for (const auto& [key, closer] : zooming) {
    CAPTURE(key);
    state->camera.set_zoom(9);
    CHECK(changes(key, false, zoom) > 3);
    CHECK((zoom() > 9) == closer);
  }
  state->camera.set_zoom(9);
  for (const int key : {GLFW_KEY_LEFT, GLFW_KEY_RIGHT})
    CHECK(changes(key, false, [&] { return state->camera.centre().x; }) > 3);
  for (const int key : {GLFW_KEY_UP, GLFW_KEY_DOWN})
    CHECK(changes(key, false, [&] { return state->camera.centre().y; }) > 3);

  const auto layer = state->scene.layers().back().id;
  for (int i = 0; i < 8; ++i) show_layer(*state, layer, i % 2 != 0);
  const auto done = [&] { return state->document.done.size(); };
  const std::size_t all = done();
  REQUIRE(all >= 8);
  CHECK(changes('Z', true, done) > 3);
  CHECK(changes('Y', true, done) > 3);
}

namespace {

// As if this file had been opened.
void open_as(AppState& state, const std::string& source) {
  std::filesystem::copy_file(demo, source);
  auto region = std::make_shared<Region>(*demo_region());
  region->opened.sources = {"PG:dbname=none", source};
  show(state, region);
  finish_jobs(state);
}

}  // namespace

TEST_CASE("what is saved is proposed beside the first source that is a file", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = fresh_state();
  open_as(*state, folder.file("villages.gpkg"));
  ask_for_file(*state, FileChoice::save_workspace);
  CHECK(state->dialog.typed == folder.file("villages.toml"));
  CHECK(state->dialog.folder / "x" == std::filesystem::path{folder.file("x")});
  state->dialog = {};
  ask_for_file(*state, FileChoice::save_figures);
  CHECK(state->dialog.typed == folder.file("coverage.csv"));
  // Wherever the user went for other files: a workspace belongs to its sources.
  state->dialog.folder = "/";
  ask_for_file(*state, FileChoice::save_figures);
  CHECK(state->dialog.typed == "/coverage.csv");
  ask_for_file(*state, FileChoice::save_workspace);
  CHECK(state->dialog.typed == folder.file("villages.toml"));
  auto nothing = demo_state();
  auto region = std::make_shared<Region>(*demo_region());
  region->opened.sources = {"PG:dbname=none"};
  show(*nothing, region);
  ask_for_file(*nothing, FileChoice::save_workspace);
  CHECK(nothing->dialog.typed == (std::filesystem::current_path() / "workspace.toml").string());
}

TEST_CASE("keys: the save dialog waits for a name, and Enter saves", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = fresh_state();
  open_as(*state, folder.file("villages.gpkg"));
  Fingers fingers(*state);
  fingers.key('E', true);
  REQUIRE(state->dialog.open);
  fingers.frames();  // the focus comes with the frame after
  CHECK(ImGui::GetIO().WantTextInput);
  fingers.key(GLFW_KEY_ENTER);  // as it is proposed
  CHECK_FALSE(state->dialog.open);
  const std::string written = folder.file("coverage.csv");
  CHECK(io::read_file(written)->starts_with("level,code,name"));

  // The file that is there now is asked about, which a key that is held does not answer.
  REQUIRE(io::write_file(written, "old"));
  fingers.frames(5);
  fingers.key('E', true);
  ImGui::GetIO().KeysDown[GLFW_KEY_ENTER] = true;
  fingers.frames(60);
  ImGui::GetIO().KeysDown[GLFW_KEY_ENTER] = false;
  fingers.frames(3);
  CHECK(state->dialog.open);
  CHECK(*io::read_file(written) == "old");
  fingers.key(GLFW_KEY_ENTER);
  CHECK_FALSE(state->dialog.open);
  CHECK(io::read_file(written)->starts_with("level,code,name"));
}
