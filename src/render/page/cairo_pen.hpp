// Pages by cairo, onto any of its surfaces. Texts are shown as glyphs with their characters, so that they can
// be selected and searched where the surface keeps such things (PDF does).
#pragma once

#include <memory>
#include <vector>

#include <cairo.h>

#include "render/page/cairo_image.hpp"
#include "render/page/pen.hpp"
#include "render/text/faces.hpp"

namespace xiangtu::render::page {

class CairoPen final : public Pen {
 public:
  // units_per_pixel: of the surface to a device pixel of the sheet. pixel_ratio: device pixels to a style
  // pixel.
  CairoPen(cairo_surface_t* surface, const text::Faces& faces, double units_per_pixel, double pixel_ratio);
  ~CairoPen() override;

  void begin_clip(const scene::Rect& rect) override;
  void end_clip() override;
  void begin_group(std::string_view name, double opacity) override;
  void end_group() override;
  void fill(const Path& path, const scene::FillPaint& paint, double spread) override;
  void stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) override;
  void symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) override;
  void image(const scene::Image& image, const scene::Rect& place, double opacity) override;
  void texts(std::span<const TextLine> lines) override;

  // What is drawn on now: the surface, or that of the innermost group. In place of the sheet's origin it has
  // its device offset.
  cairo_surface_t* target() const { return cairo_get_group_target(cairo_.get()); }

 private:
  struct GlyphRun;                                                          // of one face
  std::vector<GlyphRun> runs_of(std::string_view utf8, double size) const;  // from 0, 0
  // Each part of a line that stands straight, with the pen moved and turned to its beginning.
  template <class Visit>
  void for_parts(const TextLine& line, const Visit& visit);
  void use(const GlyphRun& run, double size);
  void set_colour(scene::Colour colour);
  void add_path(const Path& path);
  void hatch(const Path& path, scene::Colour colour);

  text::Faces faces_;
  double pixel_ratio_;
  std::vector<double> opacities_;  // of the open groups
  std::unique_ptr<cairo_t, CairoDestroy<cairo_t, cairo_destroy>> cairo_;
  using FontFace =
      std::unique_ptr<cairo_font_face_t, CairoDestroy<cairo_font_face_t, cairo_font_face_destroy>>;
  std::vector<FontFace> font_faces_;  // made when first needed
};

}  // namespace xiangtu::render::page
