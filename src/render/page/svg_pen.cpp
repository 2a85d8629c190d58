#include "render/page/svg_pen.hpp"

#include <algorithm>
#include <numbers>

#include <fmt/format.h>

#include "render/page/cairo_image.hpp"
#include "render/page/shapes.hpp"
#include "render/page/svg_text.hpp"

namespace xiangtu::render::page {

namespace {

constexpr double css_per_inch = 96;
constexpr int symbol_decimals = 3;  // they are small

std::string place_attributes(ScreenPoint place) {
  return fmt::format(R"( x="{}" y="{}")", decimal(place.x), decimal(place.y));
}

}  // namespace

SvgPen::SvgPen(const SvgHead& head) : ratio_(head.dpi / css_per_inch) {
  // Tenths of a style pixel are a fortieth of a millimetre.
  const auto css = [&](int pixels) { return decimal(pixels * css_per_inch / head.dpi); };
  svg_ = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="{}" height="{}" viewBox="0 0 {} {}")",
      css(head.width), css(head.height), head.width, head.height);
  svg_ += R"( stroke-linejoin="round" stroke-linecap="round" fill-rule="evenodd" font-family=")";
  for (const std::string& family : head.families) {
    std::string plain = family;  // a quote or a backslash would end the family's own quotes
    std::erase_if(plain, [](char c) { return c == '\'' || c == '\\'; });
    svg_ += fmt::format("'{}', ", xml_escaped(plain));
  }
  svg_ += "sans-serif\">\n";
  if (!head.title.empty()) svg_ += fmt::format("<title>{}</title>\n", xml_escaped(head.title));
  if (!head.description.empty()) svg_ += fmt::format("<desc>{}</desc>\n", xml_escaped(head.description));
  svg_ += fmt::format("<path fill=\"#fff\" d=\"M0 0h{}v{}h-{}z\"/>\n", head.width, head.height, head.width);
}

void SvgPen::begin_clip(const scene::Rect& rect) {
  Path path;
  path.add_rect(rect);
  const std::string name =
      definition(fmt::format(R"(<clipPath id="{{}}"><path d="{}"/></clipPath>)", path_data(path, 2)));
  svg_ += fmt::format("<g clip-path=\"url(#{})\">\n", name);
}

void SvgPen::end_clip() {
  svg_ += "</g>\n";
}

void SvgPen::begin_group(std::string_view name, double opacity) {
  svg_ += fmt::format("<g class=\"{}\"", name);
  if (opacity < 1) svg_ += fmt::format(" opacity=\"{}\"", decimal(opacity, 3));
  svg_ += ">\n";
}

void SvgPen::end_group() {
  svg_ += "</g>\n";
}

void SvgPen::fill(const Path& path, const scene::FillPaint& paint, double spread) {
  const std::string data = path_data(path, 1);
  if (paint.colour.a > 0) {
    svg_ += "<path" + colour_attribute("fill", paint.colour);
    if (paint.colour.a == 255 && spread > 0)
      svg_ += colour_attribute("stroke", paint.colour) +
              fmt::format(R"( stroke-width="{}")", decimal(2 * spread));
    svg_ += " d=\"" + data + "\"/>\n";
  }
  if (paint.hatch.a > 0)
    svg_ += fmt::format("<path fill=\"url(#{})\" d=\"{}\"/>\n", hatch_of(paint.hatch), data);
}

void SvgPen::stroke(const Path& path, const scene::LinePaint& paint, double dash_begin) {
  svg_ += "<path fill=\"none\"" + colour_attribute("stroke", paint.colour);
  svg_ += fmt::format(R"( stroke-width="{}")", decimal(paint.width));
  if (paint.dash_on > 0 && paint.dash_off > 0) {
    svg_ += fmt::format(R"( stroke-linecap="butt" stroke-dasharray="{} {}")", decimal(paint.dash_on),
                        decimal(paint.dash_off));
    if (dash_begin > 0) svg_ += fmt::format(R"( stroke-dashoffset="{}")", decimal(dash_begin));
  }
  svg_ += " d=\"" + path_data(path, 1) + "\"/>\n";
}

