// Finding, cards, measuring, bookmarks and charts as commands on the state, and by the keys and the mouse.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "geodesy/measure.hpp"
#include "io/atomic_file.hpp"
#include "render/scene/atlas_scene.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/bookmarks.hpp"
#include "viewer/commands/charts.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/measure.hpp"
#include "viewer/commands/search.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/commands/village_card.hpp"
#include "viewer/demo_state.hpp"
#include "viewer/fingers.hpp"
#include "viewer/measured_text.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;
namespace scene = render::scene;

namespace {

void land(AppState& state) {
  for (int i = 0; i < 100 && state.flight.flight; ++i) advance_flight(state, 0.02);
  CHECK_FALSE(state.flight.flight);
}

// Until the background work that frames ask for is done.
void settle_frames(AppState& state) {
  do {
    finish_jobs(state);
    update_village_card(state);
    update_distances(state);
  } while (!state.jobs.jobs().empty());
}

std::vector<std::string> found_names(const AppState& state) {
  std::vector<std::string> names;
  for (const auto& place : state.search.found) names.push_back(found_name(place));
  return names;
}

bool in_view(const AppState& state, geodesy::LonLat position) {
  return state.camera.view().contains(scene::world_of(position));
}

}  // namespace

TEST_CASE("what is typed before the names are there is found when they are", "[viewer]") {
  auto state = demo_state();
  open_search(*state);
  type_search(*state, "wbx");
  finish_jobs(*state);
  REQUIRE(state->search.places);
  REQUIRE_FALSE(state->search.found.empty());
  CHECK(found_names(*state).front() == "吴堡县  610829");
  CHECK(found_where(*state, state->search.found.front()).empty());
  // Other thresholds leave the names as they are.
  const auto places = state->search.places;
  auto parameters = state->statistics.typed;
  parameters.near_m = 900;
  set_parameters(*state, parameters);
  finish_jobs(*state);
  CHECK(state->search.places == places);
}

TEST_CASE("choosing a unit selects it, shows its row and flies there", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  open_search(*state);
  type_search(*state, "610826113216");
  go_to_found(*state, 0);
  CHECK_FALSE(state->search.open);
  CHECK(state->selection.unit == unit(*state, "610826113216"));
  CHECK(state->statistics.parent == unit(*state, "610826113"));
  CHECK(state->scene.selection().size() == 1);
  const scene::Picked village = state->selection.features.front();
  land(*state);
  CHECK(in_view(*state, state->scene.find(village.layer)->table->geometry.representative(village.row.value)));
  CHECK(state->camera.zoom() > 12);
}

TEST_CASE("choosing a road selects all of it, and the choice moves within what is found", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  type_search(*state, "S101");
  REQUIRE_FALSE(state->search.found.empty());
  go_to_found(*state, 0);
  REQUIRE(state->scene.selection().size() == 1);
  const auto& roads = *state->region->atlas().layer(table::Role::roads);
  const auto& codes = roads.table.find("code")->text();
  const auto count = std::count(codes.entries.begin(), codes.entries.end(), codes.dictionary.find("S101"));
  CHECK(static_cast<long>(state->scene.selection()[0].rows.size()) == count);
  CHECK_FALSE(found_where(*state, state->search.found[0]).empty());

  type_search(*state, "z");
  CHECK(state->search.found.size() == most_found);
  move_choice(*state, -1);
  CHECK(state->search.chosen == 0);
  move_choice(*state, 3);
  CHECK(state->search.chosen == 3);
  move_choice(*state, 1000);
  CHECK(state->search.chosen == most_found - 1);
  type_search(*state, "no such place");
  move_choice(*state, 1);
  const auto before = state->camera;
  go_to_found(*state, 0);
  CHECK(state->camera == before);
}

TEST_CASE("a flight ends where anything else moves the map", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  fly_to(*state, box_of(*state, features_of(*state, unit(*state, "610829"))));
  advance_flight(*state, 0.1);
  REQUIRE(state->flight.flight);
  state->camera.pan(10, 0);
  const auto held = state->camera;
  advance_flight(*state, 0.1);
  CHECK_FALSE(state->flight.flight);
  CHECK(state->camera == held);
}

