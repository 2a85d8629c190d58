// Fewer vertices for the same picture: Douglas and Peucker's (1973) method.
#pragma once

#include <vector>

#include "render/scene/tessellate.hpp"

namespace xiangtu::render::scene {

// Removes vertices so that no removed one is farther than tolerance from the line that is left. The first
// and last vertex stay; repeated vertices go. A closed ring (first = last) stays closed.
void simplify(std::vector<Point>& line, float tolerance);

}  // namespace xiangtu::render::scene
