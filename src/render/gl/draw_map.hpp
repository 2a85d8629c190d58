// A picture of a scene without a window: the `map` command.
#pragma once

#include <optional>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "render/gl/fonts.hpp"
#include "render/scene/furniture.hpp"
#include "render/scene/image.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::gl {

struct MapSheet {
  int width = 1600;  // pixels of the whole picture, 64 … 16384
  int height = 1200;
  double dpi = 96;                           // symbols, lines and texts scale with it
  std::optional<geodesy::LonLatBox> extent;  // else everything in the scene
  scene::MapTexts texts;
  scene::FurnitureOptions furniture;
  bool labels = true;
};

// What is seen of the earth on a sheet with an extent, with room for symbols and names that reach into it.
geodesy::LonLatBox view_of(const MapSheet& sheet);

// How an extent is seen on a sheet.
scene::Camera camera_of(const MapSheet& sheet, const geodesy::LonLatBox& extent);

// Makes its own context. Errors: no_opengl, no_font, cancelled, usage (size).
Result<scene::Image> draw_map(scene::Scene& scene, const MapSheet& sheet, const std::vector<FontFile>& fonts,
                              Progress& progress);

}  // namespace xiangtu::render::gl
