#include "viewer/commands/search.hpp"

#include <algorithm>
#include <utility>

#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

using workspace::FoundPlace;
using workspace::PlaceSearch;

namespace {

constexpr const char* gathering_title = "gathering names";

void search(AppState& state) {
  SearchState& search = state.search;
  search.chosen = 0;
  search.found.clear();
  if (search.places) search.found = search.places->find(search.typed, most_found);
}

std::string shown(const FoundPlace& place, const char* field) {
  const table::Column* column = place.layer->table.find(field);
  return column ? column->shown(place.row.value) : std::string{};
}

// The unit that the place is, not only lies in.
UnitIx unit_that_is(const atlas::Atlas& atlas, const FoundPlace& place) {
  const UnitIx unit = place.layer->unit_of.empty() ? UnitIx::none() : place.layer->unit_of[place.row.value];
  if (!unit.exists()) return unit;
  const atlas::Selection rows = atlas.rows_that_are(unit);
  const bool is_unit = rows.layer == place.layer &&
                       std::find(rows.rows.begin(), rows.rows.end(), place.row) != rows.rows.end();
  return is_unit ? unit : UnitIx::none();
}

}  // namespace

void gather_places(AppState& state) {
  if (!state.region) return;
  if (state.search.places && &state.search.places->atlas() == state.region->stats.atlas.get()) return;
  state.search.places = nullptr;
  search(state);
  state.jobs.cancel(gathering_title);
  state.jobs.start(gathering_title, [&state, atlas = state.region->stats.atlas](Progress& progress) {
    auto built = PlaceSearch::build(atlas, Pinyin::load(), progress);
    if (!built) return;
    auto places = std::make_shared<const PlaceSearch>(std::move(*built));
    state.mailbox.post([&state, places = std::move(places)] {
      if (!state.region || &places->atlas() != state.region->stats.atlas.get()) return;
      state.search.places = places;
      search(state);
    });
  });
}

void open_search(AppState& state) {
  if (!state.region) return;
  state.search.open = state.search.take_focus = true;
}

void close_search(AppState& state) {
  state.search.open = false;
}

void type_search(AppState& state, std::string typed) {
  state.search.typed = std::move(typed);
  search(state);
}

void move_choice(AppState& state, int steps) {
  SearchState& search = state.search;
  if (search.found.empty()) return;
  const auto last = static_cast<std::ptrdiff_t>(search.found.size()) - 1;
  search.chosen = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(search.chosen) + steps, 0, last));
}

void go_to_found(AppState& state, std::size_t position) {
  if (position >= state.search.found.size()) return;
  const FoundPlace place = state.search.found[position];
  const std::vector<RowIx> rows = state.search.places->rows_of(place);
  close_search(state);
  if (const UnitIx unit = unit_that_is(state.region->atlas(), place); unit.exists()) {
    show_unit_in_table(state, unit);
    select_unit(state, unit, false);
    return fly_to(state, box_of(state, features_of(state, unit)));
  }
  go_to_rows(state, *place.layer, rows);
}

std::string found_name(const FoundPlace& place) {
  const std::string name = shown(place, "name"), code = shown(place, "code");
  return name.empty() ? code : code.empty() ? name : name + "  " + code;
}

std::string found_where(const AppState& state, const FoundPlace& place) {
  const atlas::Hierarchy& units = state.region->hierarchy();
  std::string where;
  const UnitIx lies_in = state.search.places->unit_of(place);
  for (const atlas::Level level : {atlas::Level::county, atlas::Level::township}) {
    const UnitIx unit = units.ancestor(lies_in, level);
    if (!unit.exists() || (unit == lies_in && unit_that_is(state.region->atlas(), place) == unit)) continue;
    where += (where.empty() ? "" : " · ") + (units[unit].name.empty() ? units[unit].code : units[unit].name);
  }
  return where;
}

}  // namespace xiangtu::viewer
