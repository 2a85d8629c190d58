// Pages as pixels in memory. Lines, symbols and names, which are nearly all of a map, are drawn here by the
// formulas of the window's shaders; polygons and pictures by cairo.
#pragma once

#include <deque>
#include <optional>

#include "render/page/cairo_pen.hpp"
#include "render/page/coverage.hpp"
#include "render/page/symbol_stamps.hpp"
#include "render/text/fonts.hpp"

namespace xiangtu::render::page {

// Glyphs and symbols as pixels, made when first needed: for one pen after the other.
struct PixelTools {
  text::Fonts fonts;
  std::deque<SymbolStamps> stamps = {};  // of all symbols so far

  SymbolStamps& stamps_of(const scene::SymbolPaint& paint);
};

class PixelPen final : public Pen {
 public:
  // surface: an image of 32 bits a pixel that shows the area of the sheet, whose origin is at its device
  // offset. It outlives the pen, as the tools do.
  PixelPen(cairo_surface_t* surface, const PixelRect& area, PixelTools& tools, double pixel_ratio);
  ~PixelPen() override;
  PixelPen(const PixelPen&) = delete;
  PixelPen& operator=(const PixelPen&) = delete;

  void begin_clip(const scene::Rect& rect) override;
  void end_clip() override;
  void begin_group(std::string_view name, double opacity) override;
  void end_group() override;
  void fill(const Path& path, const scene::FillPaint& paint, double spread) override;
  void stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) override;
  void symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) override;
  void image(const scene::Image& image, const scene::Rect& place, double opacity) override;
  void texts(std::span<const TextLine> lines) override;

 private:
  void set_clip(const PixelRect& clip);
  void lay(scene::Colour colour);
  void lay_strokes();
  void add_dashes(ScreenPoint a, ScreenPoint b, const scene::LinePaint& paint, double& along);
  void add_text(const TextLine& line, double outline);
  void add_glyphs(std::string_view utf8, ScreenPoint left_baseline, double angle, double size,
                  double outline);

  PixelTools& tools_;
  CairoPen cairo_;
  PixelRect area_, clip_;
  Coverage coverage_;
  std::optional<scene::Colour> strokes_;  // of lines that are gathered and not laid yet
};

}  // namespace xiangtu::render::page
