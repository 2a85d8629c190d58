// What the window keeps about the pictures of the ground under its map. Which there are is said by the
// document; they are on the map when they are opened.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "render/scene/backgrounds.hpp"

namespace xiangtu::viewer {

// What a background says of the place that was clicked.
struct BackgroundReading {
  std::string name;
  raster::Content content = raster::Content::picture;
  std::optional<raster::Reading> reading;  // none: it could not be read
};

// A file that is watched while it lies under the map. Identities: empty where it is gone.
struct WatchedRaster {
  std::string first, seen, told;  // when it was opened, at the last look, that the user has been told about
};

struct BackgroundsState {
  // By source. One that was opened is kept, for steps back.
  std::map<std::string, std::shared_ptr<raster::Source>> opened;
  std::map<std::string, render::scene::BackgroundId> shown;
  std::set<std::string> opening, failed;
  std::set<render::scene::BackgroundId> said;    // whose trouble the user has been told of
  std::map<std::string, WatchedRaster> watched;  // by source
  std::vector<BackgroundReading> readings;       // of those that are seen, topmost first
  std::uint64_t asked = 0;  // the last request to read them; older ones are of no interest
};

}  // namespace xiangtu::viewer
