#include "viewer/panels/swatches.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::viewer {

namespace scene = render::scene;
using scene::Shape;
using table::GeometryKind;

namespace {

constexpr double typical_zoom = 13;

void line(ImDrawList& draw, const scene::LineStyle& style, ImVec2 from, ImVec2 to) {
  const auto width = static_cast<float>(std::clamp(style.width.at(typical_zoom), 1.0, 4.0));
  if (style.dash_off <= 0) return draw.AddLine(from, to, packed(style.colour), width);
  const auto on = std::max(static_cast<float>(style.dash_on) * width, 2.0f),
             off = std::max(static_cast<float>(style.dash_off) * width, 2.0f);
  for (float x = from.x; x < to.x; x += on + off)
    draw.AddLine({x, from.y}, {std::min(x + on, to.x), from.y}, packed(style.colour), width);
}

void polygon(ImDrawList& draw, ImVec2 centre, float radius, int corners, float turned, ImU32 fill,
             ImU32 outline) {
  ImVec2 points[10];
  for (int i = 0; i < corners; ++i) {
    const float angle = turned + 6.2831853f * static_cast<float>(i) / static_cast<float>(corners);
    points[i] = {centre.x + radius * std::sin(angle), centre.y - radius * std::cos(angle)};
  }
  draw.AddConvexPolyFilled(points, corners, fill);
  draw.AddPolyline(points, corners, outline, ImDrawFlags_Closed, 1);
}

void symbol(ImDrawList& draw, const scene::SymbolStyle& style, ImVec2 centre, float radius) {
  const ImU32 fill = packed(style.colour), outline = packed(style.outline);
  constexpr float eighth = 0.7853982f;
  switch (style.shape) {
    case Shape::square:
    case Shape::house:
    case Shape::bridge:
      return polygon(draw, centre, radius * 1.2f, 4, eighth, fill, outline);
    case Shape::diamond:
      return polygon(draw, centre, radius * 1.2f, 4, 0, fill, outline);
    case Shape::triangle:
      return polygon(draw, centre, radius * 1.2f, 3, 0, fill, outline);
    case Shape::star:
      return polygon(draw, centre, radius * 1.1f, 5, 0, fill, outline);
    case Shape::cross:
      draw.AddLine({centre.x - radius, centre.y}, {centre.x + radius, centre.y}, fill, 3);
      return draw.AddLine({centre.x, centre.y - radius}, {centre.x, centre.y + radius}, fill, 3);
    default:
      draw.AddCircleFilled(centre, radius, fill);
      return draw.AddCircle(centre, radius, outline);
  }
}

}  // namespace

ImU32 packed(scene::Colour colour) {
  return IM_COL32(colour.r, colour.g, colour.b, colour.a);
}

Swatch layer_swatch(const scene::MapLayer& layer) {
  Swatch shown{layer.table->geometry.kind(), {}};
  const auto& styles = layer.rows->styles;
  if (styles.empty()) return shown;
  // The style drawn last is the one that stands out.
  shown.style = styles.back();
  if (layer.look.tint)
    shown.style.line.colour = shown.style.symbol.colour = shown.style.fill.colour = *layer.look.tint;
  return shown;
}

void swatch(const Swatch& shown, float width, float lower) {
  const float height = ImGui::GetTextLineHeight();
  const ImVec2 place = ImGui::GetCursorScreenPos();
  const ImVec2 at{place.x, place.y + lower};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 centre{at.x + width / 2, at.y + height / 2};
  const scene::FeatureStyle& style = shown.style;
  if (style.symbol.shape != Shape::none) {
    symbol(draw, style.symbol, centre, height * 0.3f);
  } else if (shown.kind == GeometryKind::polygon) {
    const ImVec2 corner{at.x + width, at.y + height - 2};
    draw.AddRectFilled({at.x, at.y + 2}, corner, packed(style.fill.colour), 2);
    draw.AddRect({at.x, at.y + 2}, corner, packed(style.line.colour), 2);
  } else {
    line(draw, style.line, {at.x, centre.y}, {at.x + width, centre.y});
  }
  ImGui::Dummy({width, height});
}

bool colour_button(const char* id, scene::Colour& colour, bool with_opacity) {
  float channels[4] = {static_cast<float>(colour.r) / 255, static_cast<float>(colour.g) / 255,
                       static_cast<float>(colour.b) / 255, static_cast<float>(colour.a) / 255};
  const ImGuiColorEditFlags flags =
      ImGuiColorEditFlags_NoInputs | ImGuiColorEditFlags_NoLabel |
      (with_opacity ? ImGuiColorEditFlags_AlphaBar | ImGuiColorEditFlags_AlphaPreviewHalf
                    : ImGuiColorEditFlags_NoAlpha);
  if (!ImGui::ColorEdit4(id, channels, flags)) return false;
  const auto byte = [](float channel) { return static_cast<std::uint8_t>(std::lround(channel * 255)); };
  const scene::Colour chosen{byte(channels[0]), byte(channels[1]), byte(channels[2]),
                             with_opacity ? byte(channels[3]) : colour.a};
  if (chosen == colour) return false;
  colour = chosen;
  return true;
}

}  // namespace xiangtu::viewer