TEST_CASE("the card follows the selection and flies to what is nearest", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  CHECK_FALSE(state->village_card.surroundings);  // nobody has asked for a village yet
  select_unit(*state, unit(*state, "610802"), false);
  update_village_card(*state);
  CHECK_FALSE(state->village_card.subject);
  select_unit(*state, unit(*state, "610802209209"), false);
  settle_frames(*state);
  REQUIRE(state->village_card.card);
  CHECK(state->village_card.card->code == "610802209209");
  REQUIRE(state->village_card.card->nearest.size() == 3);

  const auto road = state->village_card.card->nearest[0];
  go_to_nearest(*state, road);
  land(*state);
  CHECK(in_view(*state, road.at));
  REQUIRE(state->scene.selection().size() == 1);
  CHECK(state->scene.selection()[0].rows == std::vector{road.row});
  update_village_card(*state);
  CHECK_FALSE(state->village_card.card);  // a road is selected now

  select_unit(*state, unit(*state, "610826113216"), false);
  update_village_card(*state);
  REQUIRE(state->village_card.card);
  CHECK(state->village_card.card->code == "610826113216");
}

TEST_CASE("the card knows the thresholds that the figures were computed with", "[viewer]") {
  auto state = demo_state();
  auto parameters = state->statistics.typed;
  parameters.reach_m = 77;
  set_parameters(*state, parameters);
  finish_jobs(*state);
  select_unit(*state, unit(*state, "610802209209"), false);
  settle_frames(*state);
  REQUIRE(state->village_card.card);
  const auto& reach = state->village_card.card->reach;
  CHECK(std::any_of(reach.begin(), reach.end(), [](const auto& each) { return each.within.value == 77; }));
}

TEST_CASE("lengths and areas are measured on the ellipsoid", "[viewer]") {
  auto state = demo_state();
  begin_tool(*state, MapTool::measure_length);
  CHECK(measurement_text(state->tool, measure(state->tool, std::nullopt), state->catalogue).empty());
  add_tool_point(*state, {0, 0});
  add_tool_point(*state, {1, 0});
  // A degree of the equator of GRS 80: 6378137 m · π / 180.
  Measurement measured = measure(state->tool, std::nullopt);
  CHECK(measured.length.value == Approx(111319.490793).margin(1e-5));
  CHECK_FALSE(measured.area);
  measured = measure(state->tool, geodesy::LonLat{1, 1});
  REQUIRE(measured.segments.size() == 2);
  CHECK(measured.segments[1].value == Approx(110574.38856).margin(1e-3));  // a meridian's degree
  finish_tool(*state, SelectionChange::replace);
  CHECK(measure(state->tool, geodesy::LonLat{9, 9}).segments.size() ==
        1);  // it no longer follows the pointer
  CHECK(measurement_text(state->tool, measure(state->tool, std::nullopt), state->catalogue) == "111.3 km");

  begin_tool(*state, MapTool::measure_area);
  for (const geodesy::LonLat corner : {geodesy::LonLat{0, 0}, {0, 1}, {1, 1}}) add_tool_point(*state, corner);
  measured = measure(state->tool, geodesy::LonLat{1, 0});
  REQUIRE(measured.area);
  // The cell between the equator and 1° N: 12308778361.469 m² with geodesic sides (GeographicLib's
  // Planimeter).
  CHECK(measured.area->value == Approx(12308778361.469).epsilon(1e-9));
  CHECK(measured.segments.size() == 4);
}

