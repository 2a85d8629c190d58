// The attribute table and selection by areas: commands without a window, and real input to the widgets.
#include "viewer/commands/attributes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <numeric>
#include <random>
#include <thread>

#include <imgui.h>

#include "base/assets.hpp"
#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "support/tables.hpp"
#include "viewer/commands/area_selection.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/frame.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using geodesy::LonLat;
using render::scene::LayerId;
using table::Role;

namespace {

const std::string demo = std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg";

std::shared_ptr<const Region> demo_region() {
  static const std::shared_ptr<const Region> region = [] {
    Progress progress;
    auto loaded = load({{demo}, std::nullopt}, {}, progress);
    if (!loaded) FAIL(loaded.issue().message.english());
    return *loaded;
  }();
  return region;
}

std::unique_ptr<AppState> demo_state() {
  static const auto styles = render::scene::StyleSheet::load(assets_folder() / "styles.toml");
  REQUIRE(styles);
  auto state = std::make_unique<AppState>(std::make_shared<const render::scene::StyleSheet>(*styles));
  show(*state, demo_region());
  return state;
}

LayerId layer_of(const AppState& state, Role role) {
  for (const auto& layer : state.scene.layers())
    if (layer.role == role) return layer.id;
  FAIL("no such layer");
  return {};
}

const table::FeatureTable& table_of(const AppState& state, Role role) {
  return *state.scene.find(layer_of(state, role))->table;
}

int column_of(const AppState& state, Role role, const char* name) {
  const table::FeatureTable& table = table_of(state, role);
  return static_cast<int>(table.find(name) - table.columns.data());
}

void finish_jobs(AppState& state) {
  while (!state.jobs.jobs().empty()) {
    state.mailbox.drain();
    state.jobs.sweep();
    std::this_thread::yield();
  }
  state.mailbox.drain();
  update_attributes(state);
}

std::vector<RowIx> selected_in(const AppState& state, LayerId layer) {
  for (const auto& part : state.scene.selection())
    if (part.layer == layer) return part.rows;
  return {};
}

constexpr std::size_t million = 1'000'000;

// The demonstration's schema and units with one layer of a million villages in their place.
std::unique_ptr<AppState> million_state() {
  static const std::shared_ptr<const table::FeatureTable> table = [] {
    std::mt19937 random(6);
    auto rows = std::make_shared<table::FeatureTable>();
    rows->geometry = table::GeometryColumn(table::GeometryKind::point);
    table::TextColumn names;
    std::vector<double> households(million);
    for (std::size_t row = 0; row < million; ++row) {
      rows->row_ids.push_back(static_cast<std::int64_t>(row) + 1);
      rows->geometry.add_vertex({105 + static_cast<double>(random() % 1'000'000) / 1e5,
                                 33 + static_cast<double>(random() % 1'000'000) / 1e5});
      rows->geometry.end_simple_feature();
      names.push("village " + std::to_string(random() % 200'000));
      households[row] = random() % 50 == 0 ? tests::none : static_cast<double>(random() % 900);
    }
    rows->columns.push_back({"name", "name", std::move(names)});
    rows->columns.push_back({"households", "households", table::NumberColumn{std::move(households)}});
    return rows;
  }();
  auto state = demo_state();
  state->scene.clear();
  state->scene.add("villages", Role::natural_villages, table);
  show_attributes(*state, layer_of(*state, Role::natural_villages));
  return state;
}

}  // namespace

TEST_CASE("a million rows: sorted, filtered and followed in the background as a plain loop has them",
          "[viewer]") {
  auto state = million_state();
  const auto& rows = state->attributes.rows;
  REQUIRE(rows.size() == million);
  const auto households = table_of(*state, Role::natural_villages).columns[1].numbers();
  sort_attributes(*state, 1, false);
  CHECK(rows[5] == RowIx{5});  // until it is done the rows stay as they are
  finish_jobs(*state);
  std::vector<std::uint32_t> expected(million);
  std::iota(expected.begin(), expected.end(), 0u);
  std::stable_sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (std::isnan(households[a]) || std::isnan(households[b]))
      return !std::isnan(households[a]) && std::isnan(households[b]);
    return households[a] > households[b];
  });
  const auto same = [&] {
    return std::ranges::equal(rows, expected, [](RowIx a, std::uint32_t b) { return a.value == b; });
  };
  CHECK(same());

