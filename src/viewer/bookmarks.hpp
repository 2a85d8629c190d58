// Named views of the map, kept for each set of sources in the user's configuration folder
// (XDG_CONFIG_HOME/xiangtu/bookmarks.txt).
#pragma once

#include <string>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::viewer {

struct Bookmark {
  std::string name;
  geodesy::LonLat centre;
  double zoom = 0;
  bool operator==(const Bookmark&) const = default;
};

struct BookmarksState {
  std::vector<Bookmark> list;
  bool shown = false;            // the window with their list
  std::size_t to_rename = none;  // gets the keyboard
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

// A set of sources is the same whatever their order and the folder they are named from.
std::vector<Bookmark> read_bookmarks(const std::vector<std::string>& sources);
// Those of other sources stay. What cannot be written is not kept, and harms nothing.
void write_bookmarks(const std::vector<std::string>& sources, const std::vector<Bookmark>& bookmarks);

}  // namespace xiangtu::viewer
