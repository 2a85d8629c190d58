// A picture of a scene without a window: the `map` command.
#pragma once

#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/scene/image.hpp"
#include "render/scene/scene.hpp"
#include "render/scene/sheet.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::render::gl {

// Makes its own context. Errors: no_opengl, no_font, cancelled, usage (size).
Result<scene::Image> draw_map(scene::Scene& scene, const scene::MapSheet& sheet,
                              const std::vector<text::FontFile>& fonts, Progress& progress);

}  // namespace xiangtu::render::gl