  filter_attributes(*state, "households >= 450 and contains(name, '7')");
  finish_jobs(*state);
  const auto& names = table_of(*state, Role::natural_villages).columns[0].text();
  std::erase_if(expected, [&](std::uint32_t row) {
    return !(households[row] >= 450) || names.at(row).find('7') == std::string_view::npos;
  });
  CHECK(same());

  // Only what the map shows.
  state->camera.resize(800, 600, 1);
  state->camera.move_to({110, 38});
  state->camera.set_zoom(8);
  state->attributes.only_in_view = true;
  update_attributes(*state);
  const auto& geometry = table_of(*state, Role::natural_villages).geometry;
  const auto view = state->camera.view();
  std::erase_if(expected, [&](std::uint32_t row) {
    return !view.contains(render::scene::world_of(geometry.vertices_of(row).front()));
  });
  CHECK(same());
  CHECK(rows.size() > 1000);
  const std::size_t before = rows.size();
  state->camera.pan(300, 0);
  update_attributes(*state);
  CHECK(rows.size() != before);
}

TEST_CASE("a sort that is cancelled leaves the rows as they were, and another may follow", "[viewer]") {
  auto state = million_state();
  sort_attributes(*state, 0, true);
  state->jobs.cancel_all();
  finish_jobs(*state);
  LayerTable& kept = layer_table(*state);
  CHECK(kept.wanted == kept.sorted);
  sort_attributes(*state, 0, true);
  sort_attributes(*state, 1, true);  // instead
  finish_jobs(*state);
  CHECK(kept.sorted == RowSort{1, true});
  sort_attributes(*state, -1, true);
  update_attributes(*state);
  CHECK(state->attributes.rows[7] == RowIx{7});
}

TEST_CASE("all of a million rows selected: counted, and taken back", "[viewer]") {
  auto state = million_state();
  select_shown_rows(*state);
  count_selection(*state);
  REQUIRE(state->selection.counts.size() == 1);
  CHECK(state->selection.counts[0].rows == million);
  const auto households = table_of(*state, Role::natural_villages).columns[1].numbers();
  double sum = 0;
  std::size_t unknown = 0;
  for (const double value : households) std::isnan(value) ? void(++unknown) : void(sum += value);
  REQUIRE(state->selection.counts[0].sums.size() == 1);
  CHECK(state->selection.counts[0].sums[0].value == sum);
  CHECK(state->selection.counts[0].sums[0].unknown == unknown);
  clear_selection(*state);
  count_selection(*state);
  CHECK(state->selection.counts.empty());
}

TEST_CASE("a filter that is wrong is said, and the last good one stays", "[viewer]") {
  auto state = demo_state();
  show_attributes(*state, layer_of(*state, Role::bridges));
  filter_attributes(*state, "condition_class >= 4");
  update_attributes(*state);
  const std::vector<RowIx> good = state->attributes.rows;
  CHECK(!good.empty());
  CHECK(good.size() < table_of(*state, Role::bridges).size());
  filter_attributes(*state, "condition_class >=");
  update_attributes(*state);
  CHECK(state->attributes.rows == good);
  REQUIRE(layer_table(*state).filter_issue);
  CHECK(layer_table(*state).filter == "condition_class >= 4");
  CHECK(shown_rows_text(*state) ==
        std::to_string(good.size()) + " of 616 rows, still by condition_class >= 4");
  filter_attributes(*state, "  ");
  update_attributes(*state);
  CHECK(state->attributes.rows.size() == table_of(*state, Role::bridges).size());
  CHECK_FALSE(layer_table(*state).filter_issue);
  CHECK(shown_rows_text(*state) == "616 of 616 rows");
}

TEST_CASE("a filter holds for the map where that is asked for, and each layer keeps its own", "[viewer]") {
  auto state = demo_state();
  const LayerId bridges = layer_of(*state, Role::bridges), roads = layer_of(*state, Role::roads);
  show_attributes(*state, bridges);
  filter_attributes(*state, "condition_class >= 4");
  CHECK(state->scene.find(bridges)->filter == nullptr);
  filter_map(*state, true);
  update_attributes(*state);
  REQUIRE(state->scene.find(bridges)->filter);
  const auto& marks = *state->scene.find(bridges)->filter;
  CHECK(static_cast<std::size_t>(std::ranges::count(marks, 1)) == state->attributes.rows.size());
  show_attributes(*state, roads);
  filter_attributes(*state, "surface = 'earth'");
  finish_jobs(*state);
  CHECK(state->scene.find(roads)->filter != nullptr);
  show_attributes(*state, bridges);
  CHECK(layer_table(*state).filter == "condition_class >= 4");
  filter_map(*state, false);
  CHECK(state->scene.find(roads)->filter == nullptr);
}

