// The way that the map is moved while frames are measured: the same on every machine.
#pragma once

#include <vector>

#include "render/scene/camera.hpp"

namespace xiangtu::bench {

// From a camera that sees everything: across at that scale, down to street scale at two places with a stretch
// of panning on the way and at the end, and out again. One camera a frame.
std::vector<render::scene::Camera> tour(const render::scene::Camera& overview);

}  // namespace xiangtu::bench
