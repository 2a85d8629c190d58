// Backgrounds by commands, without a window.
#include "viewer/commands/backgrounds.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "base/assets.hpp"
#include "io/atomic_file.hpp"
#include "render/made_ground.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/commands/watching.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/region_loading.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;

namespace {

std::unique_ptr<AppState> fresh_state() {
  static const auto styles = render::scene::StyleSheet::load(assets_folder() / "styles.toml");
  REQUIRE(styles);
  return std::make_unique<AppState>(std::make_shared<const render::scene::StyleSheet>(*styles));
}

void finish_jobs(AppState& state) {
  while (!state.jobs.jobs().empty()) {
    state.mailbox.drain();
    state.jobs.sweep();
    std::this_thread::yield();
  }
  state.mailbox.drain();
}

// A grid of heights as text, with its coordinate system beside it.
std::string write_grid(const test::ScratchFolder& folder) {
  std::ofstream grid(folder.file("heights.asc"));
  grid << "ncols 4\nnrows 4\nxllcorner 109\nyllcorner 38\ncellsize 0.01\n";
  for (int i = 0; i < 16; ++i) grid << 1000.5 + i << ' ';
  std::ofstream(folder.file("heights.prj")) << "EPSG:4326";
  return folder.file("heights.asc");
}

}  // namespace

TEST_CASE("a raster is added to the map, brought into view, moved and removed", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = fresh_state();
  add_background(*state, write_grid(folder));
  finish_jobs(*state);
  CHECK(state->notices.empty());
  REQUIRE(state->scene.backgrounds().all().size() == 1);
  const render::scene::Background& background = state->scene.backgrounds().all().front();
  CHECK(background.name == "heights.asc");
  CHECK(background.look.drawing == raster::Drawing::hillshade);
  CHECK(state->camera.centre_lonlat().lon == Approx(109.02).margin(0.01));
  show_background(*state, "made", std::make_shared<test::MadeGround>());
  const auto lower = state->scene.backgrounds().all()[0].id;
  move_background(*state, lower, 1);
  CHECK(state->scene.backgrounds().all()[1].id == lower);
  move_background(*state, lower, -5);  // farther than there is room: stays
  CHECK(state->scene.backgrounds().all()[1].id == lower);
  remove_background(*state, lower);
  CHECK(state->scene.backgrounds().all().size() == 1);
}

TEST_CASE("a click reads the pixel of every background that is seen, topmost first", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = fresh_state();
  add_background(*state, write_grid(folder));
  finish_jobs(*state);
  show_background(*state, "made", std::make_shared<test::MadeGround>());
  const auto readings = [&](geodesy::LonLat place) {
    read_backgrounds(*state, place);
    finish_jobs(*state);
    return state->backgrounds.readings;
  };
  // The second row and third column of the grid, from the upper left.
  const auto both = readings({109.025, 38.025});
  REQUIRE(both.size() == 2);
  CHECK(both[0].name == "made ground");
  REQUIRE(both[0].reading);
  CHECK(both[0].reading->bands == std::vector<std::optional<double>>{109.025, 38.025, std::nullopt});
  CHECK(both[1].content == raster::Content::heights);
  REQUIRE(both[1].reading);
  CHECK(both[1].reading->bands == std::vector<std::optional<double>>{1006.5});
  CHECK(readings({109.055, 38.025}).size() == 1);  // the grid does not reach there
  show_background(*state, state->scene.backgrounds().all()[1].id, false);
  CHECK(readings({109.025, 38.025}).size() == 1);
}

TEST_CASE("a background's file that changes or goes is told of once, and read again on request", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = fresh_state();
  const std::string path = write_grid(folder);
  add_background(*state, path);
  finish_jobs(*state);
  const auto look = [&](const std::string& identity) {
    take_look_at_backgrounds(*state, {{path, identity}, {"elsewhere.tif", identity}});
    return state->notices.size();
  };
  CHECK(look("1") == 0);
  CHECK(look("1") == 0);
  CHECK(look("2") == 0);  // it may be being written
  CHECK(look("2") == 1);
  CHECK(look("2") == 1);
  REQUIRE(state->notices.back().act);
  CHECK(look("") == 1);
  CHECK(look("") == 2);
  CHECK(state->notices.back().is_error);
  const auto before = state->backgrounds.opened.at(path);
  state->notices.front().act(*state);
  finish_jobs(*state);
  REQUIRE(state->scene.backgrounds().all().size() == 1);
  CHECK(state->backgrounds.opened.at(path) != before);
  CHECK(look("3") == 2);  // as it is now is how it was read
  CHECK(look("3") == 2);
}

