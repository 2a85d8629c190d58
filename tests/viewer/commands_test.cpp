// User actions as commands on the state, without a window.
#include "viewer/commands/document.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <imgui.h>
#include <unistd.h>

#include "base/assets.hpp"
#include "io/atomic_file.hpp"
#include "render/text/characters.hpp"
#include "render/text/system_fonts.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/frame.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/session.hpp"
#include "viewer/settings.hpp"
#include "viewer/theme.hpp"
#include "viewer/viewer.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;
namespace fs = std::filesystem;

TEST_CASE("opening shows layers, figures and colours, and a bad source is said and changes nothing",
          "[viewer]") {
  auto state = fresh_state();
  open(*state, {{demo}, std::nullopt});
  finish_jobs(*state);
  REQUIRE(state->region);
  CHECK(state->scene.layers().size() == 9);
  CHECK(table_rows(*state).size() == 12);
  CHECK(state->recent.front() == workspace::OpenOptions{{demo}, std::nullopt});
  const auto counties = state->scene.layers().front().id;
  CHECK(state->scene.find(counties) != nullptr);

  open(*state, {{"/no/such/file.gpkg"}, std::nullopt});
  finish_jobs(*state);
  REQUIRE(state->notices.size() == 1);
  CHECK(state->notices[0].is_error);
  CHECK(state->notices[0].text.find("/no/such/file.gpkg") != std::string::npos);
  CHECK(state->scene.layers().size() == 9);
}

TEST_CASE("the window's figures are those of the command line, to the bit", "[viewer]") {
  const auto region = demo_region();
  workspace::StatsOptions options;
  options.levels = {atlas::Level::county, atlas::Level::township, atlas::Level::village};
  Progress progress;
  const auto direct = workspace::compute_stats(*region->workspace, options, progress);
  REQUIRE(direct);
  const auto &ours = direct->table, &shown = region->stats.table;
  REQUIRE(ours.units == shown.units);
  REQUIRE(ours.indicators.size() == shown.indicators.size());
  for (std::size_t row = 0; row < ours.units.size(); ++row)
    for (std::size_t k = 0; k < ours.indicators.size(); ++k) {
      CHECK(ours.figure(row, k).value == shown.figure(row, k).value);
      CHECK(ours.figure(row, k).unknown == shown.figure(row, k).unknown);
    }
}

TEST_CASE("the table drills down and up, and the map's colours follow", "[viewer]") {
  auto state = demo_state();
  CHECK(coloured_level(*state) == atlas::Level::county);
  drill_into(*state, unit(*state, "610826"));
  CHECK(table_rows(*state).size() == 15);
  CHECK(coloured_level(*state) == atlas::Level::township);
  drill_into(*state, unit(*state, "610826100"));
  CHECK(state->statistics.parent == unit(*state, "610826100"));
  drill_into(*state, unit(*state, "610826113216"));  // a village has no units of its own
  CHECK(state->statistics.parent == unit(*state, "610826100"));
  drill_up(*state);
  CHECK(state->statistics.parent == unit(*state, "610826"));
  CHECK(state->selection.unit == unit(*state, "610826100"));
  drill_up(*state);
  drill_up(*state);
  CHECK(state->statistics.parent == atlas::Hierarchy::total());
}

TEST_CASE("sorting: by figure both ways, figures that are missing last, ties by code", "[viewer]") {
  auto state = demo_state();
  const auto& table = state->region->stats.table;
  for (const bool ascending : {true, false}) {
    sort_by(*state, 1, ascending);
    const auto rows = table_rows(*state);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
      const double a = *table.figure(rows[i], 0).value, b = *table.figure(rows[i + 1], 0).value;
      CHECK((ascending ? a <= b : a >= b));
    }
  }
  sort_by(*state, -1, true);
  const auto rows = table_rows(*state);
  CHECK(state->region->hierarchy()[table.units[rows.front()]].code == "610802");
}

TEST_CASE("selection goes both ways between table and map", "[viewer]") {
  auto state = demo_state();
  const auto before = state->camera;
  select_unit(*state, unit(*state, "610829"), true);
  CHECK_FALSE(before == state->camera);
  REQUIRE(state->scene.selection().size() == 1);
  CHECK(state->scene.selection()[0].rows.size() == 1);

  // A click in the middle of a county's polygon selects its row.
  select_unit(*state, UnitIx::none(), false);
  fit_all(*state);
  Progress progress;
  state->scene.settle(state->camera, progress);  // only what is drawn can be clicked
  const auto& counties = *state->region->atlas().layer(table::Role::counties);
  const std::size_t row = 3;
  identify(*state, state->camera.to_screen(counties.table.geometry.representative(row)));
  CHECK(state->selection.unit == counties.unit_of[row]);
  CHECK_FALSE(state->selection.features.empty());
  identify(*state, {1, 1});  // nothing there
  CHECK_FALSE(state->selection.unit.exists());
}