namespace {

// The demonstration's region as it is when its sources were read again: bridges without some of their fields.
std::shared_ptr<const Region> region_without(const std::vector<std::string>& fields) {
  auto atlas = std::make_shared<atlas::Atlas>(demo_region()->atlas());
  for (atlas::Layer& layer : atlas->layers)
    if (layer.role == Role::bridges)
      std::erase_if(layer.table.columns, [&](const table::Column& column) {
        return std::ranges::find(fields, column.name) != fields.end();
      });
  auto region = std::make_shared<Region>(*demo_region());
  region->stats.atlas = std::move(atlas);
  return region;
}

// Sorted, filtered and with a column less, and roads filtered, too.
std::unique_ptr<AppState> tidied_state() {
  auto state = demo_state();
  show_attributes(*state, layer_of(*state, Role::roads));
  filter_attributes(*state, "surface = 'earth'");
  finish_jobs(*state);
  show_attributes(*state, layer_of(*state, Role::bridges));
  filter_attributes(*state, "condition_class >= 4");
  sort_attributes(*state, column_of(*state, Role::bridges, "condition_class"), false);
  show_column(*state, "code", false);
  update_attributes(*state);
  return state;
}

}  // namespace

TEST_CASE("the same sources read again: filters, orders and columns of the tables stay", "[viewer]") {
  auto state = tidied_state();
  filter_map(*state, true);
  const std::vector<RowIx> rows = state->attributes.rows;
  REQUIRE(!rows.empty());
  auto again = std::make_shared<Region>(*demo_region());
  again->opened.sources.push_back("another.gpkg");  // and one beside them
  show(*state, again);
  finish_jobs(*state);
  CHECK(state->notices.empty());
  CHECK(state->attributes.layer == layer_of(*state, Role::bridges));
  CHECK(state->attributes.rows == rows);
  const LayerTable& kept = layer_table(*state);
  CHECK(kept.typed == "condition_class >= 4");
  CHECK(kept.filter == "condition_class >= 4");
  CHECK(kept.sorted == RowSort{column_of(*state, Role::bridges, "condition_class"), false});
  CHECK(kept.hidden == std::set<std::string>{"code"});
  for (const Role role : {Role::bridges, Role::roads})
    CHECK(state->scene.find(layer_of(*state, role))->filter != nullptr);

  auto other = std::make_shared<Region>(*demo_region());
  other->opened.sources = {"elsewhere.gpkg"};  // in place of them: nothing is left
  show(*state, other);
  show_attributes(*state, layer_of(*state, Role::bridges));
  CHECK(layer_table(*state).filter.empty());
  CHECK(layer_table(*state).hidden.empty());
  CHECK(state->attributes.rows.size() == table_of(*state, Role::bridges).size());
}

TEST_CASE("the same sources with other fields: what no longer makes sense goes, a filter with a word",
          "[viewer]") {
  auto state = tidied_state();
  // A column before the sorted one is gone: the order is still by the same field.
  REQUIRE(column_of(*state, Role::bridges, "code") < column_of(*state, Role::bridges, "condition_class"));
  const std::vector<RowIx> rows = state->attributes.rows;
  show(*state, region_without({"code"}));
  finish_jobs(*state);
  CHECK(state->attributes.rows == rows);
  CHECK(state->notices.empty());

  show(*state, region_without({"condition_class"}));
  finish_jobs(*state);
  const LayerTable& kept = layer_table(*state);
  CHECK(kept.sorted == RowSort{});
  CHECK(kept.wanted == RowSort{});
  CHECK(kept.filter.empty());
  CHECK(kept.typed == "condition_class >= 4");  // to be mended
  CHECK(kept.filter_issue);
  CHECK(state->attributes.rows.size() == table_of(*state, Role::bridges).size());
  REQUIRE(state->notices.size() == 1);
  CHECK(state->notices[0].is_error);
  CHECK(state->notices[0].text.find("condition_class >= 4") != std::string::npos);
  CHECK(state->attributes.tables.at(layer_of(*state, Role::roads)).filter == "surface = 'earth'");
}

