// How much of each pixel is covered by lines and glyphs, gathered before a colour is laid on, so that nothing
// shows where the parts of one drawing overlap. All in device pixels of the sheet, y down.
#pragma once

#include <cstdint>
#include <vector>

#include "render/scene/camera.hpp"
#include "render/scene/colour.hpp"

namespace xiangtu::render::page {

using scene::ScreenPoint;

// A rectangle of whole pixels, right and bottom beyond it.
struct PixelRect {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool empty() const { return left >= right || top >= bottom; }
  PixelRect cut_to(const PixelRect& other) const;
  PixelRect joined_with(const PixelRect& other) const;  // around both
};

// The pixels of a surface that shows this part of the sheet: premultiplied, alpha in the highest byte, then
// red, green, blue. Not owned.
struct Pixels {
  std::uint32_t* first = nullptr;  // upper left
  std::ptrdiff_t stride = 0;       // pixels from row to row
  PixelRect place;
  std::uint32_t* at(int x, int y) const { return first + (y - place.top) * stride + (x - place.left); }
};

// The premultiplied colour `over` laid on a pixel.
inline std::uint32_t laid_over(std::uint32_t over, std::uint32_t pixel) {
  const std::uint32_t left = 255 - (over >> 24);
  // Two channels at a time, each divided by 255 and rounded.
  std::uint32_t odd = (pixel >> 8 & 0x00ff00ff) * left + 0x00800080;
  std::uint32_t even = (pixel & 0x00ff00ff) * left + 0x00800080;
  odd = (odd + (odd >> 8 & 0x00ff00ff)) & 0xff00ff00;
  even = (even + (even >> 8 & 0x00ff00ff)) >> 8 & 0x00ff00ff;
  return over + (odd | even);
}

class Coverage {
 public:
  // area: of the sheet, all that can be covered.
  explicit Coverage(const PixelRect& area);

  // What lies outside is left out; must lie within the area.
  void set_clip(const PixelRect& clip) { clip_ = clip; }

  // A straight line with ends that are round, or cut square just there. Left out where it is not finite.
  struct Line {
    ScreenPoint a, b;
    double half_width = 0.5;
    bool cut_a = false, cut_b = false;
  };
  void add(const Line& line);

  // Texels of a glyph, one byte each, turned by an angle (radians, clockwise) around the origin.
  struct Mask {
    const std::uint8_t* texels = nullptr;
    std::ptrdiff_t stride = 0;
    int width = 0, height = 0;
    ScreenPoint origin;        // on the sheet
    double left = 0, top = 0;  // of the mask's upper left corner from the origin, y down
  };
  void add(const Mask& mask);  // its corner on the nearest whole pixel
  void add_turned(const Mask& mask, double angle);

  // The colour on all that is covered, which is forgotten.
  void lay(scene::Colour colour, const Pixels& pixels);

 private:
  template <bool cut>
  void draw_row(const Line& line, int y, int x0, int x1, double ux, double uy, double length);
  std::uint8_t* at(int x, int y) {
    return cover_.data() + static_cast<std::ptrdiff_t>(y - area_.top) * width_ + (x - area_.left);
  }
  void touch(const PixelRect& rect);
  void lay_block(int column, int line, const std::uint32_t* coats, const Pixels& pixels);

  PixelRect area_, clip_;
  int width_;  // of the area
  std::vector<std::uint8_t> cover_;
  int block_columns_, block_rows_;
  std::vector<std::uint8_t> touched_;  // blocks of the area where something is covered
};

}  // namespace xiangtu::render::page
