#include "render/page/pixel_pen.hpp"

#include <algorithm>
#include <cmath>

#include "render/text/characters.hpp"

namespace xiangtu::render::page {

namespace {

// To be written to; done() when it was.
class OpenPixels {
 public:
  explicit OpenPixels(cairo_surface_t* surface) : surface_(surface) {
    cairo_surface_flush(surface);
    double x = 0, y = 0;
    cairo_surface_get_device_offset(surface, &x, &y);
    const int left = -static_cast<int>(x), top = -static_cast<int>(y);
    pixels_ = {reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface)),
               cairo_image_surface_get_stride(surface) / 4,
               {left, top, left + cairo_image_surface_get_width(surface),
                top + cairo_image_surface_get_height(surface)}};
  }
  ~OpenPixels() { cairo_surface_mark_dirty(surface_); }
  OpenPixels(const OpenPixels&) = delete;
  OpenPixels& operator=(const OpenPixels&) = delete;
  const Pixels& operator*() const { return pixels_; }

 private:
  cairo_surface_t* surface_;
  Pixels pixels_;
};

// Calls visit(a, b, first) for each part of a path, with curves as if they were straight; first: of a
// subpath.
template <class Visit>
void for_lines(const Path& path, const Visit& visit) {
  const ScreenPoint* p = path.points().data();
  ScreenPoint begin, last;
  bool first = true;
  for (const Path::Verb verb : path.verbs()) {
    if (verb == Path::Verb::move) begin = *p;
    if (verb == Path::Verb::curve) p += 2;
    const ScreenPoint next = verb == Path::Verb::close ? begin : *p++;
    if (verb != Path::Verb::move) visit(last, next, first);
    first = verb == Path::Verb::move;
    last = next;
  }
}

}  // namespace

SymbolStamps& PixelTools::stamps_of(const scene::SymbolPaint& paint) {
  const auto known = std::find_if(stamps.begin(), stamps.end(),
                                  [&](const SymbolStamps& made) { return made.paint() == paint; });
  return known != stamps.end() ? *known : stamps.emplace_back(paint, fonts.faces());
}

PixelPen::PixelPen(cairo_surface_t* surface, const PixelRect& area, PixelTools& tools, double pixel_ratio)
    : tools_(tools),
      cairo_(surface, tools.fonts.faces(), 1, pixel_ratio),
      area_(area),
      clip_(area),
      coverage_(area) {}

PixelPen::~PixelPen() {
  lay_strokes();
}

void PixelPen::set_clip(const PixelRect& clip) {
  clip_ = clip;
  coverage_.set_clip(clip);
}

void PixelPen::begin_clip(const scene::Rect& rect) {
  lay_strokes();
  cairo_.begin_clip(rect);
  const auto whole = [](double edge) { return static_cast<int>(std::lround(edge)); };
  set_clip(
      PixelRect{whole(rect.x), whole(rect.y), whole(rect.x + rect.width), whole(rect.y + rect.height)}.cut_to(
          area_));
}

void PixelPen::end_clip() {
  lay_strokes();
  cairo_.end_clip();
  set_clip(area_);
}

void PixelPen::begin_group(std::string_view name, double opacity) {
  lay_strokes();
  cairo_.begin_group(name, opacity);
}

void PixelPen::end_group() {
  lay_strokes();
  cairo_.end_group();
}

void PixelPen::fill(const Path& path, const scene::FillPaint& paint, double spread) {
  lay_strokes();
  cairo_.fill(path, paint, 0);
  if (paint.colour.a == 255 && spread > 0) stroke(path, {2 * spread, paint.colour, 0, 0}, 0);
}

void PixelPen::image(const scene::Image& image, const scene::Rect& place, double opacity) {
  lay_strokes();
  cairo_.image(image, place, opacity);
}

void PixelPen::lay(scene::Colour colour) {
  coverage_.lay(colour, *OpenPixels{cairo_.target()});
}

void PixelPen::lay_strokes() {
  if (strokes_) lay(*strokes_);
  strokes_.reset();
}

