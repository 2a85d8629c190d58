// The map's setup: every change can be undone, is saved, and comes back; files that change are noticed.
#include "viewer/commands/document.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <imgui.h>

#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/history.hpp"
#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/commands/watching.hpp"
#include "viewer/frame.hpp"
#include "viewer/session.hpp"
#include "viewer/settings.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
namespace fs = std::filesystem;
namespace scene = xiangtu::render::scene;

namespace {

const std::string demo = std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg";

std::shared_ptr<const Region> opened(const std::string& source) {
  Progress progress;
  auto loaded = load({{source}, std::nullopt}, {}, progress);
  if (!loaded) FAIL(loaded.issue().message.english());
  return *loaded;
}

std::unique_ptr<AppState> empty_state() {
  static const auto styles = render::scene::load_shipped_styles();
  REQUIRE(styles);
  return std::make_unique<AppState>(*styles);
}

std::unique_ptr<AppState> demo_state() {
  static const auto region = opened(demo);
  auto state = empty_state();
  show(*state, region);
  return state;
}

void finish_jobs(AppState& state) {
  while (!state.jobs.jobs().empty() || state.watch.looking) {
    state.mailbox.drain();
    state.jobs.sweep();
    std::this_thread::yield();
  }
  state.mailbox.drain();
}

scene::LayerId layer_id(const AppState& state, const std::string& name) {
  return layer_called(state, name)->id;
}

std::vector<std::string> order_on_map(const AppState& state) {
  std::vector<std::string> names;
  for (const scene::MapLayer& layer : state.scene.layers()) names.push_back(name_of(layer));
  return names;
}

// Settings and sessions of a test are its own.
struct OwnSettings {
  test::ScratchFolder folder;
  OwnSettings() { ::setenv("XDG_CONFIG_HOME", folder.file("").c_str(), 1); }
  ~OwnSettings() { ::setenv("XDG_CONFIG_HOME", "/dev/null", 1); }
};

// What is seen of the setup on the map, however it came about.
struct Seen {
  std::vector<std::string> order;
  std::vector<scene::LayerLook> looks;
  scene::StyleSheet styles;
  std::size_t indicator;
  bool coloured;
  bool operator==(const Seen&) const = default;
};

Seen seen(const AppState& state) {
  Seen result{
      order_on_map(state), {}, state.scene.styles(), state.statistics.indicator, state.statistics.coloured};
  for (const scene::MapLayer& layer : state.scene.layers()) {
    result.looks.push_back(layer.look);
    result.looks.back().choropleth = nullptr;  // made anew each time
  }
  return result;
}

void random_edit(AppState& state, std::uint64_t& dice) {
  const auto roll = [&](std::size_t limit) {
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(dice >> 33) % limit;
  };
  const auto& layers = state.scene.layers();
  const scene::MapLayer& layer = layers[roll(layers.size())];
  const scene::LayerId id = layer.id;
  const std::string name = name_of(layer);
  switch (roll(9)) {
    case 0:
      return show_layer(state, id, roll(2) == 0);
    case 1:
      return set_opacity(state, id, static_cast<double>(roll(11)) / 10, Gesture::dragged);
    case 2:
      return set_tint(state, id, roll(2) == 0 ? std::optional(scene::Colour{9, 8, 7, 255}) : std::nullopt);
    case 3:
      return place_layer(state, id, roll(layers.size()));
    case 4:
      return colour_by(state, roll(state.region->stats.table.indicators.size()));
    case 5: {
      auto settings = choropleth_settings(state);
      settings.count = static_cast<int>(2 + roll(7));
      settings.ramp = scene::ramp_names()[roll(4)];
      return set_choropleth(state, settings);
    }
    case 6:
      return change_style(state, name, [&](scene::LayerStyle& style) {
        style.base.colour = scene::Colour{static_cast<std::uint8_t>(roll(256)), 0, 0, 255};
      });
    case 7:
      return add_rule(state, name, {"name", {"x"}, false});
    default:
      return show_all_layers(state, roll(2) == 0);
  }
}

}  // namespace