TEST_CASE("all that is selected is listed, page by page", "[viewer]") {
  auto state = demo_state();
  const auto& layers = state->scene.layers();
  const auto roads =
      std::ranges::find_if(layers, [](const auto& layer) { return layer.role == table::Role::roads; });
  std::vector<RowIx> rows;
  for (std::size_t row = 0; row < 245; ++row) rows.emplace_back(row);
  change_selection(*state, {{roads->id, rows}}, SelectionChange::replace);
  const SelectionState& selection = state->selection;
  CHECK(selection.features.size() == 245);
  CHECK(selection.listed == 0);
  turn_pages(*state, -1);
  CHECK(selection.listed == 0);
  turn_pages(*state, 2);
  CHECK(selection.listed == 60);
  CHECK(selection.described == 0);
  turn_pages(*state, 100);
  CHECK(selection.listed == 240);  // the last page has five
  step_described(*state, -1);      // round to the last one
  CHECK(selection.described == 244);
  CHECK(selection.listed == 240);
  step_described(*state, 1);
  CHECK(selection.listed == 0);
  for (int i = 0; i < 30; ++i) step_described(*state, 1);
  CHECK(selection.listed == 30);
  change_selection(*state, {{roads->id, {RowIx{std::size_t{7}}}}}, SelectionChange::replace);
  CHECK(selection.listed == 0);
  turn_pages(*state, 1);
  CHECK(selection.listed == 0);
}

TEST_CASE("a layer that the styles hide at a zoom says from which one it is drawn", "[viewer]") {
  auto state = demo_state();
  const auto layer = [&](table::Role role) -> const render::scene::MapLayer& {
    return *std::ranges::find_if(state->scene.layers(), [&](const auto& each) { return each.role == role; });
  };
  // As assets/styles.toml has it.
  const auto hidden = not_drawn(layer(table::Role::natural_villages), 9.5);
  REQUIRE(hidden);
  CHECK(hidden->why.english() == "drawn from zoom 10.2");
  CHECK(hidden->from == 10.2);
  CHECK_FALSE(not_drawn(layer(table::Role::natural_villages), 10.2));
  CHECK(not_drawn(layer(table::Role::natural_villages), 10.19));
  CHECK_FALSE(not_drawn(layer(table::Role::roads), 6));  // the trunk roads are
  for (const double zoom : {1.0, 8.0, 15.0}) CHECK_FALSE(not_drawn(layer(table::Role::counties), zoom));
  state->scene.show_at_every_zoom(true);
  CHECK_FALSE(not_drawn(layer(table::Role::natural_villages), 1));
  CHECK(zoom_text(10.39) == "10.3");
  CHECK(zoom_text(7) == "7.0");
}

TEST_CASE("layers move, hide and keep their look, and the language renames them", "[viewer]") {
  auto state = demo_state();
  const auto top = state->scene.layers().back().id;
  move_layer(*state, top, -1);
  CHECK(state->scene.layers()[state->scene.layers().size() - 2].id == top);
  move_layer(*state, top, 100);
  CHECK(state->scene.layers().back().id == top);
  state->scene.look(top)->visible = false;
  set_language(*state, Language::chinese);
  CHECK(state->catalogue.language() == Language::chinese);
  CHECK_FALSE(state->scene.find(top)->look.visible);
  bool renamed = false;
  for (const auto& layer : state->scene.layers())
    renamed = renamed || layer.name == "道路" || layer.name == "桥梁";
  CHECK(renamed);
}

TEST_CASE("other thresholds give other figures, computed in the background", "[viewer]") {
  auto state = demo_state();
  REQUIRE(choose_indicator(*state, "natural_village_hardened_rate"));
  CHECK_FALSE(choose_indicator(*state, "nonsense"));
  const double before = *state->region->stats.table.figure(0, state->statistics.indicator).value;
  auto parameters = state->statistics.typed;
  parameters.reach_m = 50;
  set_parameters(*state, parameters);
  finish_jobs(*state);
  CHECK(*state->region->stats.table.figure(0, state->statistics.indicator).value < before);
  CHECK_FALSE(state->statistics.computing);
  CHECK(state->region->parameters == parameters);

  // Cancelled, the old figures stand, and with them what the fields say.
  auto others = parameters;
  others.reach_m = 1000;
  set_parameters(*state, others);
  state->jobs.cancel_all();
  finish_jobs(*state);
  CHECK_FALSE(state->statistics.computing);
  CHECK(state->statistics.typed == state->region->parameters);
}