void SvgPen::symbols(const scene::SymbolPaint& paint, std::span<const ScreenPoint> centres) {
  if (centres.empty()) return;
  const std::string& name = symbol_of(paint);
  for (const ScreenPoint centre : centres)
    svg_ += fmt::format("<use xlink:href=\"#{}\" x=\"{}\" y=\"{}\"/>\n", name, decimal(centre.x, 1),
                        decimal(centre.y, 1));
}

void SvgPen::image(const scene::Image& image, const scene::Rect& place, double opacity) {
  svg_ += fmt::format(R"(<image x="{}" y="{}" width="{}" height="{}")", decimal(place.x), decimal(place.y),
                      decimal(place.width), decimal(place.height));
  if (opacity < 1) svg_ += fmt::format(R"( opacity="{}")", decimal(opacity, 3));
  svg_ += " xlink:href=\"" + png_address(image) + "\"/>\n";
}

void SvgPen::texts(std::span<const TextLine> lines) {
  for (const TextLine& line : lines) {
    svg_ += "<text";
    if (line.glyphs.empty()) svg_ += place_attributes(line.left_baseline);
    svg_ += fmt::format(R"( font-size="{}")", decimal(line.size));
    svg_ += colour_attribute("fill", line.colour);
    if (line.halo.a > 0)
      svg_ += R"( paint-order="stroke")" + colour_attribute("stroke", line.halo) +
              fmt::format(R"( stroke-width="{}")", decimal(2 * line.halo_width));
    svg_ += " xml:space=\"preserve\">";
    if (line.glyphs.empty()) svg_ += xml_escaped(line.text);
    for (const scene::LabelGlyph& glyph : line.glyphs)
      svg_ += fmt::format(R"(<tspan{} rotate="{}">{}</tspan>)", place_attributes(glyph.left_baseline),
                          decimal(glyph.angle * 180 / std::numbers::pi, 1), xml_escaped(glyph.text));
    svg_ += "</text>\n";
  }
}

const std::string& SvgPen::hatch_of(scene::Colour colour) {
  const double period = scene::hatch_period * ratio_;
  // The stripe through the tile's middle, from its left upper to its right lower corner, and what of its
  // neighbours reaches into the other two corners.
  Path path;
  for (const double shift : {-1.0, 0.0, 1.0}) {
    path.move_to({(shift - 0.5) * period, -0.5 * period});
    path.line_to({(shift + 1.5) * period, 1.5 * period});
  }
  return definition(fmt::format(
      R"(<pattern id="{{}}" patternUnits="userSpaceOnUse" width="{0}" height="{0}"><path fill="none" stroke-width="{1}"{2} d="{3}"/></pattern>)",
      decimal(period, 3), decimal(scene::hatch_share * period, 3), colour_attribute("stroke", colour),
      path_data(path, symbol_decimals)));
}

const std::string& SvgPen::symbol_of(const scene::SymbolPaint& paint) {
  Path path;
  add_shape(paint.shape, {0, 0}, paint.size / 2, path);
  const std::string data = path_data(path, symbol_decimals);
  std::string drawing;
  // The outline lies around the shape: of the stroke its inner half is covered.
  if (paint.outline_width > 0 && paint.outline.a > 0)
    drawing += fmt::format(R"(<path{}{} stroke-width="{}" d="{}"/>)", colour_attribute("fill", paint.outline),
                           colour_attribute("stroke", paint.outline), decimal(2 * paint.outline_width), data);
  drawing += fmt::format(R"(<path{} d="{}"/>)", colour_attribute("fill", paint.colour), data);
  return definition(R"(<g id="{}" fill-rule="nonzero">)" + drawing + "</g>");
}

const std::string& SvgPen::definition(std::string element) {
  const auto [found, fresh] = definitions_.try_emplace(std::move(element));
  if (!fresh) return found->second;
  found->second = "d" + std::to_string(definitions_.size());
  svg_ += "<defs>" + fmt::format(fmt::runtime(found->first), found->second) + "</defs>\n";
  return found->second;
}

std::string SvgPen::finish() {
  svg_ += "</svg>\n";
  return std::move(svg_);
}

}  // namespace xiangtu::render::page
