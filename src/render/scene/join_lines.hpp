// Many short lines that run into each other as few long ones.
#pragma once

#include <span>
#include <vector>

#include "geodesy/position.hpp"

namespace xiangtu::render::scene {

// Lines are joined where exactly two ends are at the very same position; at forks they end. Each begins with
// the earliest of its lines that has a free end; one that closes on itself, with the earliest of all.
std::vector<std::vector<geodesy::LonLat>> join_lines(std::span<const std::span<const geodesy::LonLat>> lines);

}  // namespace xiangtu::render::scene
