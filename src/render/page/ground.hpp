// A background on a page: one picture of the whole view, so that no seam shows between tiles.
#pragma once

#include <optional>

#include "render/scene/backgrounds.hpp"
#include "render/scene/image.hpp"

namespace xiangtu::render::page {

// In the view's pixels, transparent where the background has nothing; none where it has nothing at all.
std::optional<scene::Image> ground_picture(const scene::Backgrounds& backgrounds,
                                           const scene::Background& background, const scene::Camera& camera);

}  // namespace xiangtu::render::page
