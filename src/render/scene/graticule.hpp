// Meridians and parallels over a map, with their degrees at its edges.
#pragma once

#include <string>
#include <vector>

#include "render/scene/furniture.hpp"

namespace xiangtu::render::scene {

// A round step in arc seconds (30°, 20°, 10°, 5°, 2°, 1°, 30′, 20′, 10′ … 1″) so that neighbouring lines are
// at least so many device pixels apart at the centre of the view.
int graticule_step(const Camera& camera, double least_pixels);

// "109°30′E", "38°N": minutes and seconds only where they are not 0.
std::string degrees_text(int arc_seconds, bool meridian);

// Lines and texts in device pixels of the view. Degrees stand at the upper and left edge.
Furniture graticule(const Camera& camera, const PaperStyle& paper);
// Where its degrees stand.
std::vector<ScreenBox> degree_boxes(const Furniture& graticule, const MeasureText& measure);

}  // namespace xiangtu::render::scene
