// The sheet that a picture of a scene is drawn on, in pixels or on a page: its size, what is around the map,
// and where on it the map lies.
#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "render/scene/furniture.hpp"
#include "render/scene/screen_box.hpp"

namespace xiangtu::render::scene {

inline constexpr double css_dpi = 96;  // style pixels are so many to the inch
inline constexpr int smallest_side = 64, largest_side = 32767;  // pixels of a sheet: as far as cairo goes

struct MapSheet {
  int width = 1600;  // pixels of the whole picture
  int height = 1200;
  double dpi = css_dpi;                      // symbols, lines and texts scale with it
  std::optional<geodesy::LonLatBox> extent;  // else everything in the scene
  MapTexts texts;
  FurnitureOptions furniture;
  bool labels = true;
  bool graticule = false;

  double pixel_ratio() const { return dpi / css_dpi; }
};

// Error: usage, where the sheet is too small or too large to be drawn.
Status check_size(const MapSheet& sheet);

// Where the map lies on the sheet, in pixels.
Rect map_place(const MapSheet& sheet);

// How an extent is seen on a sheet.
Camera camera_of(const MapSheet& sheet, const geodesy::LonLatBox& extent);

// What is seen of the earth on a sheet with an extent, with room for symbols and names that reach into it.
geodesy::LonLatBox view_of(const MapSheet& sheet);

// What is drawn around the map on it, by the names and classes in view.
Furniture furniture_of(const MapSheet& sheet, const Scene& scene, const Camera& camera,
                       const MeasureText& measure);

// What of it lies on the map, from the map's corner: where no name can be read.
std::vector<ScreenBox> covered_map(const MapSheet& sheet, const Furniture& furniture);

}  // namespace xiangtu::render::scene
