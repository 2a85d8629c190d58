// A picture in memory, by the name that it has in this room.
#pragma once

#include "raster/image.hpp"

namespace xiangtu::render::scene {

using raster::Image;

}  // namespace xiangtu::render::scene