TEST_CASE("another threshold does not stop what is being opened", "[viewer]") {
  auto state = demo_state();
  open(*state, {{demo}, std::nullopt});
  auto parameters = state->statistics.typed;
  parameters.near_m = 1500;
  set_parameters(*state, parameters);
  finish_jobs(*state);
  finish_jobs(*state);  // what was opened is computed again with the threshold
  CHECK(state->region->parameters == parameters);
  CHECK(state->notices.empty());
}

TEST_CASE("a finding's row is shown on the map", "[viewer]") {
  auto state = demo_state();
  REQUIRE_FALSE(state->region->stats.findings.empty());
  const Finding& finding = state->region->stats.findings.front();
  show_row(*state, finding, finding.rows.front());
  REQUIRE(state->selection.features.size() == 1);
  const auto& picked = state->selection.features.front();
  CHECK(state->scene.find(picked.layer)->table->row_ids[picked.row.value] == finding.rows.front());
  CHECK(state->scene.selection().size() == 1);
}

TEST_CASE("the map can be without colours, and keeps them off while drilling", "[viewer]") {
  auto state = demo_state();
  const auto coloured = [&] {
    return std::any_of(state->scene.layers().begin(), state->scene.layers().end(),
                       [](const auto& layer) { return layer.look.choropleth != nullptr; });
  };
  CHECK(coloured());
  colour_map(*state, false);
  CHECK_FALSE(coloured());
  drill_into(*state, unit(*state, "610826"));
  CHECK_FALSE(coloured());
  colour_map(*state, true);
  CHECK(coloured());
}

TEST_CASE("the file dialog offers folders first and only what can be opened", "[viewer]") {
  const fs::path folder = fs::temp_directory_path() / ("xiangtu-dialog-" + std::to_string(::getpid()));
  fs::create_directories(folder / "b folder");
  for (const char* name : {"z.gpkg", "a.SHP", "notes.txt", ".hidden.gpkg"})
    std::ofstream(folder / name) << "x";
  const auto entries = folder_entries(folder);
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].is_folder);
  CHECK(entries[1].path.filename() == "a.SHP");
  CHECK(folder_entries("/no/such/folder").empty());
  for (const char* name : {"ground.tif", "service.xml", "region.gpkg", "scenario.toml"})
    std::ofstream(folder / name) << "x";
  const auto offered = [&](FileChoice choice) {
    std::vector<std::string> names;
    for (const FolderEntry& entry : folder_entries(folder, choice))
      if (!entry.is_folder) names.push_back(entry.path.filename().string());
    return names;
  };
  CHECK(offered(FileChoice::background) == std::vector<std::string>{"ground.tif", "service.xml"});
  CHECK(offered(FileChoice::open_scenario) == std::vector<std::string>{"scenario.toml"});
  fs::remove_all(folder);
}

