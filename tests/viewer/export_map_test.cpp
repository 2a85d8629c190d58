// The map as a file: what is exported from the window is what `xiangtu map` draws of the workspace saved
// there.
#include "viewer/commands/export_map.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "cli/program.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/panels/panels.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;
namespace fs = std::filesystem;
namespace scene = xiangtu::render::scene;

namespace {

// With the styles of the program, so that it draws alike.
std::unique_ptr<AppState> shown_demo() {
  static const auto styles = scene::load_shipped_styles();
  REQUIRE(styles);
  auto state = std::make_unique<AppState>(*styles);
  show(*state, demo_region());
  finish_jobs(*state);
  return state;
}

// The file as it was exported, and the one notice of it.
std::string exported(AppState& state, const std::string& path) {
  state.notices.clear();
  const Status started = export_map(state, path);
  INFO((started ? "" : started.issue().message.english()));
  REQUIRE(started);
  finish_jobs(state);
  REQUIRE(state.notices.size() == 1);
  INFO(state.notices[0].text);
  CHECK_FALSE(state.notices[0].is_error);
  CHECK(state.notices[0].text.find(path) != std::string::npos);
  return read_all(path);
}

// What the command line draws of the workspace as it is saved now.
std::string drawn(const AppState& state, const test::ScratchFolder& folder, const std::string& ending,
                  const std::string& arguments) {
  const std::string workspace = folder.file("saved.toml"), path = folder.file("drawn" + ending);
  REQUIRE(save_workspace(state, workspace));
  const Said said = xiangtu_run("map '" + workspace + "' -q -o '" + path + "' " + arguments);
  INFO(said.err);
  REQUIRE(said.status == 0);
  return read_all(path);
}

bool same(const std::string& a, const std::string& b) {
  return a == b;  // says no pages
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

scene::LayerId layer_id(const AppState& state, const char* name) {
  return layer_called(state, name)->id;
}

}  // namespace

TEST_CASE("an exported map is the command line's of the saved workspace, to the byte", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = shown_demo();
  for (const std::string ending : {".png", ".svg", ".pdf"}) {
    INFO(ending);
    state->exporting.sheet.size = "900x700";
    state->exporting.sheet.dpi = 96;
    CHECK(same(exported(*state, folder.file("a" + ending)),
               drawn(*state, folder, ending, "--size 900x700 --lang en")));
  }
  // Its title says what the colours say, unless there are none.
  state->exporting.sheet.title.clear();
  REQUIRE(choose_indicator(*state, "tap_household_rate"));
  CHECK(has(exported(*state, folder.file("t.svg")), "<title>Tap in home, by county</title>"));
  colour_map(*state, false);
  CHECK(has(exported(*state, folder.file("u.svg")), "<title>yulin</title>"));
  colour_map(*state, true);
  set_dark(*state, true);
  set_language(*state, Language::chinese);
  set_graticule(*state, true);
  REQUIRE(choose_indicator(*state, "tap_household_rate"));
  drill_into(*state, unit(*state, "610826"));
  select_unit(*state, unit(*state, "610826100"), false);
  show_layer(*state, layer_id(*state, "bridges"), false);
  set_opacity(*state, layer_id(*state, "roads"), 0.5);
  place_layer(*state, layer_id(*state, "roads"), 0);
  change_style(*state, "townships", [](scene::LayerStyle& style) { style.base.width = scene::ZoomSize{3}; });
  state->exporting.sheet = {"A5", 120, "绥德县", std::nullopt, {}};
  for (const std::string ending : {".png", ".svg", ".pdf"}) {
    INFO(ending);
    const std::string sheet = exported(*state, folder.file("b" + ending));
    CHECK(same(sheet,
               drawn(*state, folder, ending, "--size A5 --dpi 120 --lang zh --theme dark --title 绥德县")));
    if (ending == ".svg") {
      CHECK(has(sheet, "<title>绥德县</title>"));
      CHECK(has(sheet, "<g class=\"selection\">"));
      CHECK(has(sheet, "数据来源：yulin.gpkg"));
    }
  }
}

TEST_CASE("an exported map keeps to the window's filters, and to the moment when it was asked for",
          "[viewer]") {
  const test::ScratchFolder folder;
  auto state = shown_demo();
  state->exporting.sheet = {"900x700", 96, {}, std::nullopt, {}};
  fit_unit(*state, unit(*state, "610826"));
  const std::string all = exported(*state, folder.file("all.svg"));
  CHECK(has(all, ">National road</text>"));
  show_attributes(*state, layer_id(*state, "roads"));
  filter_attributes(*state, "surface = 'earth'");
  finish_jobs(*state);
  CHECK(same(exported(*state, folder.file("unfiltered.svg")), all));
  filter_map(*state, true);
  const std::string earth = exported(*state, folder.file("earth.svg"));
  CHECK_FALSE(has(earth, ">National road</text>"));
  CHECK(has(earth, ">Not hardened (gravel, earth)</text>"));

  REQUIRE(export_map(*state, folder.file("moment.svg")));
  filter_map(*state, false);
  show_all_layers(*state, false);
  set_dark(*state, true);
  set_language(*state, Language::chinese);
  state->exporting.sheet.title = "later";
  finish_jobs(*state);
  CHECK(same(read_all(folder.file("moment.svg")), earth));
}

TEST_CASE("an export goes on when another source is opened, and is of the map that there was", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = shown_demo();
  state->exporting.sheet.size = "1600x1200";
  const std::string before = exported(*state, folder.file("before.png"));
  fs::copy_file(demo, folder.file("other.gpkg"));
  state->notices.clear();
  REQUIRE(export_map(*state, folder.file("meanwhile.png")));
  open(*state, {{folder.file("other.gpkg")}, std::nullopt});
  finish_jobs(*state);
  CHECK(state->region->opened.sources.front() == folder.file("other.gpkg"));
  CHECK(same(read_all(folder.file("meanwhile.png")), before));
  REQUIRE(state->notices.size() == 1);
  CHECK(has(state->notices[0].text, "written: "));
}

TEST_CASE("an export that is cancelled or fails leaves nothing, and the old file stays", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = shown_demo();
  state->exporting.sheet.size = "A2";
  state->exporting.sheet.dpi = 300;
  std::ofstream(folder.file("old.png")) << "old";
  REQUIRE(export_map(*state, folder.file("old.png")));
  REQUIRE(export_map(*state, folder.file("new.pdf")));
  CHECK(state->jobs.jobs().size() == 2);
  state->jobs.cancel_all();
  finish_jobs(*state);
  CHECK(folder.names() == std::vector<std::string>{"old.png"});
  CHECK(read_all(folder.file("old.png")) == "old");
  REQUIRE(state->notices.size() == 2);
  for (const Notice& notice : state->notices) {
    CHECK_FALSE(notice.is_error);
    CHECK(has(notice.text, "cancelled"));
  }

  state->notices.clear();
  state->exporting.sheet.size = "400x300";
  REQUIRE(export_map(*state, folder.file("no folder/a.png")));
  finish_jobs(*state);
  REQUIRE(state->notices.size() == 1);
  CHECK(state->notices[0].is_error);
  CHECK(has(state->notices[0].text, "no folder/a.png"));
  CHECK(folder.names() == std::vector<std::string>{"old.png"});
}

TEST_CASE("sheets that cannot be, and files that are in the map, are refused at once", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = shown_demo();
  const auto refused = [&](const char* size, double dpi) {
    state->exporting.sheet.size = size;
    state->exporting.sheet.dpi = dpi;
    return !check_export(*state) && !export_map(*state, folder.file("a.png"));
  };
  for (const char* size : {"", "A7", "a4", "1600", "0x0", "1600x", "99999x10", "1e3x1e3"})
    CHECK(refused(size, 96));
  for (const double dpi : {0.0, -1.0, 1e300, std::nan("")}) CHECK(refused("A4", dpi));
  CHECK(refused("A0", 1200));
  state->exporting.sheet = {};
  CHECK(check_export(*state));
  CHECK(export_map(*state, folder.file("a.jpg")).issue().code == IssueCode::output_unknown_ending);

  // The ground under the map is a picture, too.
  std::ofstream(folder.file("ground.png")) << "ground";
  state->document.now.backgrounds.push_back({folder.file("ground.png"), true, 1, std::nullopt});
  const Status over = export_map(*state, folder.file("ground.png"));
  REQUIRE_FALSE(over);
  CHECK(over.issue().code == IssueCode::output_unwritable);
  // That it cannot be read is said, and the rest is drawn.
  REQUIRE(export_map(*state, folder.file("a.png")));
  finish_jobs(*state);
  REQUIRE(state->notices.size() == 2);
  CHECK(has(state->notices[0].text, "ground.png"));
  CHECK(has(state->notices[1].text, "written: "));
  CHECK(read_all(folder.file("ground.png")) == "ground");
}

TEST_CASE(
    "the dialog proposes a name, adds an ending, asks before it replaces, and keeps what was typed wrong",
    "[viewer]") {
  const test::ScratchFolder folder;
  auto state = shown_demo();
  for (const char* name : {"a.png", "b.SVG", "c.csv", "d.gpkg"}) std::ofstream(folder.file(name)) << "x";
  state->dialog.folder = folder.path();
  ask_for_file(*state, FileChoice::save_map);
  CHECK(state->dialog.typed == folder.file("yulin.png"));
  CHECK(folder_entries(folder.path(), FileChoice::save_map).size() == 2);
  state->exporting.sheet.size = "4x4";
  take_file(*state);
  CHECK(state->dialog.open);
  CHECK(state->jobs.jobs().empty());
  state->exporting.sheet.size = "200x150";
  state->exporting.sheet.title = "Roads";
  state->dialog.typed = "a";
  take_file(*state);
  CHECK(state->dialog.replacing == folder.file("a.png"));
  take_file(*state);
  CHECK_FALSE(state->dialog.open);
  finish_jobs(*state);
  CHECK(read_all(folder.file("a.png")).starts_with("\x89PNG"));

  ask_for_file(*state, FileChoice::save_map);
  state->dialog.typed = "page.PDF";
  take_file(*state);
  finish_jobs(*state);
  CHECK(read_all(folder.file("page.PDF")).starts_with("%PDF"));
  ask_for_file(*state, FileChoice::save_map);
  CHECK(state->dialog.typed == folder.file("yulin.pdf"));
  CHECK(state->exporting.sheet.title == "Roads");

  // The title was of that map.
  Progress progress;
  fs::copy_file(demo, folder.file("other.gpkg"));
  auto other = load({{folder.file("other.gpkg")}, std::nullopt}, {}, progress);
  REQUIRE(other);
  show(*state, *other);
  ask_for_file(*state, FileChoice::save_map);
  CHECK(state->exporting.sheet.title.empty());
  CHECK(state->dialog.typed == folder.file("other.pdf"));
}
