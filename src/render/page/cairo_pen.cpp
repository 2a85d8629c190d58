#include "render/page/cairo_pen.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <cairo-ft.h>

#include "base/text.hpp"
#include "render/page/shapes.hpp"
#include "render/text/characters.hpp"

namespace xiangtu::render::page {

namespace {

// cairo keeps fonts for as long as it likes; the faces live until it has let go of the last.
cairo_font_face_t* font_face(const text::Faces& faces, std::size_t number) {
  static const cairo_user_data_key_t key{};
  cairo_font_face_t* face = cairo_ft_font_face_create_for_ft_face(faces.face(number), FT_LOAD_NO_HINTING);
  auto* owner = new text::Faces{faces};
  const auto let_go = [](void* held) { delete static_cast<text::Faces*>(held); };
  if (cairo_font_face_set_user_data(face, &key, owner, let_go) != CAIRO_STATUS_SUCCESS) delete owner;
  return face;
}

int utf8_length(char32_t character) {
  return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

}  // namespace

struct CairoPen::GlyphRun {
  std::size_t face = 0;
  std::string text;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

CairoPen::CairoPen(cairo_surface_t* surface, const text::Faces& faces, double units_per_pixel,
                   double pixel_ratio)
    : faces_(faces), pixel_ratio_(pixel_ratio), cairo_(cairo_create(surface)) {
  cairo_scale(cairo_.get(), units_per_pixel, units_per_pixel);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(cairo_.get(), options);
  cairo_font_options_destroy(options);
  font_faces_.resize(faces_.count());
}

CairoPen::~CairoPen() = default;

void CairoPen::begin_clip(const scene::Rect& rect) {
  cairo_save(cairo_.get());
  cairo_rectangle(cairo_.get(), rect.x, rect.y, rect.width, rect.height);
  cairo_clip(cairo_.get());
}

void CairoPen::end_clip() {
  cairo_restore(cairo_.get());
}

void CairoPen::begin_group(std::string_view, double opacity) {
  opacities_.push_back(opacity);
  if (opacity < 1) cairo_push_group(cairo_.get());
}

void CairoPen::end_group() {
  const double opacity = opacities_.back();
  opacities_.pop_back();
  if (opacity >= 1) return;
  cairo_pop_group_to_source(cairo_.get());
  cairo_paint_with_alpha(cairo_.get(), opacity);
}

void CairoPen::set_colour(scene::Colour colour) {
  cairo_set_source_rgba(cairo_.get(), colour.r / 255.0, colour.g / 255.0, colour.b / 255.0, colour.a / 255.0);
}

void CairoPen::add_path(const Path& path) {
  cairo_new_path(cairo_.get());
  const ScreenPoint* p = path.points().data();
  for (const Path::Verb verb : path.verbs()) {
    switch (verb) {
      case Path::Verb::move:
        cairo_move_to(cairo_.get(), p->x, p->y);
        ++p;
        break;
      case Path::Verb::line:
        cairo_line_to(cairo_.get(), p->x, p->y);
        ++p;
        break;
      case Path::Verb::curve:
        cairo_curve_to(cairo_.get(), p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
        p += 3;
        break;
      case Path::Verb::close:
        cairo_close_path(cairo_.get());
        break;
    }
  }
}

void CairoPen::fill(const Path& path, const scene::FillPaint& paint, double spread) {
  cairo_set_fill_rule(cairo_.get(), CAIRO_FILL_RULE_EVEN_ODD);
  add_path(path);
  set_colour(paint.colour);
  if (paint.colour.a == 255 && spread > 0) {
    cairo_fill_preserve(cairo_.get());
    cairo_set_line_width(cairo_.get(), 2 * spread);
    cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cairo_.get(), nullptr, 0, 0);
    cairo_stroke(cairo_.get());
  } else if (paint.colour.a > 0) {
    cairo_fill(cairo_.get());
  }
  if (paint.hatch.a > 0) hatch(path, paint.hatch);
}

void CairoPen::hatch(const Path& path, scene::Colour colour) {
  const double period = scene::hatch_period * pixel_ratio_;
  const scene::Rect box = path.bounds();
  cairo_save(cairo_.get());
  add_path(path);
  cairo_clip(cairo_.get());
  cairo_new_path(cairo_.get());
  // Stripes run down to the right: along each, x − y is the same whole number of periods.
  const auto first = static_cast<int>(std::floor((box.x - box.y - box.height) / period));
  const auto last = static_cast<int>(std::ceil((box.x + box.width - box.y) / period));
  for (int stripe = first; stripe <= last; ++stripe) {
    cairo_move_to(cairo_.get(), box.y + stripe * period, box.y);
    cairo_line_to(cairo_.get(), box.y + box.height + stripe * period, box.y + box.height);
  }
  set_colour(colour);
  cairo_set_line_width(cairo_.get(), scene::hatch_share * period);
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_SQUARE);
  cairo_set_dash(cairo_.get(), nullptr, 0, 0);
  cairo_stroke(cairo_.get());
  cairo_restore(cairo_.get());
}

void CairoPen::stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) {
  const bool dashed = paint.dash_on > 0 && paint.dash_off > 0;
  const double dashes[] = {paint.dash_on, paint.dash_off};
  add_path(path);
  set_colour(paint.colour);
  cairo_set_line_width(cairo_.get(), paint.width);
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo_.get(), dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(cairo_.get(), dashes, dashed ? 2 : 0, dash_begin);
  cairo_stroke(cairo_.get());
}

void CairoPen::symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) {
  cairo_set_fill_rule(cairo_.get(), CAIRO_FILL_RULE_WINDING);
  cairo_set_dash(cairo_.get(), nullptr, 0, 0);
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
  for (const ScreenPoint centre : centres) {
    Path path;
    add_shape(paint.shape, centre, paint.size / 2, path);
    add_path(path);
    // The outline lies around the shape: of the stroke its inner half is covered.
    if (paint.outline_width > 0 && paint.outline.a > 0) {
      set_colour(paint.outline);
      cairo_set_line_width(cairo_.get(), 2 * paint.outline_width);
      cairo_stroke_preserve(cairo_.get());
    }
    set_colour(paint.colour);
    cairo_fill(cairo_.get());
  }
}

