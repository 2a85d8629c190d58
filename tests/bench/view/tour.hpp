// The way that the map is moved while frames are measured: the same on every machine.
#pragma once

#include <span>
#include <vector>

#include "render/scene/camera.hpp"

namespace xiangtu::bench {

// From a camera that sees everything: across at that scale; then from it to each place down to street scale,
// with a stretch of panning half-way and there, and out again. One camera a frame.
std::vector<render::scene::Camera> tour(const render::scene::Camera& overview,
                                        std::span<const geodesy::LonLat> places);

}  // namespace xiangtu::bench
