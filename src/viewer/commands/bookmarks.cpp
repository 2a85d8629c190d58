#include "viewer/commands/bookmarks.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "viewer/commands/map_view.hpp"

namespace xiangtu::viewer {

namespace {

void keep(const AppState& state) {
  if (state.region) write_bookmarks(state.region->opened.sources, state.bookmarks.list);
}

// The finest unit around the view's middle that is named, else a number.
std::string suggested_name(const AppState& state) {
  const atlas::Hierarchy& units = state.region->hierarchy();
  UnitIx unit = state.region->atlas().zones.locate(state.camera.centre_lonlat());
  while (unit.exists() && units[unit].name.empty()) unit = units[unit].parent;
  if (unit.exists()) return units[unit].name;
  return Message("View {0}", state.bookmarks.list.size() + 1).in(state.catalogue);
}

}  // namespace

void load_bookmarks(AppState& state) {
  state.bookmarks.list.clear();
  state.bookmarks.to_rename = BookmarksState::none;
  if (state.region) state.bookmarks.list = read_bookmarks(state.region->opened.sources);
}

void add_bookmark(AppState& state) {
  if (!state.region) return;
  state.bookmarks.list.push_back({suggested_name(state), state.camera.centre_lonlat(), state.camera.zoom()});
  state.bookmarks.to_rename = state.bookmarks.list.size() - 1;
  state.bookmarks.shown = true;
  keep(state);
}

void rename_bookmark(AppState& state, std::size_t bookmark, std::string name) {
  std::replace(name.begin(), name.end(), '\n', ' ');
  const std::string_view trimmed = trim(name);
  if (bookmark >= state.bookmarks.list.size() || trimmed.empty()) return;
  state.bookmarks.list[bookmark].name = trimmed;
  state.view.fonts_dirty = true;
  keep(state);
}

void remove_bookmark(AppState& state, std::size_t bookmark) {
  if (bookmark >= state.bookmarks.list.size()) return;
  state.bookmarks.list.erase(state.bookmarks.list.begin() + static_cast<std::ptrdiff_t>(bookmark));
  state.bookmarks.to_rename = BookmarksState::none;
  keep(state);
}

void go_to_bookmark(AppState& state, std::size_t bookmark) {
  if (bookmark >= state.bookmarks.list.size()) return;
  render::scene::Camera there = state.camera;
  there.move_to(state.bookmarks.list[bookmark].centre);
  there.set_zoom(state.bookmarks.list[bookmark].zoom);
  fly_to(state, there);
}

}  // namespace xiangtu::viewer