TEST_CASE("clicks in the table select on the map, with Ctrl and Shift and by keys", "[viewer]") {
  auto state = demo_state();
  const LayerId bridges = layer_of(*state, Role::bridges);
  show_attributes(*state, bridges);
  sort_attributes(*state, column_of(*state, Role::bridges, "condition_class"), false);
  update_attributes(*state);
  const std::vector<RowIx> rows = state->attributes.rows;
  const auto ascending = [&](std::vector<std::size_t> positions) {
    std::vector<RowIx> result;
    for (const std::size_t i : positions) result.push_back(rows[i]);
    std::ranges::sort(result);
    return result;
  };
  select_table_row(*state, 3, RowClick::only);
  CHECK(selected_in(*state, bridges) == ascending({3}));
  select_table_row(*state, 5, RowClick::toggle);
  CHECK(selected_in(*state, bridges) == ascending({3, 5}));
  select_table_row(*state, 3, RowClick::toggle);
  CHECK(selected_in(*state, bridges) == ascending({5}));
  select_table_row(*state, 5, RowClick::only);
  select_table_row(*state, 8, RowClick::range);
  CHECK(selected_in(*state, bridges) == ascending({5, 6, 7, 8}));
  select_table_row(*state, 4, RowClick::range);  // from the same anchor the other way
  CHECK(selected_in(*state, bridges) == ascending({4, 5}));
  select_table_row(*state, 10, RowClick::toggle);
  select_table_row(*state, 11, RowClick::add_range);
  CHECK(selected_in(*state, bridges) == ascending({4, 5, 10, 11}));
  select_table_row(*state, 20, RowClick::only);
  move_in_table(*state, 1, false);
  CHECK(selected_in(*state, bridges) == ascending({21}));
  move_in_table(*state, -2, true);
  CHECK(selected_in(*state, bridges) == ascending({19, 20, 21}));
  move_in_table(*state, -1'000'000, false);
  CHECK(selected_in(*state, bridges) == ascending({0}));
  move_in_table(*state, 1'000'000, false);
  CHECK(selected_in(*state, bridges) == ascending({rows.size() - 1}));
  select_table_row(*state, rows.size(), RowClick::only);  // there is none
  CHECK(selected_in(*state, bridges) == ascending({rows.size() - 1}));
  const auto before = state->camera;
  fit_selection(*state);
  CHECK_FALSE(before == state->camera);
  const auto at =
      state->camera.to_screen(table_of(*state, Role::bridges).geometry.representative(rows.back().value));
  CHECK(at.x > 0);
  CHECK(at.x < state->camera.width());
}

TEST_CASE("what is selected on the map is selected in the table and scrolled to", "[viewer]") {
  auto state = demo_state();
  const LayerId bridges = layer_of(*state, Role::bridges),
                villages = layer_of(*state, Role::natural_villages);
  show_attributes(*state, bridges);
  state->attributes.scroll_to_cursor = false;
  change_selection(*state, {{bridges, {RowIx{17}}}}, SelectionChange::replace);
  update_attributes(*state);
  CHECK(state->attributes.selected[17] == 1);
  CHECK(std::ranges::count(state->attributes.selected, 1) == 1);
  CHECK(state->attributes.cursor == RowIx{17});
  CHECK(state->attributes.scroll_to_cursor);
  // Of another layer: the table turns to it.
  change_selection(*state, {{villages, {RowIx{40}, RowIx{41}}}}, SelectionChange::replace);
  update_attributes(*state);
  CHECK(state->attributes.layer == villages);
  CHECK(state->attributes.selected[41] == 1);
  state->attributes.only_selected = true;
  update_attributes(*state);
  CHECK(state->attributes.rows == std::vector<RowIx>{RowIx{40}, RowIx{41}});
  // A county under everything does not turn it away.
  select_unit(*state, state->region->hierarchy().find("610802"), false);
  update_attributes(*state);
  CHECK(state->attributes.layer == villages);
  CHECK(state->attributes.rows.empty());
}

