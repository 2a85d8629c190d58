// What the window and a workspace file find again: what was selected, coloured, open, filtered and sorted.
#include "viewer/commands/sessions.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "io/atomic_file.hpp"
#include "render/scene/atlas_scene.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/charts.hpp"
#include "viewer/commands/kept_tables.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/fingers.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;
using atlas::Level;
namespace scene = xiangtu::render::scene;

namespace {

// Settings and sessions of a test are its own.
struct OwnSettings {
  test::ScratchFolder folder;
  OwnSettings() { ::setenv("XDG_CONFIG_HOME", folder.file("").c_str(), 1); }
  ~OwnSettings() { ::setenv("XDG_CONFIG_HOME", "/dev/null", 1); }
  std::string session() const { return folder.file("xiangtu/session.toml"); }
};

scene::LayerId layer_id(const AppState& state, const char* name) {
  const scene::MapLayer* layer = layer_called(state, name);
  REQUIRE(layer);
  return layer->id;
}

int column(const AppState& state, const char* layer, const char* name) {
  const auto& table = *state.scene.find(layer_id(state, layer))->table;
  REQUIRE(table.find(name));
  return static_cast<int>(table.find(name) - table.columns.data());
}

// The level whose polygons carry the colours, as it is seen on the map.
std::optional<Level> level_on_map(const AppState& state) {
  std::optional<Level> found;
  for (const Level level : {Level::county, Level::township})
    if (const auto layer = scene::unit_layer(state.scene, level);
        layer && state.scene.find(*layer)->look.choropleth) {
      CHECK_FALSE(found);
      found = level;
    }
  return found;
}

// As the next day, from what the last one left.
std::unique_ptr<AppState> the_next_day() {
  auto state = fresh_state();
  std::optional<Session> session = read_session();
  REQUIRE(session);
  restore(*state, std::move(*session));
  finish_jobs(*state);
  REQUIRE(state->region);
  return state;
}

std::unique_ptr<AppState> opened(const std::string& source) {
  auto state = fresh_state();
  open(*state, {{source}, std::nullopt});
  finish_jobs(*state);
  REQUIRE(state->region);
  return state;
}

// The marked rows of a layer's filter.
std::vector<std::uint8_t> marks(const AppState& state, const char* layer) {
  const auto& tables = state.attributes.tables;
  const auto found = tables.find(layer_id(state, layer));
  return found == tables.end() || !found->second.marks ? std::vector<std::uint8_t>{} : *found->second.marks;
}

}  // namespace

TEST_CASE("the coloured units can be others than the table's, and stay so while drilling", "[viewer]") {
  auto state = demo_state();
  CHECK(level_on_map(*state) == Level::county);
  colour_level(*state, Level::township);
  CHECK(level_on_map(*state) == Level::township);
  CHECK(state->statistics.parent == atlas::Hierarchy::total());
  colour_level(*state, Level::county);
  drill_into(*state, unit(*state, "610826"));
  CHECK(level_on_map(*state) == Level::county);
  colour_level(*state, std::nullopt);
  CHECK(level_on_map(*state) == Level::township);
  drill_up(*state);
  CHECK(level_on_map(*state) == Level::county);
}

TEST_CASE("a session comes back with its colours, selection, tables and chart", "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  colour_level(*state, Level::township);
  select_unit(*state, unit(*state, "610802"), true);
  show_attributes(*state, layer_id(*state, "bridges"));
  show_chart(*state, ChartKind::distances);
  state->network.saved = {{"name = \"断桥\"\n\n[[bridge]]\nrow = 12\nclosed = true\n"}, "[[link]]\n# \\"};
  write_session(*state);

  auto other = the_next_day();
  CHECK(other->network.saved.kept == state->network.saved.kept);
  CHECK(other->network.saved.in_work == state->network.saved.in_work);
  CHECK(level_on_map(*other) == Level::township);
  CHECK(other->statistics.level == Level::township);
  CHECK(other->statistics.parent == atlas::Hierarchy::total());
  CHECK(other->selection.unit == state->selection.unit);
  CHECK(other->scene.selection().size() == 1);
  CHECK(other->view.attributes.shown);
  CHECK(other->view.attributes.to_front);
  CHECK(other->attributes.layer == layer_id(*other, "bridges"));
  CHECK(other->chart.shown);
  CHECK(other->chart.kind == ChartKind::distances);

  // Where the level follows from the table it goes on following.
  colour_level(*state, std::nullopt);
  drill_into(*state, unit(*state, "610826"));
  toggle_attributes(*state);
  state->chart.shown = false;
  write_session(*state);
  other = the_next_day();
  CHECK(level_on_map(*other) == Level::township);
  CHECK(other->statistics.parent == unit(*other, "610826"));
  drill_up(*other);
  CHECK(level_on_map(*other) == Level::county);
  CHECK_FALSE(other->view.attributes.shown);
  CHECK_FALSE(other->chart.shown);
}

