// Fewer vertices for the same picture: Douglas and Peucker's (1973) method.
#pragma once

#include <cstddef>
#include <vector>

#include "render/scene/tessellate.hpp"

namespace xiangtu::render::scene {

// Removes vertices so that no removed one is farther than tolerance from the line that is left. The first
// and last vertex stay; repeated vertices go. A closed ring (first = last) stays closed.
// room: to work in, the same for many lines.
void simplify(std::vector<Point>& line, float tolerance, std::vector<std::size_t>& room);

}  // namespace xiangtu::render::scene