TEST_CASE("a box selects what a look at every row finds, added and taken out", "[viewer]") {
  auto state = demo_state();
  const LayerId villages = layer_of(*state, Role::natural_villages);
  const LonLat corner{109.4, 38.0}, opposite{109.9, 37.6};
  select_in_box(*state, corner, opposite, SelectionChange::replace);
  finish_jobs(*state);
  std::vector<RowIx> expected;
  const auto& geometry = table_of(*state, Role::natural_villages).geometry;
  for (std::size_t row = 0; row < geometry.size(); ++row) {
    if (geometry.empty_at(row)) continue;
    const LonLat p = geometry.vertices_of(row).front();
    if (p.lon >= 109.4 && p.lon <= 109.9 && p.lat >= 37.6 && p.lat <= 38.0) expected.emplace_back(row);
  }
  REQUIRE(expected.size() > 50);
  CHECK(selected_in(*state, villages) == expected);
  CHECK(selected_in(*state, layer_of(*state, Role::counties)).empty());
  CHECK(!selected_in(*state, layer_of(*state, Role::roads)).empty());
  count_selection(*state);
  const auto& counts = state->selection.counts;
  const auto counted =
      std::ranges::find_if(counts, [&](const auto& count) { return count.layer == villages; });
  REQUIRE(counted != counts.end());
  CHECK(counted->rows == expected.size());

  // Taken out again: nothing is left.
  select_in_box(*state, corner, opposite, SelectionChange::remove);
  finish_jobs(*state);
  CHECK(state->scene.selection().empty());

  // In the table's layer alone; what is filtered off the map cannot be selected.
  show_attributes(*state, villages);
  state->tool.only_table_layer = true;
  filter_map(*state, true);
  filter_attributes(*state, "population > 100");
  select_in_box(*state, corner, opposite, SelectionChange::replace);
  finish_jobs(*state);
  REQUIRE(state->scene.selection().size() == 1);
  const auto population = table_of(*state, Role::natural_villages).find("population")->numbers();
  std::erase_if(expected, [&](RowIx row) { return !(population[row.value] > 100); });
  CHECK(selected_in(*state, villages) == expected);

  // A hidden layer is not searched.
  state->tool.only_table_layer = false;
  state->scene.look(villages)->visible = false;
  select_in_box(*state, corner, opposite, SelectionChange::replace);
  finish_jobs(*state);
  CHECK(selected_in(*state, villages).empty());
}

TEST_CASE("a polygon is drawn corner by corner, taken back, ended and aborted", "[viewer]") {
  auto state = demo_state();
  begin_tool(*state, MapTool::select_polygon);
  for (const LonLat p : {LonLat{109.4, 37.6}, {109.9, 37.6}, {110.5, 39}, {109.6, 38.1}})
    add_tool_point(*state, p);
  undo_tool_point(*state);
  undo_tool_point(*state);
  CHECK(state->tool.points.size() == 2);
  finish_tool(*state, SelectionChange::replace);  // two corners are no polygon
  CHECK(state->tool.active == MapTool::select_polygon);
  add_tool_point(*state, {109.6, 38.1});
  add_tool_point(*state, {109.6, 38.1});  // the second click of a double click
  CHECK(state->tool.points.size() == 3);
  finish_tool(*state, SelectionChange::replace);
  finish_jobs(*state);
  CHECK(state->tool.active == MapTool::browse);
  CHECK(state->tool.points.empty());
  const auto triangle = selected_in(*state, layer_of(*state, Role::natural_villages));
  CHECK(!triangle.empty());
  const auto& geometry = table_of(*state, Role::natural_villages).geometry;
  for (const RowIx row : triangle) {  // within the triangle's box, and left of its long side
    const LonLat p = geometry.vertices_of(row.value).front();
    CHECK((p.lat >= 37.6 && p.lat <= 38.1 && p.lon >= 109.4 && p.lon <= 109.9));
  }
  begin_tool(*state, MapTool::select_polygon);
  add_tool_point(*state, {109, 38});
  abort_tool(*state);
  CHECK(state->tool.active == MapTool::select_polygon);
  CHECK(state->tool.points.empty());
  abort_tool(*state);
  CHECK(state->tool.active == MapTool::browse);
  CHECK(selected_in(*state, layer_of(*state, Role::natural_villages)) == triangle);
}