TEST_CASE("measures are written in the units of their size", "[viewer]") {
  const Catalogue english;
  CHECK(length_text({12.34}, english) == "12.3 m");
  CHECK(length_text({512.4}, english) == "512 m");
  CHECK(length_text({2345.6}, english) == "2.346 km");
  CHECK(length_text({23456}, english) == "23.46 km");
  CHECK(area_text({2000.0 / 3}, english) == "666.7 m² · 1.000 mu");
  CHECK(area_text({20000}, english) == "2.000 ha · 30.00 mu");
  CHECK(area_text({3e6}, english) == "3.000 km² · 4500 mu");
  const auto chinese = Catalogue::load(Language::chinese);
  REQUIRE(chinese);
  CHECK(area_text({20000}, *chinese) == "2.000 公顷 · 30.00 亩");
  CHECK(length_text({2345.6}, *chinese) == "2.346 公里");
}

TEST_CASE("bookmarks are kept for the sources they were made with", "[viewer]") {
  const test::ScratchFolder folder;
  ::setenv("XDG_CONFIG_HOME", folder.file("").c_str(), 1);
  auto state = demo_state();
  CHECK(state->bookmarks.list.empty());
  fit_unit(*state, unit(*state, "610829"));
  add_bookmark(*state);
  const auto there = state->camera;
  REQUIRE(state->bookmarks.list.size() == 1);
  CHECK_FALSE(state->bookmarks.list[0].name.empty());
  rename_bookmark(*state, 0, "  旧县城\nsouth ");
  rename_bookmark(*state, 0, " ");
  CHECK(state->bookmarks.list[0].name == "旧县城 south");
  fit_all(*state);
  add_bookmark(*state);

  auto later = demo_state();
  REQUIRE(later->bookmarks.list.size() == 2);
  CHECK(later->bookmarks.list == state->bookmarks.list);
  go_to_bookmark(*later, 0);
  land(*later);
  CHECK(later->camera.zoom() == Approx(there.zoom()).margin(1e-9));
  CHECK(later->camera.centre().x == Approx(there.centre().x).margin(1e-12));
  go_to_bookmark(*later, 7);  // there is none
  CHECK_FALSE(later->flight.flight);
  remove_bookmark(*later, 0);
  CHECK(read_bookmarks({demo}) == later->bookmarks.list);

  write_bookmarks({"PG:dbname=a password=secret", "/no/such/b.gpkg"}, {{"x", {1, 2}, 3}});
  CHECK(read_bookmarks({"/no/such/b.gpkg", "PG:dbname=a password=other"}).size() == 1);
  CHECK(read_bookmarks({demo}).size() == 1);
  const auto text = io::read_file(folder.file("xiangtu/bookmarks.txt"));
  REQUIRE(text);
  CHECK(text->find("secret") == std::string::npos);
  REQUIRE(io::write_file(folder.file("xiangtu/bookmarks.txt"),
                         "view 1 2 3 lost\nsources a\nview 1 2 x y\nview 999 0 1 z\nodd"));
  CHECK(read_bookmarks({"a"}).empty());
  ::setenv("XDG_CONFIG_HOME", "/dev/null", 1);
}

TEST_CASE("bars are the table's rows in its order, in the map's colours", "[viewer]") {
  auto state = demo_state();
  REQUIRE(choose_indicator(*state, "natural_village_hardened_rate"));
  sort_by(*state, static_cast<int>(state->statistics.indicator) + 1, false);
  const auto bars = chart_bars(*state);
  const auto rows = table_rows(*state);
  REQUIRE(bars.size() == rows.size());
  const auto layer = scene::unit_layer(state->scene, atlas::Level::county);
  const auto& choropleth = *state->scene.find(*layer)->look.choropleth;
  const auto& counties = *state->region->atlas().layer(table::Role::counties);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& table = state->region->stats.table;
    CHECK(bars[i].unit == table.units[rows[i]]);
    CHECK(bars[i].figure.value == table.figure(rows[i], state->statistics.indicator).value);
    CHECK(bars[i].figure.high == table.figure(rows[i], state->statistics.indicator).high);
    for (std::size_t row = 0; row < counties.table.size(); ++row)
      if (counties.unit_of[row] == bars[i].unit)
        CHECK(*bars[i].colour == choropleth.colours[choropleth.class_of_row[row]]);
    if (i > 0) CHECK(*bars[i - 1].figure.value >= *bars[i].figure.value);
  }
  CHECK(bar_scale(bars, true) <= 1);
  CHECK(bar_scale(bars, true) >= *bars.front().figure.value);
  colour_map(*state, false);
  CHECK_FALSE(chart_bars(*state).front().colour);
  CHECK(bar_scale({}, false) == 1);
}

