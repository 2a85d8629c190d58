// What a page is drawn with: few operations that PDF and SVG both have. All in device pixels of the sheet, y
// down. One thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "render/page/path.hpp"
#include "render/scene/image.hpp"
#include "render/scene/labels.hpp"
#include "render/scene/paint.hpp"

namespace xiangtu::render::page {

// A line of text with its halo beneath.
struct TextLine {
  std::string text;  // UTF-8
  ScreenPoint left_baseline;
  double size = 12;
  scene::Colour colour, halo{0, 0, 0, 0};
  double halo_width = 0;  // on each side
  // Where there are any they are drawn, each turned in its own place, and the line itself is only what they
  // say together.
  std::vector<scene::LabelGlyph> glyphs;
};

class Pen {
 public:
  virtual ~Pen() = default;

  // Until end_clip() nothing shows outside of the rectangle.
  virtual void begin_clip(const scene::Rect& rect) = 0;
  virtual void end_clip() = 0;
  // Until end_group() what is drawn is one thing, laid down with this opacity as a whole. Groups nest; the
  // name is for those who take the page apart again (ASCII letters, digits, '_', '-' and space).
  virtual void begin_group(std::string_view name, double opacity) = 0;
  virtual void end_group() = 0;

  // Inside is what an odd number of subpaths is around. spread: how far an opaque colour reaches out, so that
  // no seam shows between it and a neighbour that is drawn later.
  virtual void fill(const Path& path, const scene::FillPaint& paint, double spread = 0) = 0;
  // Round ends and corners; dashes are cut straight. dash_begin: how far into the dashes the path begins.
  virtual void stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) = 0;
  virtual void symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) = 0;
  virtual void image(const scene::Image& image, const scene::Rect& place, double opacity) = 0;
  // The halos of all lie under all.
  virtual void texts(std::span<const TextLine> lines) = 0;
};

}  // namespace xiangtu::render::page
