// Keys that are held: what switches does so once, what goes on by steps goes on.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/fingers.hpp"
#include "viewer/key_latch.hpp"

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
      {GLFW_KEY_F1, &view.show_help},        {GLFW_KEY_F2, &view.show_layers},
      {GLFW_KEY_F3, &view.statistics.shown}, {GLFW_KEY_F4, &view.show_legend},
      {GLFW_KEY_F5, &view.show_findings},    {GLFW_KEY_F6, &view.attributes.shown},
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

TEST_CASE("keys: Esc closes the window in front, and the selection goes last", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  select_unit(*state, unit(*state, "610826"), false);
  fingers.key(GLFW_KEY_F5);
  fingers.key(GLFW_KEY_F1);
  toggle(*state, Panel::bookmarks);
  open_style_editor(*state, state->scene.layers().back().id);
  fingers.frames(3);
  // Help again: what was shown last is in front.
  fingers.key(GLFW_KEY_F1);
  fingers.key(GLFW_KEY_F1);
  fingers.frames(3);
  const auto escape = [&] {
    fingers.key(GLFW_KEY_ESCAPE);
    fingers.frames(2);
  };
  escape();
  CHECK_FALSE(shows(*state, Panel::help));
  CHECK(shows(*state, Panel::findings));
  CHECK(shows(*state, Panel::bookmarks));
  CHECK(shows(*state, Panel::style));
  for (int i = 0; i < 3; ++i) {
    CHECK(state->selection.unit.exists());
    escape();
  }
  for (const Panel panel : floating) CHECK_FALSE(shows(*state, panel));
  CHECK(state->selection.unit.exists());
  escape();
  CHECK_FALSE(state->selection.unit.exists());
}

TEST_CASE("keys: Esc in a menu closes the menu alone", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;  // as the window has it
  open_style_editor(*state, state->scene.layers().back().id);
  fingers.frames(3);
  ImGui::GetIO().MousePos = {120, 90};  // a layer in the list
  fingers.frames(3);
  ImGui::GetIO().MouseDown[1] = true;
  fingers.frames(2);
  ImGui::GetIO().MouseDown[1] = false;
  fingers.frames(3);
  const auto has_menu = [] {
    return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  };
  REQUIRE(has_menu());
  fingers.key(GLFW_KEY_ESCAPE);
  CHECK_FALSE(has_menu());
  CHECK(shows(*state, Panel::style));
  fingers.key(GLFW_KEY_ESCAPE);
  CHECK_FALSE(shows(*state, Panel::style));
}

TEST_CASE("keys: Esc in the map gives up what is being drawn, in a window closes it", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  begin_tool(*state, MapTool::measure_length);
  fingers.key(GLFW_KEY_F1);
  fingers.frames(2);
  fingers.key(GLFW_KEY_ESCAPE);
  CHECK_FALSE(shows(*state, Panel::help));
  CHECK(state->tool.active == MapTool::measure_length);
  fingers.frames(2);
  fingers.key(GLFW_KEY_ESCAPE);
  CHECK(state->tool.active == MapTool::browse);
}

TEST_CASE("keys: F7 shows the charts where they can be seen", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  state->chart.shown = true;
  fingers.key(GLFW_KEY_F6);  // the attribute table comes to the front
  fingers.frames(3);
  REQUIRE(state->view.attributes.in_front);
  fingers.key(GLFW_KEY_F7);
  fingers.frames(3);
  CHECK(state->chart.shown);
  CHECK_FALSE(state->view.attributes.in_front);
  fingers.key(GLFW_KEY_F7);
  CHECK_FALSE(state->chart.shown);
  fingers.key(GLFW_KEY_F3);
  REQUIRE_FALSE(state->view.statistics.shown);
  fingers.key(GLFW_KEY_F7);
  CHECK(state->chart.shown);
  CHECK(state->view.statistics.shown);
}

