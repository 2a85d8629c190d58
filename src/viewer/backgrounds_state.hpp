// What the window keeps about the pictures of the ground under its map, beside the scene's own list.
#pragma once

#include <set>

#include "render/scene/backgrounds.hpp"

namespace xiangtu::viewer {

struct BackgroundsState {
  std::set<render::scene::BackgroundId> said;  // whose trouble the user has been told of
};

}  // namespace xiangtu::viewer