TEST_CASE("bins hold every village once, and add up to the table's figure", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  show_chart(*state, ChartKind::distances);
  settle_frames(*state);
  settle_frames(*state);
  REQUIRE(state->chart.histogram);
  REQUIRE(choose_indicator(*state, "near_hardened_village_rate"));
  const auto& table = state->region->stats.table;
  for (const char* code : {"", "610826", "610829"}) {
    state->statistics.parent = *code ? unit(*state, code) : atlas::Hierarchy::total();
    update_distances(*state);
    const DistanceHistogram& histogram = *state->chart.histogram;
    const auto figure = table.figure(*state->region->row_of_unit[state->statistics.parent.value],
                                     state->statistics.indicator);
    std::size_t near = 0, all = 0;
    for (const DistanceBin& bin : histogram.bins) {
      if (bin.to_m <= state->region->parameters.near_m) near += bin.rows.size();
      all += bin.rows.size();
      CHECK(std::is_sorted(bin.rows.begin(), bin.rows.end()));
    }
    CHECK(static_cast<double>(near) == figure.numerator);
    CHECK(all == histogram.villages);
    CHECK(static_cast<double>(all + histogram.unplaced) == figure.denominator);
  }
  for (std::size_t bin = 0; bin < state->chart.histogram->bins.size(); ++bin) {
    select_bin(*state, bin);
    CHECK(state->scene.selection()[0].rows == state->chart.histogram->bins[bin].rows);
  }
  select_bin(*state, 1000);  // there is none
  select_bin(*state, 0);
  update_village_card(*state);
  CHECK_FALSE(state->village_card.subject);  // many villages have no card
}

TEST_CASE("ends of bins: thresholds among round numbers, inclusive, and what is not known apart",
          "[viewer]") {
  CHECK(distance_ends(500, 750) == std::vector<double>{100, 250, 500, 750, 1000, 2000, 3000, 5000, 10000});
  CHECK(distance_ends(0, 1e6).back() == 1e6);
  atlas::Atlas atlas;
  atlas::Layer layer;
  layer.unit_of.assign(6, atlas::Hierarchy::total());
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  workspace::VillageDistances distances{
      &layer,
      {RowIx{0ul}, RowIx{1ul}, RowIx{2ul}, RowIx{3ul}, RowIx{4ul}, RowIx{5ul}},
      {0, 100, std::nextafter(100.0, 200.0), INFINITY, unknown, 250},
      {0, 100, 50, 200, unknown, 101}};
  const auto histogram =
      distance_histogram(distances, atlas, atlas::Hierarchy::total(), std::vector<double>{100, 250});
  REQUIRE(histogram.bins.size() == 3);
  CHECK(histogram.bins[0].rows == std::vector{RowIx{0ul}, RowIx{1ul}});
  CHECK(histogram.bins[1].rows == std::vector{RowIx{2ul}, RowIx{5ul}});
  CHECK(histogram.bins[2].rows == std::vector{RowIx{3ul}});
  CHECK(histogram.bins[0].maybe_nearer == 0);
  CHECK(histogram.bins[1].maybe_nearer == 1);
  CHECK(histogram.bins[2].maybe_nearer == 1);
  CHECK(histogram.unplaced == 1);
  CHECK(histogram.villages == 5);
  CHECK(histogram.most == 2);
}