TEST_CASE("a session is of the same sources, however they are named, and not of a workspace file",
          "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  write_session(*state);
  const std::optional<Session> session = read_session();
  REQUIRE(session);
  CHECK(is_of(*session, {{demo}, std::nullopt}));
  const std::string roundabout = std::string(XIANGTU_SOURCE_DIR) + "/tests/../geodata/./yulin.gpkg";
  CHECK(is_of(*session, {{roundabout}, std::nullopt}));
  CHECK(is_of(*session, {{std::filesystem::relative(demo).string()}, std::nullopt}));
  CHECK_FALSE(is_of(*session, {{demo, demo}, std::nullopt}));
  CHECK_FALSE(is_of(*session, {{demo}, "mapping.toml"}));
  CHECK_FALSE(is_of(*session, {{own.folder.file("other.gpkg")}, std::nullopt}));
  Session of_workspace;
  of_workspace.opened.sources = {own.folder.file("region.toml")};
  CHECK_FALSE(is_of(of_workspace, of_workspace.opened));
}

TEST_CASE("the table of figures stays in front of an attribute table where it was", "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  show_attributes(*state, layer_id(*state, "roads"));
  state->view.attributes.to_front = state->view.attributes.in_front = false;  // the user took the other tab
  write_session(*state);
  auto other = the_next_day();
  CHECK(other->view.attributes.shown);
  CHECK_FALSE(other->view.attributes.to_front);
}

TEST_CASE("filters, orders and hidden columns of attribute tables come back with the session", "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  const std::string filter = "surface = 'earth' and width_m < 4";
  show_attributes(*state, layer_id(*state, "roads"));
  layer_table(*state).typed = filter;
  filter_attributes(*state);
  sort_attributes(*state, column(*state, "roads", "width_m"), false);
  layer_table(*state).hidden = {"year_built", "a column, with = signs"};
  filter_map(*state, true);
  show_attributes(*state, layer_id(*state, "bridges"));
  sort_attributes(*state, column(*state, "bridges", "name"), true);
  finish_jobs(*state);
  REQUIRE(marks(*state, "roads").size() > 0);
  write_session(*state);

  auto other = the_next_day();
  CHECK(other->notices.empty());
  CHECK(other->attributes.layer == layer_id(*other, "bridges"));
  const LayerTable &roads = other->attributes.tables[layer_id(*other, "roads")],
                   &before = state->attributes.tables[layer_id(*state, "roads")];
  CHECK(roads.typed == filter);
  CHECK(roads.filter == filter);
  CHECK(marks(*other, "roads") == marks(*state, "roads"));
  CHECK(roads.wanted == RowSort{column(*other, "roads", "width_m"), false});
  REQUIRE(roads.order);
  CHECK(*roads.order == *before.order);
  CHECK(roads.hidden == before.hidden);
  CHECK(other->attributes.filter_map);
  CHECK(other->scene.find(layer_id(*other, "roads"))->filter == roads.marks);
  CHECK(other->attributes.tables[layer_id(*other, "bridges")].wanted ==
        RowSort{column(*other, "bridges", "name"), true});
  CHECK(saved_tables(*other) == saved_tables(*state));

  // A table that is as it comes is not kept.
  CHECK(saved_tables(*demo_state()).empty());
}

TEST_CASE("the table of figures comes back in its order with the session, and keeps it while it is drawn",
          "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  const int by = GENERATE(-1, 0, 1, 4);
  const bool ascending = by < 0 || GENERATE(false, true);
  sort_by(*state, by, ascending);
  write_session(*state);

  auto other = the_next_day();
  Fingers fingers(*other);
  fingers.frames(5);
  CHECK(other->statistics.sort_column == by);
  CHECK(other->statistics.ascending == ascending);
  CHECK(table_rows(*other) == table_rows(*state));
}

TEST_CASE("figures that are gone order nothing, and a kept order takes the place of another", "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  const SavedOrder by_name{SavedOrder::by_name, false};
  Fingers fingers(*state);
  order_figures(*state, by_name);
  fingers.frames(3);
  CHECK(order_of_figures(*state) == by_name);
  order_figures(*state, {"no_such_figure", false});
  fingers.frames(3);
  CHECK(order_of_figures(*state) == SavedOrder{});
}