TEST_CASE("what lies over each other is stepped through by clicking again", "[viewer]") {
  auto state = demo_state();
  fit_all(*state);
  Progress progress;
  state->scene.settle(state->camera, progress);
  const auto& counties = table_of(*state, Role::counties);
  const auto pixel = state->camera.to_screen(counties.geometry.representative(3));
  identify(*state, pixel);
  const auto features = state->selection.features;
  REQUIRE(features.size() >= 2);  // its county and its township at least
  CHECK(state->selection.described == 0);
  const UnitIx unit = state->selection.unit;
  for (std::size_t i = 1; i <= features.size(); ++i) {
    identify(*state, pixel);
    const std::size_t at = i % features.size();
    CHECK(state->selection.described == at);
    REQUIRE(state->scene.selection().size() == 1);
    CHECK(state->scene.selection()[0].layer == features[at].layer);
    CHECK(state->scene.selection()[0].rows == std::vector<RowIx>{features[at].row});
  }
  CHECK(state->selection.unit == unit);
  step_described(*state, -1);
  CHECK(state->selection.described == features.size() - 1);
}

TEST_CASE("selected rows are copied as a spreadsheet takes them, and shown rows exported", "[viewer]") {
  auto state = demo_state();
  show_attributes(*state, layer_of(*state, Role::bridges));
  filter_attributes(*state, "condition_class >= 4");
  update_attributes(*state);
  select_table_row(*state, 0, RowClick::only);
  select_table_row(*state, 1, RowClick::toggle);
  const std::string text = selected_rows_text(*state);
  CHECK(std::ranges::count(text, '\n') == 3);
  const table::FeatureTable& bridges = table_of(*state, Role::bridges);
  CHECK(std::ranges::count(text, '\t') == static_cast<std::ptrdiff_t>(3 * (bridges.columns.size() - 1)));
  const std::string code = bridges.find("code")->shown(state->attributes.rows[1].value);
  CHECK(text.find(code) != std::string::npos);
  CHECK(copied_rows(*state) == text);
  clear_selection(*state);
  update_attributes(*state);
  CHECK(copied_rows(*state).empty());

  const test::ScratchFolder folder;
  ask_for_file(*state, FileChoice::save_rows);
  state->dialog.typed = folder.file("bridges");
  take_file(*state);
  finish_jobs(*state);
  const auto csv = io::read_file(folder.file("bridges.csv"));
  REQUIRE(csv);
  CHECK(static_cast<std::size_t>(std::ranges::count(*csv, '\n')) == state->attributes.rows.size() + 1);
  CHECK(csv->find(",longitude,latitude\r\n") != std::string::npos);
  // What was written is read again as what it was, with its fields and places.
  Progress progress;
  const auto again = load({{folder.file("bridges.csv")}, std::nullopt}, {}, progress);
  REQUIRE(again);
  REQUIRE((*again)->atlas().layers.size() == 1);
  const table::FeatureTable& read = (*again)->atlas().layers[0].table;
  CHECK((*again)->atlas().layers[0].role == Role::bridges);
  REQUIRE(read.size() == state->attributes.rows.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    const std::size_t row = state->attributes.rows[i].value;
    CHECK(read.find("condition_class")->shown(i) == bridges.find("condition_class")->shown(row));
    CHECK(read.geometry.representative(i).lon ==
          Approx(bridges.geometry.representative(row).lon).margin(1e-8));
  }
  state->dialog.typed = "/no/such/folder/x.csv";
  state->dialog.choice = FileChoice::save_rows;
  take_file(*state);
  finish_jobs(*state);
  CHECK(state->notices.back().is_error);
}

namespace {

// ImGui without a window: frames are laid out, nothing is drawn.
class Widgets {
 public:
  explicit Widgets(AppState& state) : state_(state) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1280, 800};
    io.DeltaTime = 1.0f / 30;
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = 400 + key;
    for (const auto& [key, code] : {std::pair{ImGuiKey_A, 'A'}, {ImGuiKey_C, 'C'}}) io.KeyMap[key] = code;
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    for (int i = 0; i < 3; ++i) frame();
    state.camera.resize(static_cast<int>(place_.width), static_cast<int>(place_.height), 1);
  }
  ~Widgets() { ImGui::DestroyContext(); }

  void frame() {
    ImGui::NewFrame();
    place_ = draw_widgets(state_);
    ImGui::Render();
    state_.mailbox.drain();
    state_.jobs.sweep();
  }
  ImVec2 on_map(float x, float y) const { return {place_.x + x, place_.y + y}; }
  void move(ImVec2 to) {
    ImGui::GetIO().MousePos = to;
    frame();
  }
  void button(bool down) {
    ImGui::GetIO().MouseDown[0] = down;
    frame();
  }
  void click(ImVec2 at) {
    move(at);
    button(true);
    button(false);
  }
  void key(int code) {
    ImGui::GetIO().KeysDown[code] = true;
    frame();
    ImGui::GetIO().KeysDown[code] = false;
    frame();
  }
  void imgui_key(ImGuiKey_ code) { key(ImGui::GetIO().KeyMap[code]); }
  void shift(bool down) { ImGui::GetIO().KeyShift = down; }
  void wait() {
    for (int i = 0; i < 20; ++i) frame();
  }  // longer than a double click takes

 private:
  AppState& state_;
  MapPlace place_;
};

}  // namespace