TEST_CASE("figures are saved where the user says, and a file that is there is asked about", "[viewer]") {
  auto state = demo_state();
  const fs::path folder = fs::temp_directory_path() / ("xiangtu-save-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "old.csv") << "old";
  state->dialog.folder = folder;
  ask_for_file(*state, FileChoice::save_figures);
  CHECK(state->dialog.typed == (folder / "coverage.csv").string());
  state->dialog.typed = "old";  // a bare name: in the folder shown, with the ending
  take_file(*state);
  CHECK(state->dialog.open);
  CHECK(*io::read_file((folder / "old.csv").string()) == "old");
  take_file(*state);
  CHECK_FALSE(state->dialog.open);
  CHECK(io::read_file((folder / "old.csv").string())->starts_with("level,code,name,indicator,value"));
  REQUIRE(state->notices.size() == 1);
  CHECK_FALSE(state->notices[0].is_error);
  ask_for_file(*state, FileChoice::save_figures);
  state->dialog.typed = "/no/such/folder/x.csv";
  take_file(*state);
  CHECK(state->notices.back().is_error);
  fs::remove_all(folder);
}

TEST_CASE("every character that can be shown has a glyph in the widgets' font", "[viewer]") {
  auto state = demo_state();
  const std::string texts = texts_of(*state);
  ImGui::CreateContext();
  build_fonts(render::text::system_fonts(texts), texts, 1);
  const ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  for (const char* shown : {"榆阳区", "圪墕坬圐圙", "自来水入户率", "沥青混凝土", "…", "统计表"})
    for (const char32_t character : render::text::characters(shown)) {
      INFO(shown);
      CHECK(font->FindGlyphNoFallback(static_cast<ImWchar>(character)) != nullptr);
    }
  ImGui::DestroyContext();
}

TEST_CASE("the number on a slider's knob can be read in both themes") {
  ImGui::CreateContext();
  // WCAG 2.1: relative luminance of sRGB, and the contrast of two of them.
  const auto luminance = [](ImVec4 colour) {
    const auto linear = [](float c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.x) + 0.7152 * linear(colour.y) + 0.0722 * linear(colour.z);
  };
  const auto over = [](ImVec4 top, ImVec4 below) {
    const auto mixed = [&](float a, float b) { return a * top.w + b * (1 - top.w); };
    return ImVec4{mixed(top.x, below.x), mixed(top.y, below.y), mixed(top.z, below.z), 1};
  };
  for (const bool dark : {false, true}) {
    apply_theme(dark, 1);
    const ImVec4* colours = ImGui::GetStyle().Colors;
    for (const auto& [knob, frame] : {std::pair{ImGuiCol_SliderGrab, ImGuiCol_FrameBg},
                                      {ImGuiCol_SliderGrab, ImGuiCol_FrameBgHovered},
                                      {ImGuiCol_SliderGrabActive, ImGuiCol_FrameBgActive}}) {
      const double a = luminance(colours[ImGuiCol_Text]), b = luminance(over(colours[knob], colours[frame]));
      CAPTURE(dark, knob);
      CHECK((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5);
    }
    const double red = luminance(error_colour()), window = luminance(colours[ImGuiCol_WindowBg]);
    CHECK((std::max(red, window) + 0.05) / (std::min(red, window) + 0.05) >= 4.5);
  }
  ImGui::DestroyContext();
}

TEST_CASE("settings survive, and their loss harms nothing", "[viewer]") {
  const fs::path folder = fs::temp_directory_path() / ("xiangtu-settings-" + std::to_string(::getpid()));
  ::setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
  CHECK(read_settings().recent.empty());
  const std::vector<workspace::OpenOptions> recent{{{"a b.gpkg", "d.csv"}, "m.toml"},
                                                   {{"c.shp"}, std::nullopt}};
  write_settings({recent, true, Language::chinese});
  CHECK(read_settings().recent == recent);
  CHECK(read_settings().dark);
  CHECK(read_settings().language == Language::chinese);
  ::setenv("XDG_CONFIG_HOME", "/dev/null", 1);
  write_settings({});
  fs::remove_all(folder);
}

TEST_CASE("a picture of the window needs no display", "[viewer]") {
  const fs::path file = fs::temp_directory_path() / ("xiangtu-window-" + std::to_string(::getpid()) + ".png");
  ViewOptions options;
  options.open.sources = {demo};
  options.screenshot = file.string();
  options.width = 900;
  options.height = 600;
  options.select = "610826";
  const Status drawn = run_viewer(options, Catalogue{});
  if (!drawn) FAIL(drawn.issue().message.english());
  const auto png = io::read_file(file.string());
  fs::remove(file);
  REQUIRE(png);
  CHECK(png->size() > 60000);  // a blank one is far smaller
  options.indicator = "nonsense";
  CHECK_FALSE(run_viewer(options, Catalogue{}).ok());
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("the dark theme is the map's as well, and the graticule is a choice", "[viewer]") {
  const auto styles = render::scene::load_shipped_styles();
  REQUIRE(styles);
  const auto state = std::make_unique<AppState>(*styles);
  show(*state, demo_region());
  const auto background = [&] { return state->scene.styles().paper.background; };
  const auto light = background();
  set_dark(*state, true);
  CHECK(state->view.dark);
  CHECK(background().r < light.r);
  set_dark(*state, false);
  CHECK(background() == light);
  CHECK_FALSE(state->document.now.graticule);
  set_graticule(*state, true);
  CHECK(state->document.now.graticule);
  CHECK(undo(*state));
  CHECK_FALSE(state->document.now.graticule);
}