TEST_CASE("whatever was edited: undo all is the beginning, redo all the end", "[viewer]") {
  auto state = demo_state();
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const scene::MapDocument beginning = state->document.now;
    const Seen seen_first = seen(*state);
    std::uint64_t dice = seed;
    for (int i = 0; i < 40; ++i) {
      random_edit(*state, dice);
      if (i % 3 == 0) end_gesture(*state);
    }
    const scene::MapDocument end = state->document.now;
    const Seen seen_last = seen(*state);
    while (undo(*state)) {
    }
    CHECK(state->document.now == beginning);
    CHECK(seen(*state) == seen_first);
    while (redo(*state)) {
    }
    CHECK(state->document.now == end);
    CHECK(seen(*state) == seen_last);
    replace_document(*state, scene::MapDocument{});
  }
}

TEST_CASE("a drag is one step, and a change that changes nothing is none, a new edit ends redoing",
          "[viewer]") {
  auto state = demo_state();
  const auto roads = layer_id(*state, "roads");
  for (int i = 9; i > 2; --i) set_opacity(*state, roads, i / 10.0, Gesture::dragged);
  CHECK(state->document.done.size() == 1);
  CHECK(undo_title(*state) == "Undo: opacity of Roads");
  end_gesture(*state);
  set_opacity(*state, roads, 0.1, Gesture::dragged);
  CHECK(state->document.done.size() == 2);
  show_layer(*state, roads, true);  // as it is
  CHECK(state->document.done.size() == 2);
  undo(*state);
  CHECK(state->scene.find(roads)->look.opacity == Approx(0.3));
  CHECK(redo_title(*state) == "Redo: opacity of Roads");
  undo(*state);
  CHECK(state->scene.find(roads)->look.opacity == 1);
  CHECK_FALSE(undo(*state));
  CHECK(undo_title(*state) == "Undo");
  show_names(*state, roads, false);
  CHECK_FALSE(redo(*state));
  for (int i = 0; i < 1000; ++i) show_layer(*state, roads, i % 2 == 1);
  CHECK(state->document.done.size() == 200);  // bounded
}