TEST_CASE("a filter of a session that fits no longer is said, and columns that are gone sort nothing",
          "[viewer]") {
  const OwnSettings own;
  auto state = demo_state();
  write_session(*state);
  const auto text = io::read_file(own.session());
  REQUIRE(text);
  std::ofstream(own.session()) << "# table roads\n# filter no_such_field = 1\n# descending no_such_column\n"
                               << "# table submarines\n# filter depth_m > 3\n# hidden\n"
                               << *text;
  auto other = the_next_day();
  REQUIRE(other->notices.size() == 1);
  CHECK_THAT(other->notices[0].text, Catch::Contains("no_such_field"));
  const LayerTable& roads = other->attributes.tables[layer_id(*other, "roads")];
  CHECK(roads.typed == "no_such_field = 1");
  CHECK(roads.filter.empty());
  CHECK(roads.wanted == RowSort{});
}

TEST_CASE("sessions of earlier versions and damaged lines are read as far as they go", "[viewer]") {
  const OwnSettings own;
  std::filesystem::create_directories(own.folder.file("xiangtu"));
  const std::string head = "# source " + demo + "\n";
  std::ofstream(own.session()) << head
                               << "# unit 610826100\n# parent 610826\n\n[map]\ncentre = [110.1, 37.5]\n"
                               << "zoom = 9.5\ncoloured = true\n";
  auto state = the_next_day();
  CHECK(state->selection.unit == unit(*state, "610826100"));
  CHECK(state->statistics.parent == unit(*state, "610826"));
  CHECK(level_on_map(*state) == Level::township);
  CHECK_FALSE(state->view.attributes.shown);

  std::ofstream(own.session()) << head << "# filter x = 1\n# descending\n# what ever\n# table\n# \n#\n[map]\n"
                               << "unit = \"no such\"\n[map.tables]\nfigures = \"?\"\nattributes = \"moon\"\n"
                               << "in_front = \"nothing\"\nchart = \"pie\"\n";
  state = the_next_day();
  CHECK_FALSE(state->selection.unit.exists());
  CHECK(state->statistics.parent == atlas::Hierarchy::total());
  CHECK_FALSE(state->view.attributes.shown);
  CHECK_FALSE(state->chart.shown);
  CHECK(state->notices.empty());
}

TEST_CASE("what a picture of a workspace shows is everything, or the part that the window shows",
          "[viewer]") {
  auto state = demo_state();
  fit_all(*state);
  CHECK_FALSE(map_of(*state).extent);
  state->camera.zoom_at({640, 400}, 0.5);
  CHECK_FALSE(map_of(*state).extent);
  // With ground under it there is more to be seen around it.
  state->document.now.backgrounds.push_back({"ground.tif", true, 1, std::nullopt});
  CHECK(map_of(*state).extent == scene::extent_seen(state->camera));
  state->document.now.backgrounds[0].visible = false;
  CHECK_FALSE(map_of(*state).extent);
  fit_unit(*state, unit(*state, "610826"));
  CHECK(map_of(*state).extent == scene::extent_seen(state->camera));
}

TEST_CASE("a workspace opens with the units, colours and tables that were looked at", "[viewer]") {
  const OwnSettings own;
  const std::string path = own.folder.file("work.toml");
  auto state = demo_state();
  drill_into(*state, unit(*state, "610826"));
  select_unit(*state, unit(*state, "610826100"), true);
  colour_level(*state, Level::county);
  show_attributes(*state, layer_id(*state, "roads"));
  show_chart(*state, ChartKind::bars);
  REQUIRE(save_workspace(*state, path).ok());

  auto other = opened(path);
  CHECK(other->statistics.parent == unit(*other, "610826"));
  CHECK(other->selection.unit == unit(*other, "610826100"));
  CHECK(level_on_map(*other) == Level::county);
  CHECK(other->attributes.layer == layer_id(*other, "roads"));
  CHECK(other->view.attributes.shown);
  CHECK(other->chart.shown);
  CHECK(other->camera.zoom() == Approx(state->camera.zoom()).margin(0.001));

  // Read again, since it changed on disk, it is looked at as the user looks at it now.
  select_unit(*other, unit(*other, "610802"), false);
  colour_level(*other, std::nullopt);
  toggle_attributes(*other);
  open(*other, other->region->opened);
  finish_jobs(*other);
  CHECK(other->selection.unit == unit(*other, "610802"));
  CHECK(level_on_map(*other) == Level::township);
  CHECK_FALSE(other->view.attributes.shown);

  // By hand, with a level and nothing else.
  std::ofstream(path) << "sources = [\"" << demo << "\"]\n[map]\nlevel = \"township\"\n";
  other = opened(path);
  CHECK(level_on_map(*other) == Level::township);
  CHECK(other->statistics.parent == atlas::Hierarchy::total());
}