TEST_CASE("every change of a background can be taken back", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = fresh_state();
  add_background(*state, write_grid(folder));
  finish_jobs(*state);
  show_background(*state, "made", std::make_shared<test::MadeGround>());
  const auto& all = state->scene.backgrounds().all();
  const auto names = [&] {
    std::vector<std::string> list;
    for (const auto& background : all) list.push_back(background.name);
    return list;
  };
  const auto before = names();
  REQUIRE(before.size() == 2);
  set_background_opacity(*state, all[0].id, 0.6, Gesture::dragged);
  set_background_opacity(*state, all[0].id, 0.3, Gesture::dragged);
  end_gesture(*state);
  show_background(*state, all[0].id, false);
  set_background_drawing(*state, all[0].id, raster::Drawing::relief);
  CHECK(all[0].look == render::scene::BackgroundLook{false, 0.3, raster::Drawing::relief});
  CHECK(undo_title(*state) == "Undo: drawing of heights.asc");
  for (int step = 0; step < 3; ++step) CHECK(undo(*state));
  CHECK(all[0].look == render::scene::BackgroundLook{true, 1, raster::Drawing::hillshade});
  move_background(*state, all[0].id, 1);
  CHECK(names() == std::vector{before[1], before[0]});
  remove_background(*state, all[0].id);
  CHECK(names() == std::vector{before[0]});
  CHECK(undo(*state));  // it is open still: back at once
  CHECK(names() == std::vector{before[1], before[0]});
  CHECK(undo(*state));
  CHECK(names() == before);
  CHECK(undo(*state));
  CHECK(undo(*state));
  CHECK(names().empty());
  CHECK(redo(*state));
  CHECK(names() == std::vector{before[0]});
}

TEST_CASE("backgrounds come back with the workspace that they lie beside, and what is missing is said",
          "[viewer]") {
  const test::ScratchFolder folder;
  const std::string region = std::string{XIANGTU_SOURCE_DIR} + "/geodata/yulin.gpkg";
  Progress progress;
  const auto opened = [&](const std::string& source) {
    auto loaded = load({{source}, std::nullopt}, {}, progress);
    if (!loaded) FAIL(loaded.issue().message.english());
    return *loaded;
  };
  auto state = fresh_state();
  add_background(*state, write_grid(folder));
  finish_jobs(*state);
  show(*state, opened(region));
  REQUIRE(state->scene.backgrounds().all().size() == 1);  // what was there before the region stays
  set_background_opacity(*state, state->scene.backgrounds().all()[0].id, 0.5);
  const std::string workspace = folder.file("work.toml");
  REQUIRE(save_workspace(*state, workspace));
  std::string text = *io::read_file(workspace);
  CHECK_THAT(text, Catch::Contains("source = \"heights.asc\""));

  auto other = fresh_state();
  show(*other, opened(workspace));
  finish_jobs(*other);
  REQUIRE(other->scene.backgrounds().all().size() == 1);
  CHECK(other->scene.backgrounds().all()[0].look.opacity == 0.5);
  show(*other, opened(region));  // another region: the ground stays under it
  CHECK(other->scene.backgrounds().all().size() == 1);

  text.replace(text.find("heights.asc"), 11, "nowhere.tif");
  REQUIRE(io::write_file(workspace, text));
  auto third = fresh_state();
  show(*third, opened(workspace));
  finish_jobs(*third);
  CHECK(third->scene.backgrounds().all().empty());
  CHECK(third->scene.layers().size() > 3);
  REQUIRE(third->notices.size() == 1);
  CHECK_THAT(third->notices.front().text, Catch::Contains("nowhere.tif"));
  CHECK(third->document.now.backgrounds.size() == 1);  // and is not forgotten when it is saved again
}

TEST_CASE("what is no raster is said, and nothing changes", "[viewer]") {
  const test::ScratchFolder folder;
  std::ofstream(folder.file("notes.tif")) << "no raster";
  auto state = fresh_state();
  drop_files(*state, {folder.file("notes.tif")}, false);
  finish_jobs(*state);
  REQUIRE(state->notices.size() == 1);
  CHECK(state->notices.front().is_error);
  CHECK(state->scene.backgrounds().all().empty());
}

TEST_CASE("a raster that is opened in the file dialog is a background", "[viewer]") {
  const test::ScratchFolder folder;
  const std::string grid = write_grid(folder);
  auto state = fresh_state();
  ask_for_file(*state, FileChoice::open);
  state->dialog.typed = grid;
  take_file(*state);
  finish_jobs(*state);
  CHECK(state->scene.backgrounds().all().size() == 1);
  CHECK_FALSE(state->region);
  CHECK(folder_entries(folder.path()).size() == 1);  // the .prj is no raster
}

TEST_CASE("a service that does not answer is said once, and again after it has been seen", "[viewer]") {
  auto state = fresh_state();
  const auto ground = std::make_shared<test::MadeGround>();
  ground->fails = true;
  show_background(*state, "made", ground);
  const auto id = state->scene.backgrounds().all().front().id;
  const auto frames = [&] {
    do {
      state->scene.update(state->camera);
      tell_of_backgrounds(*state);
      std::this_thread::yield();
    } while (!state->scene.settled());
  };
  frames();
  frames();
  CHECK(state->notices.size() == 1);
  retry_background(*state, id);
  frames();
  CHECK(state->notices.size() == 2);
  ground->fails = false;
  retry_background(*state, id);
  frames();
  CHECK(state->notices.size() == 2);
  CHECK_FALSE(state->scene.backgrounds().trouble(id));
}
