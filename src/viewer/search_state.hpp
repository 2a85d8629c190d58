// The search box over the map, and what it has found.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "workspace/place_search.hpp"

namespace xiangtu::viewer {

struct SearchState {
  std::shared_ptr<const workspace::PlaceSearch> places;  // null: still being gathered
  bool open = false;
  bool take_focus = false;  // the box gets the keyboard
  std::string typed;
  std::vector<workspace::FoundPlace> found;  // best first; places in `places`
  std::size_t chosen = 0;                    // position in found
};

}  // namespace xiangtu::viewer