TEST_CASE("steps are called in the user's language", "[viewer]") {
  auto state = demo_state();
  set_language(*state, Language::chinese);
  const auto roads = layer_id(*state, "roads");
  const auto is_chinese = [&](const std::string& what) {
    INFO(undo_title(*state) << " after " << what);
    const std::string title = undo_title(*state);
    CHECK(std::none_of(title.begin(), title.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
  };
  show_layer(*state, roads, false);
  is_chinese("hiding");
  show_layer(*state, roads, true);
  is_chinese("showing");
  show_all_layers(*state, false);
  is_chinese("hiding all");
  show_all_layers(*state, true);
  is_chinese("showing all");
  set_opacity(*state, roads, 0.5);
  is_chinese("opacity");
  set_tint(*state, roads, scene::Colour{1, 2, 3, 255});
  is_chinese("tint");
  show_names(*state, roads, false);
  is_chinese("names");
  place_layer(*state, roads, 0);
  is_chinese("order");
  colour_by(*state, 1);
  is_chinese("indicator");
  colour_map(*state, false);
  is_chinese("colours");
  set_class_method(*state, scene::ClassMethod::natural_breaks);
  is_chinese("classes");
  add_rule(*state, "roads", {"class", {"G"}, false});
  is_chinese("style");
  undo(*state);
  CHECK(redo_title(*state) != "Redo");
}

TEST_CASE("styles are edited rule by rule, and the shipped style comes back", "[viewer]") {
  auto state = demo_state();
  open_style_editor(*state, layer_id(*state, "roads"));
  CHECK(state->style_editor.layer == "roads");
  const auto style = [&]() -> const scene::LayerStyle& {
    return style_of(*state, *layer_called(*state, "roads"));
  };
  const scene::LayerStyle shipped = style();
  change_style(*state, "roads", [](scene::LayerStyle& edited) { edited.base.width = scene::ZoomSize{3}; });
  CHECK(style().base.width == scene::ZoomSize{3});
  add_rule(*state, "roads", {"class", {"G"}, false});
  CHECK(style().rules.size() == shipped.rules.size() + 1);
  CHECK(state->style_editor.rule == static_cast<int>(shipped.rules.size()));
  duplicate_rule(*state, "roads", 2);
  CHECK(style().rules[3] == shipped.rules[2]);
  remove_rule(*state, "roads", 3);
  move_rule(*state, "roads", 0, 1);
  CHECK(style().rules[1] == shipped.rules[0]);
  remove_rule(*state, "roads", 99);  // there is none
  reset_style(*state, "roads");
  CHECK(style() == shipped);
  CHECK(state->document.now.layer("roads").style == nullptr);
  change_style(*state, "no such layer", [](scene::LayerStyle&) { FAIL("called"); });
  while (undo(*state)) {
  }
  CHECK(style() == shipped);
}

TEST_CASE("what was edited is so in both themes, and the rest of the layer follows the theme", "[viewer]") {
  const bool edited_in_dark = GENERATE(false, true);
  auto state = demo_state();
  const auto style = [&](const char* layer) { return style_of(*state, *layer_called(*state, layer)); };
  const auto roads_in = [&](bool dark) {
    set_dark(*state, dark);
    return style("roads");
  };
  open_style_editor(*state, layer_id(*state, "roads"));
  const auto shipped = [&](bool dark) -> const scene::LayerStyle& {
    return *state->styles.of(dark ? scene::Theme::dark : scene::Theme::light)->find("roads");
  };
  // The very colour of the light sheet is a choice as well when it is made in the dark theme.
  const auto halo = shipped(false).base.name.halo;
  REQUIRE(halo);
  REQUIRE(halo != shipped(true).base.name.halo);
  std::array expected{shipped(false), shipped(true)};
  for (scene::LayerStyle& each : expected) {
    each.base.width = scene::ZoomSize{9};
    each.base.name.halo = halo;
    each.base.name.colour.reset();
    each.rules.erase(each.rules.begin());
    std::swap(each.rules[0], each.rules[1]);
    each.rules.insert(each.rules.begin() + 3, each.rules[2]);
    each.rules.emplace_back().when.push_back({"class", {"G"}, false});
  }

  set_dark(*state, edited_in_dark);
  const scene::LayerStyle counties = style("counties");
  change_style(*state, "roads", [&](scene::LayerStyle& edited) {
    edited.base.width = scene::ZoomSize{9};
    edited.base.name.halo = halo;
    edited.base.name.colour.reset();
  });
  state->style_editor.rule = 0;
  remove_rule(*state, "roads", 0);
  CHECK(state->style_editor.rule == -1);
  move_rule(*state, "roads", 0, 1);
  CHECK(state->style_editor.rule == 1);
  duplicate_rule(*state, "roads", 2);
  CHECK(state->style_editor.rule == 3);
  add_rule(*state, "roads", {"class", {"G"}, false});
  CHECK(state->style_editor.rule == static_cast<int>(expected[0].rules.size()) - 1);
  for (const bool dark : {true, false}) CHECK(roads_in(dark) == expected[dark]);
  CHECK(style("counties") == *state->styles.light->find("counties"));
  CHECK((style("counties") == counties) != edited_in_dark);

  // Taken back and redone in the other theme.
  set_dark(*state, !edited_in_dark);
  while (undo(*state)) {
  }
  for (const bool dark : {true, false}) CHECK(roads_in(dark) == shipped(dark));
  while (redo(*state)) {
  }
  for (const bool dark : {true, false}) CHECK(roads_in(dark) == expected[dark]);
  CHECK(has_own_style(*state, *layer_called(*state, "roads")));
  reset_style(*state, "roads");
  CHECK_FALSE(has_own_style(*state, *layer_called(*state, "roads")));
  for (const bool dark : {true, false}) CHECK(roads_in(dark) == shipped(dark));
}

TEST_CASE("a saved workspace has the styles of both themes, whichever it is opened in", "[viewer]") {
  const test::ScratchFolder folder;
  auto state = demo_state();
  const scene::Colour white{255, 255, 255, 255};
  set_dark(*state, true);
  change_style(*state, "counties", [&](scene::LayerStyle& style) { style.base.colour = white; });
  ask_for_file(*state, FileChoice::save_workspace);
  state->dialog.typed = folder.file("work");
  take_file(*state);

  auto other = empty_state();
  show(*other, opened(folder.file("work.toml")));
  CHECK(other->document.now == state->document.now);
  for (const bool dark : {false, true}) {
    set_dark(*state, dark);
    set_dark(*other, dark);
    CHECK(other->scene.styles() == state->scene.styles());
    const scene::StyleRule& counties = style_of(*other, *layer_called(*other, "counties")).base;
    CHECK(counties.colour == white);
    CHECK(counties.fill == other->styles.of(other->view.theme())->find("counties")->base.fill);
  }
}

TEST_CASE("classes: methods, numbers and limits by hand, and each indicator has its own", "[viewer]") {
  auto state = demo_state();
  REQUIRE(choose_indicator(*state, "tap_household_rate"));
  const auto classes = [&] {
    for (const scene::MapLayer& layer : state->scene.layers())
      if (layer.look.choropleth) return layer.look.choropleth->classes;
    return scene::Classes{};
  };
  auto settings = choropleth_settings(*state);
  settings.method = scene::ClassMethod::equal_interval;
  settings.count = 4;
  set_choropleth(*state, settings);
  REQUIRE(classes().count() == 4);
  const auto limits = classes().limits;
  CHECK(limits[1] - limits[0] == Approx(limits[4] - limits[3]));
  set_class_method(*state, scene::ClassMethod::manual);
  CHECK(choropleth_settings(*state).limits == std::vector<double>(limits.begin() + 1, limits.end() - 1));
  settings = choropleth_settings(*state);
  settings.limits = {0.9, 0.5};
  set_choropleth(*state, settings);
  CHECK(choropleth_settings(*state).limits == std::vector<double>{0.5, 0.9});
  REQUIRE(choose_indicator(*state, "natural_village_hardened_rate"));
  CHECK(choropleth_settings(*state) == scene::ChoroplethSettings{});
  undo(*state);
  CHECK(choropleth_settings(*state).method == scene::ClassMethod::manual);
}

TEST_CASE("a saved workspace opens with everything as it was", "[viewer]") {
  const test::ScratchFolder folder;
  const std::string path = folder.file("work.toml");
  auto state = demo_state();
  show_layer(*state, layer_id(*state, "bridges"), false);
  place_layer(*state, layer_id(*state, "roads"), 0);
  change_style(*state, "roads", [](scene::LayerStyle& style) {
    style.base.colour = scene::Colour{1, 2, 3, 255};
  });
  REQUIRE(choose_indicator(*state, "tap_household_rate"));
  set_class_method(*state, scene::ClassMethod::natural_breaks);
  state->camera.zoom_at({300, 200}, 3);
  ask_for_file(*state, FileChoice::save_workspace);
  state->dialog.typed = folder.file("work");
  take_file(*state);
  REQUIRE(fs::exists(path));

  auto other = empty_state();
  show(*other, opened(path));
  CHECK(other->document.now == state->document.now);
  CHECK(order_on_map(*other) == order_on_map(*state));
  CHECK(other->scene.styles() == state->scene.styles());
  CHECK(other->statistics.indicator == state->statistics.indicator);
  CHECK(other->camera.zoom() == Approx(state->camera.zoom()).margin(0.001));
  CHECK(other->document.done.empty());

  // What is wrong with the setup is said, and the map is as it comes.
  std::ofstream(path) << "sources = [\"" << demo << "\"]\n[styles.roads]\ncolor = 1\n";
  show(*other, opened(path));
  REQUIRE_FALSE(other->notices.empty());
  CHECK_THAT(other->notices.back().text, Catch::Contains("work.toml, line 3, column"));
}

TEST_CASE("the last session comes back: sources, setup, view, selection, thresholds", "[viewer]") {
  const OwnSettings own;
  CHECK_FALSE(read_session());
  auto state = demo_state();
  write_session(*state);
  const UnitIx county = state->region->hierarchy().find("610826");
  drill_into(*state, county);
  select_unit(*state, state->region->hierarchy().find("610826100"), true);
  set_opacity(*state, layer_id(*state, "roads"), 0.5);
  state->statistics.typed.reach_m = 300;
  write_session(*state);

  auto other = empty_state();
  const auto session = read_session();
  REQUIRE(session);
  restore(*other, *session);
  finish_jobs(*other);
  finish_jobs(*other);
  REQUIRE(other->region);
  CHECK(other->region->parameters.reach_m == 300);
  CHECK(other->document.now == state->document.now);
  CHECK(other->statistics.parent == county);
  CHECK(other->selection.unit == state->selection.unit);
  CHECK(other->camera.zoom() == Approx(state->camera.zoom()).margin(0.001));

  // Written now and then without a pause, and only when there is something new.
  write_session_soon(*state, 31);
  CHECK(state->watch.jobs.jobs().empty());
  show_layer(*state, layer_id(*state, "roads"), false);
  write_session_soon(*state, 29);
  CHECK(state->watch.jobs.jobs().empty());
  write_session_soon(*state, 2);
  while (!state->watch.jobs.jobs().empty()) state->watch.jobs.sweep();
  CHECK_FALSE(read_session()->map.document.layer("roads").visible);

  std::ofstream(own.folder.file("xiangtu/session.toml")) << "# source x\n[map]\nzoom = [\n";
  CHECK_FALSE(read_session());  // a damaged one is none
}

TEST_CASE("settings of the window survive, and nonsense is passed over", "[viewer]") {
  const OwnSettings own;
  Settings settings;
  settings.window = {10, 20, 1000, 700};
  settings.statistics = false;
  settings.shares = {0.3f, 0.25f, 0.5f};
  settings.ended = false;
  write_settings(settings);
  const Settings again = read_settings();
  CHECK(again.window == settings.window);
  CHECK(again.shares == settings.shares);
  CHECK_FALSE(again.statistics);
  CHECK(again.layers);
  CHECK_FALSE(again.ended);
  std::ofstream(own.folder.file("xiangtu/viewer.txt")) << "window 1 2 -5 x\nshares 9 0 nan\nwhat ever\n";
  CHECK(read_settings().window == WindowPlace{});
  CHECK(read_settings().shares.side <= 0.7f);
  CHECK(read_settings().ended);
}

TEST_CASE("a source that changes is said once and can be read again, and one that is gone is said",
          "[viewer]") {
  const test::ScratchFolder folder;
  const std::string path = folder.file("map.gpkg");
  fs::copy_file(demo, path);
  auto state = empty_state();
  show(*state, opened(path));
  select_unit(*state, state->region->hierarchy().find("610826"), true);
  show_layer(*state, layer_id(*state, "bridges"), false);
  const auto camera = state->camera;
  const auto look = [&] { take_look(*state, identities_of(state->region->workspace->sources())); };
  look();
  look();
  CHECK(state->notices.empty());
  fs::last_write_time(path, fs::last_write_time(path) + std::chrono::seconds(5));
  look();
  CHECK(state->notices.empty());  // it may still be on its way
  look();
  REQUIRE(state->notices.size() == 1);
  CHECK_THAT(state->notices[0].text, Catch::Contains("map.gpkg"));
  look();
  CHECK(state->notices.size() == 1);
  REQUIRE(state->notices[0].act);
  const auto act = state->notices[0].act;
  const auto before = state->region;
  act(*state);
  finish_jobs(*state);
  CHECK(state->region != before);
  CHECK(state->notices.empty());
  CHECK(state->camera == camera);
  CHECK(state->selection.unit == state->region->hierarchy().find("610826"));
  CHECK_FALSE(layer_called(*state, "bridges")->look.visible);
  CHECK(undo_title(*state) != "Undo");

  fs::remove(path);
  look();
  look();
  look();
  REQUIRE(state->notices.size() == 1);
  CHECK(state->notices[0].is_error);
  CHECK(state->region);  // the map stays
}

TEST_CASE("a user's style file is taken up while the window runs, and a broken one is said", "[viewer]") {
  const OwnSettings own;
  fs::create_directories(own.folder.file("xiangtu"));
  const std::string file = own.folder.file("xiangtu/styles.toml");
  auto state = demo_state();
  const auto look = [&] {
    watch_sources(*state, 0, true);
    finish_jobs(*state);
  };
  const auto width = [&] { return style_of(*state, *layer_called(*state, "roads")).base.width; };
  look();
  std::ofstream(file) << "[roads]\nwidth = 5\n";
  look();
  CHECK(width() == scene::ZoomSize{5});
  std::ofstream(file) << "[roads]\nwidth = wide\n";
  look();
  REQUIRE(state->notices.size() == 1);
  CHECK_THAT(state->notices[0].text, Catch::Contains("line 2"));
  CHECK(width() == scene::ZoomSize{5});
  look();
  CHECK(state->notices.size() == 1);
  fs::remove(file);
  look();
  CHECK(width() != scene::ZoomSize{5});
}

TEST_CASE("a region that arrives takes with it what was said of the last one, and nothing else", "[viewer]") {
  const OwnSettings own;
  fs::create_directories(own.folder.file("xiangtu"));
  std::ofstream(own.folder.file("xiangtu/styles.toml")) << "[roads]\nwidth = wide\n";
  auto state = empty_state();
  reload_styles(*state);  // as at the start, before anything is open
  add_background(*state, "/no/such/image.tif");
  finish_jobs(*state);
  REQUIRE(state->notices.size() == 2);
  const auto said = [&](const char* part) {
    return std::count_if(state->notices.begin(), state->notices.end(),
                         [&](const Notice& notice) { return notice.text.find(part) != std::string::npos; });
  };
  open(*state, {{"/no/such/region.gpkg"}, std::nullopt});
  finish_jobs(*state);
  CHECK(said("region.gpkg") == 1);
  CHECK(state->notices.size() == 3);
  const std::string path = own.folder.file("map.gpkg");
  fs::copy_file(demo, path);
  show(*state, opened(path));
  CHECK(said("line 2") == 1);
  CHECK(said("image.tif") == 1);
  CHECK(said("region.gpkg") == 0);

  // A source that changed, and one that is gone: past with the region.
  for (const bool gone : {false, true}) {
    if (gone)
      fs::remove(path);
    else
      fs::last_write_time(path, fs::last_write_time(path) + std::chrono::seconds(5));
    for (int look = 0; look < 2; ++look)
      take_look(*state, identities_of(state->region->workspace->sources()));
    CHECK(said("map.gpkg") == (gone ? 2 : 1));
  }
  show(*state, demo_state()->region);
  CHECK(said("map.gpkg") == 0);
  CHECK(said("line 2") == 1);
  CHECK(said("image.tif") == 1);
  CHECK(state->notices.size() == 2);
}

TEST_CASE("keys and mouse: Ctrl+Z takes back, a slider's drag is one step", "[viewer]") {
  auto state = demo_state();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {1280, 800};
  io.DeltaTime = 1.0f / 60;
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  const auto frame = [&] {
    ImGui::NewFrame();
    draw_widgets(*state);
    ImGui::Render();
  };
  const auto press = [&](int key, bool shift) {
    io.KeyCtrl = true;
    io.KeyShift = shift;
    io.KeysDown[key] = true;
    frame();
    io.KeysDown[key] = io.KeyCtrl = io.KeyShift = false;
    frame();
  };
  frame();
  const auto roads = layer_id(*state, "roads");
  show_layer(*state, roads, false);
  press('Z', false);
  CHECK(state->scene.find(roads)->look.visible);
  press('Z', true);
  CHECK_FALSE(state->scene.find(roads)->look.visible);
  press('Y', false);
  press('Z', false);
  CHECK(state->scene.find(roads)->look.visible);
  // Every panel draws, with every rule of every layer.
  state->view.show_classes = state->view.show_help = true;
  set_class_method(*state, scene::ClassMethod::manual);
  const std::size_t steps = state->document.done.size();
  for (const std::string& name : order_on_map(*state)) {
    open_style_editor(*state, layer_id(*state, name));
    const int rules = static_cast<int>(style_of(*state, *layer_called(*state, name)).rules.size());
    for (int rule = -1; rule < rules; ++rule) {
      state->style_editor.rule = rule;
      frame();
    }
  }
  CHECK(state->document.done.size() == steps);  // drawing changes nothing
  press('S', false);
  CHECK(state->dialog.open);
  CHECK(state->dialog.choice == FileChoice::save_workspace);
  ImGui::DestroyContext();
}
