// The tab of one figure, without a window.
#include "viewer/commands/figure.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "io/atomic_file.hpp"
#include "render/scene/atlas_scene.hpp"
#include "support/scratch_folder.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/demo_state.hpp"

using namespace xiangtu;
using namespace xiangtu::viewer;
using namespace xiangtu::tests;
using indicators::Verdict;

namespace {

void settle(AppState& state) {
  do {
    update_figure(state);
    finish_jobs(state);
  } while (state.figure.explanation.computing);
  update_figure(state);
  REQUIRE_FALSE(state.figure.explanation.issue);
}

std::unique_ptr<AppState> figure_state() {
  auto state = demo_state();
  REQUIRE(choose_indicator(*state, std::string{"natural_village_hardened_rate"}));
  toggle_figure(*state);
  state->figure.in_front = true;  // as drawing the tab says
  settle(*state);
  return state;
}

const indicators::Explanation& shown(const AppState& state) {
  return state.figure.shows->explanation;
}

}  // namespace

TEST_CASE("the figure that is looked at is opened, with the table's own value", "[viewer]") {
  auto state = figure_state();
  CHECK(shown(*state).unit == atlas::Hierarchy::total());
  const UnitIx county = state->region->hierarchy().at_level(atlas::Level::county)[3];
  select_unit(*state, county, false);
  settle(*state);
  CHECK(shown(*state).unit == county);
  const auto& table = state->region->stats.table;
  const indicators::Figure in_table = table.figure(*table.row_of(county), state->statistics.indicator);
  CHECK(shown(*state).figure().value == in_table.value);
  CHECK(shown(*state).figure().high == in_table.high);
  // A click on a cell of another column opens that, until another indicator is looked at.
  open_figure(*state, 0, false);
  settle(*state);
  CHECK(shown(*state).definition.info.id == table.indicators[0].id);
  choose_indicator(*state, std::string{"hardened_km"});
  settle(*state);
  CHECK(shown(*state).definition.info.id == "hardened_km");
  CHECK(shown(*state).unit == county);
}

TEST_CASE("rows of a figure are hidden by what became of them, gone to and selected", "[viewer]") {
  auto state = figure_state();
  const std::size_t all = state->figure.rows.size();
  CHECK(all == shown(*state).rows.size());
  CHECK(shown(*state).rows[state->figure.rows[0]].share.verdict == Verdict::not_counted);
  show_verdict(*state, Verdict::counted, false);
  show_verdict(*state, Verdict::outside, false);
  update_figure(*state);
  CHECK(state->figure.rows.size() < all);
  for (const std::uint32_t position : state->figure.rows)
    CHECK(shown(*state).rows[position].share.verdict != Verdict::counted);
  const UnitIx unit = shown(*state).unit;
  go_to_explained(*state, 2);
  REQUIRE(state->scene.selection().size() == 1);
  CHECK(state->scene.selection()[0].rows ==
        std::vector<RowIx>{shown(*state).rows[state->figure.rows[2]].row});
  settle(*state);
  CHECK(shown(*state).unit == unit);  // a feature is no unit: the list stays
  select_explained(*state);
  REQUIRE(state->scene.selection().size() == 1);
  CHECK(state->scene.selection()[0].rows.size() == state->figure.rows.size());
}

TEST_CASE("the rows of a figure are exported", "[viewer]") {
  auto state = figure_state();
  const test::ScratchFolder folder;
  const std::string path = folder.file("figure.csv");
  REQUIRE(export_figure(*state, path));
  const auto text = io::read_file(path);
  REQUIRE(text);
  CHECK(std::count(text->begin(), text->end(), '\n') ==
        static_cast<std::ptrdiff_t>(shown(*state).rows.size() + 1));
}

TEST_CASE("the map shows what is not known of a figure", "[viewer]") {
  auto state = demo_state();
  REQUIRE(choose_indicator(*state, std::string{"natural_village_hardened_rate"}));
  colour_map(*state, true);
  render::scene::ChoroplethSettings settings = choropleth_settings(*state);
  settings.shown = render::scene::Shown::unknown_share;
  set_choropleth(*state, settings);
  const auto layer = render::scene::unit_layer(state->scene, atlas::Level::county);
  REQUIRE(layer);
  const auto coloured = state->scene.find(*layer)->look.choropleth;
  REQUIRE(coloured);
  CHECK(coloured->shown == render::scene::Shown::unknown_share);
  double most = 0;
  const auto& table = state->region->stats.table;
  for (const UnitIx county : state->region->hierarchy().at_level(atlas::Level::county)) {
    const indicators::Figure figure = table.figure(*table.row_of(county), state->statistics.indicator);
    most = std::max(most, figure.unknown / figure.denominator);
  }
  CHECK(coloured->classes.limits.back() == most);
}
