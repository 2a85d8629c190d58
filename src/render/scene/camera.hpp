// Where the map is looked at from: the projection, and the window that is cut out of it.
//
// World frame: the spherical Mercator square of web maps (EPSG:3857 divided by the length of its
// equator): x from 0 at 180°W to 1 at 180°E, y from 0 in the north (85.0511°) to 1 in the south. It is
// conformal to 0.7 % in scale, so shapes look right at any zoom; distances are never measured in it.
// In doubles a world unit resolves 4 nanometres.
#pragma once

#include "geodesy/position.hpp"

namespace xiangtu::render::scene {

struct WorldPoint {
  double x = 0;
  double y = 0;
  bool operator==(const WorldPoint&) const = default;
};

struct WorldBox {
  WorldPoint min{1e300, 1e300};
  WorldPoint max{-1e300, -1e300};
  bool empty() const { return min.x > max.x; }
  void add(WorldPoint p) {
    min = {p.x < min.x ? p.x : min.x, p.y < min.y ? p.y : min.y};
    max = {p.x > max.x ? p.x : max.x, p.y > max.y ? p.y : max.y};
  }
  void add(const WorldBox& box) {
    if (box.empty()) return;
    add(box.min);
    add(box.max);
  }
  bool intersects(const WorldBox& other) const {
    return min.x <= other.max.x && other.min.x <= max.x && min.y <= other.max.y && other.min.y <= max.y;
  }
  bool contains(WorldPoint p) const { return p.x >= min.x && p.x <= max.x && p.y >= min.y && p.y <= max.y; }
  WorldPoint centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
};

// Device pixels from the upper left corner of the viewport, y down.
struct ScreenPoint {
  double x = 0;
  double y = 0;
  bool operator==(const ScreenPoint&) const = default;
};

// Latitudes beyond ±85.0511° go to the edge of the square.
WorldPoint world_of(geodesy::LonLat position);
geodesy::LonLat lonlat_of(WorldPoint point);
WorldBox world_of(const geodesy::LonLatBox& box);

struct Margins {  // device pixels
  double left = 0, top = 0, right = 0, bottom = 0;
};

// A value: copy it, change it, hand it to the renderer.
class Camera {
 public:
  // width and height in device pixels; pixel_ratio = device pixels per style pixel (dpi / 96).
  Camera(int width, int height, double pixel_ratio = 1);

  int width() const { return width_; }
  int height() const { return height_; }
  double pixel_ratio() const { return pixel_ratio_; }
  WorldPoint centre() const { return centre_; }
  geodesy::LonLat centre_lonlat() const { return lonlat_of(centre_); }
  double pixels_per_world() const { return pixels_per_world_; }
  // Web-map zoom in style pixels: the world is 256·2^zoom style pixels wide. Styles speak of this.
  double zoom() const;
  WorldBox view() const;

  ScreenPoint to_screen(WorldPoint point) const;
  ScreenPoint to_screen(geodesy::LonLat position) const { return to_screen(world_of(position)); }
  WorldPoint to_world(ScreenPoint pixel) const;
  geodesy::LonLat to_lonlat(ScreenPoint pixel) const { return lonlat_of(to_world(pixel)); }

  // Metres on the ellipsoid that one device pixel spans, west to east through the centre.
  double metres_per_pixel() const;

  // Keeps centre and scale (or the zoom, where the pixel ratio changes).
  void resize(int width, int height, double pixel_ratio);
  void set_zoom(double zoom);
  void move_to(geodesy::LonLat centre);
  // Content follows the pointer: dragged right by dx > 0, down by dy > 0.
  void pan(double dx, double dy);
  // Scales by factor (> 1 closer) and keeps what is under the pixel there. Clamped to zoom 1…22.
  void zoom_at(ScreenPoint pixel, double factor);
  // The whole box within the viewport less the margins; a point box gets zoom 14. Empty: no change.
  void fit(const geodesy::LonLatBox& box, const Margins& margins = {});

  bool operator==(const Camera&) const = default;

 private:
  int width_;
  int height_;
  double pixel_ratio_;
  WorldPoint centre_{0.5, 0.5};
  double pixels_per_world_;
};

}  // namespace xiangtu::render::scene