TEST_CASE("keys: a tab behind another one comes to the front, and is closed where it is in front",
          "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  const auto press = [&](int key) {
    fingers.key(key);
    fingers.frames(3);
  };
  const std::pair<int, BottomTab*> tabs[] = {
      {GLFW_KEY_F3, &state->view.statistics}, {GLFW_KEY_F6, &state->view.attributes},
      {GLFW_KEY_F8, &state->network},         {GLFW_KEY_F9, &state->bridges},
      {GLFW_KEY_F10, &state->links},          {GLFW_KEY_F11, &state->defects},
      {GLFW_KEY_F12, &state->figure}};
  for (const auto& [key, tab] : tabs) press(key);
  press(GLFW_KEY_F3);  // it was shown, and is closed by now
  for (const auto& [key, tab] : tabs) {
    CAPTURE(key);
    REQUIRE(tab->shown);
    if (!tab->in_front) press(key);
    CHECK(tab->shown);
    CHECK(tab->in_front);
  }
  for (const auto& [key, tab] : tabs) {
    CAPTURE(key);
    if (!tab->in_front) press(key);
    CHECK(tab->shown);
    press(key);
    CHECK_FALSE(tab->shown);
  }
}

TEST_CASE("keys: Home in the table of figures leaves the map where it is", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  state->camera.set_zoom(13);
  const auto click_at = [&](float x, float y) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {x, y};
    fingers.frames(30);
    io.MouseDown[0] = true;
    fingers.frames();
    io.MouseDown[0] = false;
    fingers.frames(2);
  };
  const double zoom = state->camera.zoom();
  click_at(fingers.place.x + 150, 800 - 60);  // a row
  state->camera.set_zoom(zoom);
  fingers.key(GLFW_KEY_HOME);
  fingers.frames(60);
  CHECK(state->camera.zoom() == Approx(zoom));
  fingers.click(300, 200);
  fingers.key(GLFW_KEY_HOME);
  fingers.frames(60);
  CHECK(state->camera.zoom() < zoom - 1);
}

TEST_CASE("a double click on the map zooms in around the pointer, and a slow second click does not",
          "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  const render::scene::ScreenPoint pointed{500, 180};
  const auto click_again = [&] {
    ImGui::GetIO().MouseDown[0] = true;
    fingers.frames();
    ImGui::GetIO().MouseDown[0] = false;
    fingers.frames();
  };
  const double zoom = state->camera.zoom();
  const auto at = state->camera.to_lonlat(pointed);
  fingers.click(500, 180);
  CHECK(state->camera.zoom() == zoom);
  const auto described = state->selection.described;
  click_again();
  CHECK(state->camera.zoom() == Approx(zoom + 1));
  CHECK(std::abs(state->camera.to_screen(at).x - pointed.x) < 1);
  CHECK(std::abs(state->camera.to_screen(at).y - pointed.y) < 1);
  CHECK(state->selection.described == described);  // it was no click on what lies beneath
  fingers.frames(40);
  click_again();
  CHECK(state->camera.zoom() == Approx(zoom + 1));
}

TEST_CASE("keys: what is shown and hidden, and quitting, are commands") {
  auto state = fresh_state();
  for (const Panel panel : {Panel::layers, Panel::legend, Panel::help, Panel::about, Panel::bookmarks,
                            Panel::findings, Panel::classes}) {
    const bool before = shows(*state, panel);
    toggle(*state, panel);
    CHECK(shows(*state, panel) != before);
    toggle(*state, panel);
    CHECK(shows(*state, panel) == before);
  }
  CHECK_FALSE(close_foremost(*state));
  toggle(*state, Panel::about);
  CHECK(close_foremost(*state));
  CHECK_FALSE(shows(*state, Panel::about));
  quit(*state);
  CHECK(state->view.quit);
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

TEST_CASE("a key that is let go before a frame sees it is pressed all the same", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  ImGuiIO& io = ImGui::GetIO();
  KeyLatch latch;
  const bool dark = state->view.dark;
  // Ctrl and D went down and up since the last frame: nothing is held any more.
  latch.press(GLFW_KEY_LEFT_CONTROL, {true, false, false});
  latch.press('D', {true, false, false});
  latch.before_frame(io);
  fingers.frames();
  latch.after_frame(io);
  CHECK(state->view.dark != dark);
  CHECK_FALSE(io.KeyCtrl);
  CHECK_FALSE(io.KeysDown[static_cast<int>('D')]);
  fingers.frames();
  CHECK(state->view.dark != dark);
  // One that is still held is not let go by the latch.
  io.KeyCtrl = io.KeysDown[static_cast<int>('D')] = true;
  latch.press('D', {true, false, false});
  latch.before_frame(io);
  fingers.frames();
  latch.after_frame(io);
  CHECK(io.KeysDown[static_cast<int>('D')]);
  CHECK(state->view.dark == dark);
  io.KeyCtrl = io.KeysDown[static_cast<int>('D')] = false;
}