TEST_CASE("bands of distances say where they begin and end") {
  const Catalogue english;
  const auto band = [&](double from, double to) { return band_text({from}, {to}, english); };
  CHECK(band(0, 100) == "0–100 m");
  CHECK(band(250, 500) == "250–500 m");
  CHECK(band(500, 1000) == "500 m – 1 km");
  CHECK(band(1000, 2500) == "1–2.5 km");
  CHECK(band(10'000, INFINITY) == "> 10 km");
  const auto chinese = Catalogue::load(Language::chinese);
  REQUIRE(chinese);
  CHECK(band_text({100}, {250}, *chinese) == "100–250 \u7c73");
}

TEST_CASE("keys: Ctrl+F, letters, arrows and Enter lead to a place", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  fingers.key('F', true);
  CHECK(state->search.open);
  fingers.type("yy");
  CHECK(state->search.typed == "yy");
  REQUIRE(state->search.found.size() > 2);
  fingers.key(GLFW_KEY_DOWN);
  CHECK(state->search.chosen == 1);
  fingers.key(GLFW_KEY_UP);
  CHECK(state->search.chosen == 0);
  const auto before = state->camera;
  fingers.key(GLFW_KEY_ENTER);
  CHECK_FALSE(state->search.open);
  CHECK(state->selection.unit == unit(*state, "610802"));
  fingers.frames(60);
  CHECK_FALSE(before == state->camera);
  CHECK_FALSE(state->flight.flight);

  fingers.key('F', true);
  fingers.type("q");
  fingers.key(GLFW_KEY_ESCAPE);  // Esc closes, and what was selected stays
  CHECK_FALSE(state->search.open);
  CHECK(state->selection.unit == unit(*state, "610802"));
}

TEST_CASE("keys and mouse: a length is measured between clicks, and copied", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  fit_all(*state);
  fingers.key('M');
  CHECK(state->tool.active == MapTool::measure_length);
  fingers.click(400, 200);
  fingers.click(500, 300);
  REQUIRE(state->tool.points.size() == 2);
  const auto expected =
      geodesy::distance(state->camera.to_lonlat({400, 200}), state->camera.to_lonlat({500, 300}));
  CHECK(measure(state->tool, std::nullopt).length.value == Approx(expected.value).epsilon(2e-3));
  fingers.key(GLFW_KEY_ENTER);
  CHECK(state->tool.finished);
  fingers.key('C', true);
  CHECK(fingers.clipboard == length_text(measure(state->tool, std::nullopt).length, state->catalogue));
  fingers.key(GLFW_KEY_ESCAPE);
  fingers.key(GLFW_KEY_ESCAPE);
  CHECK(state->tool.active == MapTool::browse);
  fingers.key('M', false, true);
  CHECK(state->tool.active == MapTool::measure_area);
}

TEST_CASE("a click into the search box opens it, a click elsewhere closes it", "[viewer]") {
  auto state = demo_state();
  finish_jobs(*state);
  Fingers fingers(*state);
  fingers.click(110, 32);
  fingers.frames(2);
  CHECK(state->search.open);
  fingers.type("zzzqq");
  CHECK(state->search.open);
  CHECK(state->search.typed == "zzzqq");
  CHECK(state->search.found.empty());
  fingers.click(500, 300);
  CHECK_FALSE(state->search.open);
}

TEST_CASE("keys: charts and bookmarks", "[viewer]") {
  const test::ScratchFolder folder;
  ::setenv("XDG_CONFIG_HOME", folder.file("").c_str(), 1);
  auto state = demo_state();
  finish_jobs(*state);
  {
    Fingers fingers(*state);
    fingers.key(GLFW_KEY_F7);
    CHECK(state->chart.shown);
    fingers.key('B', true);
    CHECK(state->bookmarks.list.size() == 1);
    state->camera.set_zoom(14);
    state->bookmarks.shown = false;
    fingers.frames(2);
    fingers.key('1', true);
    fingers.frames(60);
    CHECK(state->camera.zoom() == Approx(state->bookmarks.list[0].zoom).margin(1e-9));
  }
  ::setenv("XDG_CONFIG_HOME", "/dev/null", 1);
}