void CairoPen::image(const scene::Image& image, const scene::Rect& place, double opacity) {
  const CairoSurface surface = surface_of(image);
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), place.x, place.y);
  cairo_scale(cairo_.get(), place.width / image.width, place.height / image.height);
  cairo_set_source_surface(cairo_.get(), surface.get(), 0, 0);
  cairo_paint_with_alpha(cairo_.get(), opacity);
  cairo_restore(cairo_.get());
}

std::vector<CairoPen::GlyphRun> CairoPen::runs_of(std::string_view utf8, double size) const {
  std::vector<GlyphRun> runs;
  if (faces_.count() == 0) return runs;
  const std::string clean = scrub_utf8(utf8);
  double x = 0;
  std::size_t at = 0;
  for (const char32_t character : text::characters(clean)) {
    const text::FaceGlyph& glyph = faces_.find(character);
    if (runs.empty() || runs.back().face != glyph.face) runs.push_back({glyph.face, {}, {}, {}});
    GlyphRun& run = runs.back();
    const int bytes = utf8_length(character);
    run.text.append(clean, at, static_cast<std::size_t>(bytes));
    run.glyphs.push_back({glyph.index, x, 0});
    run.clusters.push_back({bytes, 1});
    at += static_cast<std::size_t>(bytes);
    x += glyph.advance * size;
  }
  return runs;
}

template <class Visit>
void CairoPen::for_parts(const TextLine& line, const Visit& visit) {
  const auto part = [&](std::string_view text, ScreenPoint at, double angle) {
    cairo_save(cairo_.get());
    cairo_translate(cairo_.get(), at.x, at.y);
    cairo_rotate(cairo_.get(), angle);
    for (const GlyphRun& run : runs_of(text, line.size)) {
      use(run, line.size);
      visit(run);
    }
    cairo_restore(cairo_.get());
  };
  if (line.glyphs.empty()) part(line.text, line.left_baseline, 0);
  for (const scene::LabelGlyph& glyph : line.glyphs) part(glyph.text, glyph.left_baseline, glyph.angle);
}

void CairoPen::use(const GlyphRun& run, double size) {
  FontFace& face = font_faces_[run.face];
  if (!face) face.reset(font_face(faces_, run.face));
  cairo_set_font_face(cairo_.get(), face.get());
  cairo_set_font_size(cairo_.get(), size);
}

void CairoPen::texts(std::span<const TextLine> lines) {
  cairo_set_dash(cairo_.get(), nullptr, 0, 0);
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
  for (const TextLine& line : lines) {
    if (line.halo.a == 0) continue;
    set_colour(line.halo);
    cairo_set_line_width(cairo_.get(), 2 * line.halo_width);
    cairo_new_path(cairo_.get());
    for_parts(line, [&](const GlyphRun& run) {
      cairo_glyph_path(cairo_.get(), run.glyphs.data(), static_cast<int>(run.glyphs.size()));
    });
    cairo_stroke(cairo_.get());
  }
  for (const TextLine& line : lines) {
    set_colour(line.colour);
    for_parts(line, [&](const GlyphRun& run) {
      cairo_show_text_glyphs(cairo_.get(), run.text.data(), static_cast<int>(run.text.size()),
                             run.glyphs.data(), static_cast<int>(run.glyphs.size()), run.clusters.data(),
                             static_cast<int>(run.clusters.size()), cairo_text_cluster_flags_t{});
    });
  }
}

}  // namespace xiangtu::render::page