TEST_CASE("F6 shows the attribute table beside the statistics", "[viewer]") {
  auto state = demo_state();
  Widgets widgets(*state);
  CHECK_FALSE(state->view.attributes.shown);
  widgets.key(295);
  CHECK(state->view.attributes.shown);
  CHECK(!state->attributes.rows.empty());
  widgets.key(295);
  CHECK_FALSE(state->view.attributes.shown);
}

TEST_CASE("the table begins with the villages, or with the layer whose style is edited", "[viewer]") {
  auto state = demo_state();
  update_attributes(*state);
  toggle_attributes(*state);
  update_attributes(*state);
  CHECK(table_layer(*state)->role == Role::natural_villages);
  show_attributes(*state, layer_of(*state, Role::bridges));
  toggle_attributes(*state);
  update_attributes(*state);
  toggle_attributes(*state);
  update_attributes(*state);
  CHECK(table_layer(*state)->role == Role::bridges);  // what the user took stays

  state = demo_state();
  update_attributes(*state);
  open_style_editor(*state, layer_of(*state, Role::roads));
  toggle_attributes(*state);
  update_attributes(*state);
  CHECK(table_layer(*state)->role == Role::roads);
}

TEST_CASE("the table's widget shows the columns and the order that were kept", "[viewer]") {
  auto state = tidied_state();
  Widgets widgets(*state);
  const auto as_kept = [&] {
    widgets.wait();
    finish_jobs(*state);  // rows are put in order beside the frames
    widgets.wait();
    const RowSort sort{column_of(*state, Role::bridges, "condition_class"), false};
    return state->attributes.layer == layer_of(*state, Role::bridges) && layer_table(*state).sorted == sort &&
           layer_table(*state).hidden == std::set<std::string>{"code"};
  };
  CHECK(as_kept());
  show(*state, demo_region());
  CHECK(as_kept());
  show(*state, region_without({"length_m"}));  // another widget: it has other columns
  CHECK(as_kept());
}

TEST_CASE("rows are clicked and walked through by keys, and Enter goes there", "[viewer]") {
  auto state = demo_state();
  show_attributes(*state, layer_of(*state, Role::bridges));
  Widgets widgets(*state);
  const LayerId bridges = layer_of(*state, Role::bridges);
  const ImVec2 row{500, 700};  // somewhere among the rows at the bottom of the window
  widgets.click(row);
  const auto first = selected_in(*state, bridges);
  REQUIRE(first.size() == 1);
  widgets.wait();
  const auto before = state->camera;
  widgets.imgui_key(ImGuiKey_DownArrow);
  const auto second = selected_in(*state, bridges);
  REQUIRE(second.size() == 1);
  CHECK(second[0].value == first[0].value + 1);
  widgets.shift(true);
  widgets.imgui_key(ImGuiKey_DownArrow);
  widgets.shift(false);
  CHECK(selected_in(*state, bridges).size() == 2);
  widgets.imgui_key(ImGuiKey_Home);
  CHECK(selected_in(*state, bridges) == std::vector<RowIx>{RowIx{0}});
  CHECK(before == state->camera);  // Home was the table's
  widgets.imgui_key(ImGuiKey_Enter);
  CHECK_FALSE(before == state->camera);
  widgets.imgui_key(ImGuiKey_End);
  CHECK(selected_in(*state, bridges) ==
        std::vector<RowIx>{RowIx{table_of(*state, Role::bridges).size() - 1}});
}