// along: how far into the dashes the line begins; afterwards, where it ends.
void PixelPen::add_dashes(ScreenPoint a, ScreenPoint b, const scene::LinePaint& paint, double& along) {
  const double period = paint.dash_on + paint.dash_off;
  const double length = std::hypot(b.x - a.x, b.y - a.y);
  const auto place = [&](double at) {
    return ScreenPoint{a.x + (b.x - a.x) * at / length, a.y + (b.y - a.y) * at / length};
  };
  const double first = std::floor(along / period) * period - along;
  for (int i = 0; first + i * period < length; ++i) {
    const double dash = first + i * period;
    const double from = std::max(dash, 0.0), to = std::min(dash + paint.dash_on, length);
    if (from < to)
      coverage_.add({place(from), place(to), paint.width / 2, dash >= 0, dash + paint.dash_on <= length});
  }
  along += length;
}

// Neighbours of one colour are laid together: each dashed line comes by itself.
void PixelPen::stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) {
  if (strokes_ != paint.colour) lay_strokes();
  strokes_ = paint.colour;
  if (paint.dash_on > 0 && paint.dash_off > 0) {
    double along = dash_begin;
    for_lines(path, [&](ScreenPoint a, ScreenPoint b, bool first) {
      if (first) along = dash_begin;
      add_dashes(a, b, paint, along);
    });
  } else {
    for_lines(path, [&](ScreenPoint a, ScreenPoint b, bool) {
      coverage_.add({a, b, paint.width / 2, false, false});
    });
  }
}

void PixelPen::symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) {
  if (centres.empty()) return;
  lay_strokes();
  SymbolStamps& stamps = tools_.stamps_of(paint);
  const OpenPixels target{cairo_.target()};
  const PixelRect visible = clip_.cut_to((*target).place);
  for (const ScreenPoint centre : centres) {
    const SymbolStamps::Stamp stamp = stamps.at(centre);
    const PixelRect seen = stamp.place.cut_to(visible);
    for (int line = seen.top; line < seen.bottom; ++line) {
      std::uint32_t* pixel = (*target).at(seen.left, line);
      const std::uint32_t* colour = stamp.at(seen.left, line);
      for (int column = seen.left; column < seen.right; ++column, ++pixel, ++colour)
        if (*colour != 0) *pixel = laid_over(*colour, *pixel);
    }
  }
}

void PixelPen::add_glyphs(std::string_view utf8, ScreenPoint left_baseline, double angle, double size,
                          double outline) {
  double pen = 0;
  const bool turned = angle != 0;
  for (const char32_t character : text::characters(utf8)) {
    const text::Glyph& glyph = tools_.fonts.glyph(character, size, outline);
    const std::ptrdiff_t stride = tools_.fonts.atlas_width();
    Coverage::Mask mask{tools_.fonts.atlas().data() + glyph.v * stride + glyph.u,
                        stride,
                        glyph.width,
                        glyph.height,
                        left_baseline,
                        glyph.left,
                        -static_cast<double>(glyph.top)};
    if (turned) {
      mask.left += pen;
      coverage_.add_turned(mask, angle);
    } else {
      mask.origin = {std::round(left_baseline.x + pen), std::round(left_baseline.y)};
      coverage_.add(mask);
    }
    pen += static_cast<double>(glyph.advance);
  }
}

void PixelPen::add_text(const TextLine& line, double outline) {
  if (line.glyphs.empty()) add_glyphs(line.text, line.left_baseline, 0, line.size, outline);
  for (const scene::LabelGlyph& glyph : line.glyphs)
    add_glyphs(glyph.text, glyph.left_baseline, glyph.angle, line.size, outline);
}

// Neighbours of one colour are laid together.
void PixelPen::texts(std::span<const TextLine> lines) {
  lay_strokes();
  const auto coat = [&](scene::Colour TextLine::*colour, const auto& outline) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if ((lines[i].*colour).a > 0) add_text(lines[i], outline(lines[i]));
      if (i + 1 == lines.size() || lines[i + 1].*colour != lines[i].*colour) lay(lines[i].*colour);
    }
  };
  coat(&TextLine::halo, [](const TextLine& line) { return line.halo_width; });
  coat(&TextLine::colour, [](const TextLine&) { return 0.0; });
}

}  // namespace xiangtu::render::page
