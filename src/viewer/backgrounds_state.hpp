// What the window keeps about the pictures of the ground under its map. Which there are is said by the
// document; they are on the map when they are opened.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "render/scene/backgrounds.hpp"

namespace xiangtu::viewer {

struct BackgroundsState {
  // By source. One that was opened is kept, for steps back.
  std::map<std::string, std::shared_ptr<raster::Source>> opened;
  std::map<std::string, render::scene::BackgroundId> shown;
  std::set<std::string> opening, failed;
  std::set<render::scene::BackgroundId> said;  // whose trouble the user has been told of
};

}  // namespace xiangtu::viewer