TEST_CASE("a filter is typed with completion and taken by Enter", "[viewer]") {
  auto state = demo_state();
  show_attributes(*state, layer_of(*state, Role::bridges));
  Widgets widgets(*state);
  for (float y = 540; y < 640 && !ImGui::GetIO().WantTextInput; y += 6)
    widgets.click({600, y});  // where the box is
  REQUIRE(ImGui::GetIO().WantTextInput);
  const auto type = [&](const char* text) {
    for (const char* c = text; *c; ++c) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(*c));
      widgets.frame();
    }
  };
  type("condition_cl");
  REQUIRE(state->attributes.completion.open);
  REQUIRE(!state->attributes.completion.found.offers.empty());
  CHECK(state->attributes.completion.found.offers[0].text == "condition_class");
  widgets.imgui_key(ImGuiKey_Tab);
  CHECK(layer_table(*state).typed == "condition_class ");
  type(">= 4");
  CHECK(layer_table(*state).typed == "condition_class >= 4");
  widgets.imgui_key(ImGuiKey_Enter);
  CHECK(layer_table(*state).filter == "condition_class >= 4");
  widgets.frame();
  const auto classes = table_of(*state, Role::bridges).find("condition_class")->numbers();
  CHECK(state->attributes.rows.size() ==
        static_cast<std::size_t>(std::ranges::count_if(classes, [](double value) { return value >= 4; })));
  // It goes on being edited where the cursor was, and offers nothing until then.
  for (int i = 0; i < 3; ++i) widgets.frame();
  CHECK(ImGui::GetIO().WantTextInput);
  CHECK_FALSE(state->attributes.completion.open);
  type("2");
  CHECK(layer_table(*state).typed == "condition_class >= 42");
}

TEST_CASE("a drag with Shift on the map selects in a box and does not move the map", "[viewer]") {
  auto state = demo_state();
  Widgets widgets(*state);
  fit_all(*state);
  const auto before = state->camera;
  widgets.move(widgets.on_map(300, 150));
  widgets.shift(true);
  widgets.button(true);
  widgets.move(widgets.on_map(500, 300));
  CHECK(state->tool.box_from);
  widgets.button(false);
  widgets.shift(false);
  finish_jobs(*state);
  CHECK_FALSE(state->tool.box_from);
  CHECK(before == state->camera);
  CHECK(!state->scene.selection().empty());
  const auto box_corner = before.to_lonlat({300, 150});
  for (const RowIx row : selected_in(*state, layer_of(*state, Role::natural_villages)))
    CHECK(table_of(*state, Role::natural_villages).geometry.vertices_of(row.value).front().lon >=
          box_corner.lon);
  // Without it the map is moved.
  widgets.move(widgets.on_map(300, 150));
  widgets.button(true);
  widgets.move(widgets.on_map(360, 150));
  widgets.button(false);
  CHECK_FALSE(before == state->camera);
}

TEST_CASE("a polygon is clicked on the map and ended by a double click or Enter", "[viewer]") {
  auto state = demo_state();
  Widgets widgets(*state);
  fit_all(*state);
  widgets.key('P');
  REQUIRE(state->tool.active == MapTool::select_polygon);
  for (const ImVec2 corner : {ImVec2{250, 100}, {550, 100}, {550, 300}}) {
    widgets.click(widgets.on_map(corner.x, corner.y));
    widgets.wait();
  }
  CHECK(state->tool.points.size() == 3);
  widgets.imgui_key(ImGuiKey_Backspace);
  CHECK(state->tool.points.size() == 2);
  widgets.click(widgets.on_map(550, 300));
  widgets.button(true);  // at once again
  widgets.button(false);
  finish_jobs(*state);
  CHECK(state->tool.active == MapTool::browse);
  CHECK(!state->scene.selection().empty());

  widgets.wait();
  widgets.key('P');
  widgets.click(widgets.on_map(250, 100));
  widgets.imgui_key(ImGuiKey_Escape);
  CHECK(state->tool.points.empty());
  CHECK(state->tool.active == MapTool::select_polygon);
  widgets.imgui_key(ImGuiKey_Escape);
  CHECK(state->tool.active == MapTool::browse);
  CHECK(!state->scene.selection().empty());  // Escape belonged to the tool
  widgets.imgui_key(ImGuiKey_Escape);
  CHECK(state->scene.selection().empty());
}
