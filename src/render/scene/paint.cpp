#include "render/scene/paint.hpp"

#include <algorithm>

namespace xiangtu::render::scene {

namespace {

SymbolPaint painted(const SymbolStyle& style, double size, double pixel_ratio) {
  return {style.shape, size, style.colour, style.outline, style.outline_width * pixel_ratio};
}

SymbolPaint disc(Colour colour, double size) {
  return {Shape::circle, size, colour, colour, 0};
}

}  // namespace

bool has_polygons(const MapLayer& layer) {
  return layer.table->geometry.kind() == table::GeometryKind::polygon;
}

std::vector<DrawingPass> drawing_passes(const Scene& scene) {
  std::vector<const MapLayer*> layers;
  for (const MapLayer& layer : scene.layers())
    if (layer.look.visible && layer.look.opacity > 0) layers.push_back(&layer);
  std::vector<DrawingPass> passes;
  for (const MapLayer* layer : layers)
    if (has_polygons(*layer)) passes.push_back({DrawingPass::Kind::fills, layer});
  // Counties lie under townships, but their borders over them.
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
    if (has_polygons(**layer)) passes.push_back({DrawingPass::Kind::outlines, *layer});
  for (const MapLayer* layer : layers) passes.push_back({DrawingPass::Kind::features, layer});
  return passes;
}

std::optional<StyledLine> line_of(const FeatureStyle& style, const LayerLook& look, const Camera& camera,
                                  double opacity) {
  const double zoom = camera.zoom();
  const double ratio = camera.pixel_ratio();
  if (!style.visible_at(zoom) || style.line.width.zero()) return std::nullopt;
  const double width = style.line.width.at(zoom) * ratio;
  const double casing = style.line.casing.at(zoom) * ratio;
  // Dashes of thin lines are as long as those of a line of one pixel.
  const double unit = std::max(width, ratio);
  StyledLine result;
  if (casing > 0) result.casing = {width + 2 * casing, style.line.casing_colour.with_alpha(opacity), 0, 0};
  result.line = {width, look.tint.value_or(style.line.colour).with_alpha(opacity), style.line.dash_on * unit,
                 style.line.dash_off * unit};
  return result;
}

StyledLine line_of(const FurnitureLine& line) {
  StyledLine result;
  if (line.casing > 0) result.casing = {line.width + 2 * line.casing, line.style.casing_colour, 0, 0};
  result.line = {line.width, line.style.colour, line.style.dash_on * line.width,
                 line.style.dash_off * line.width};
  return result;
}

FillPaint fill_of(const MapLayer& layer, std::size_t row, bool style_visible, const PaperStyle& paper) {
  const std::shared_ptr<const Choropleth>& choropleth = layer.look.choropleth;
  if (choropleth && row < choropleth->class_of_row.size()) {
    const std::uint8_t number = choropleth->class_of_row[row];
    if (number < choropleth->colours.size()) return {choropleth->colours[number], {0, 0, 0, 0}};
    return {paper.unknown, paper.unknown_hatch};
  }
  if (!style_visible) return {};
  const FillStyle& fill = layer.rows->styles[layer.rows->style_of_row[row]].fill;
  const bool tinted = layer.look.tint && fill.colour.a > 0;
  return {tinted ? layer.look.tint->with_alpha(fill.colour.a / 255.0) : fill.colour,
          fill.hatch == Hatch::diagonal ? paper.unknown_hatch : Colour{0, 0, 0, 0}};
}

FillPaint fill_of(const FurnitureBox& box) {
  return {box.fill, box.hatch == Hatch::diagonal ? box.hatch_colour : Colour{0, 0, 0, 0}};
}

bool is_paper(const MapLayer& layer) {
  using table::Role;
  return !layer.look.choropleth && !layer.look.tint &&
         (layer.role == Role::counties || layer.role == Role::townships || layer.role == Role::villages ||
          layer.role == Role::admin_villages || layer.role == Role::natural_villages);
}

double fill_opacity(const MapLayer& layer, double zoom, bool on_ground) {
  constexpr double fade_from = 10, fade_to = 13, faded = 0.35, over_ground = 0.65;
  if (!layer.look.choropleth) return layer.look.opacity;
  const double t = std::clamp((zoom - fade_from) / (fade_to - fade_from), 0.0, 1.0);
  return layer.look.opacity * (1 - t * (1 - faded)) * (on_ground ? over_ground : 1);
}

std::optional<SymbolPaint> symbol_of(const FeatureStyle& style, const LayerLook& look, const Camera& camera) {
  if (!style.visible_at(camera.zoom()) || style.symbol.shape == Shape::none) return std::nullopt;
  const double ratio = camera.pixel_ratio();
  SymbolPaint paint = painted(style.symbol, style.symbol.size.at(camera.zoom()) * ratio, ratio);
  if (look.tint) paint.colour = *look.tint;
  return paint;
}

SymbolPaint symbol_of(const FurnitureSymbol& symbol, double pixel_ratio) {
  return painted(symbol.style, symbol.size, pixel_ratio);
}

std::array<LinePaint, highlight_coats> highlight_lines(const FeatureStyle& style, const PaperStyle& paper,
                                                       const Camera& camera) {
  const double width = std::max(style.line.width.at(camera.zoom()), 1.5);
  return {{{(width + 5) * camera.pixel_ratio(), paper.highlight_halo, 0, 0},
           {(width + 1.5) * camera.pixel_ratio(), paper.highlight, 0, 0}}};
}

std::array<SymbolPaint, highlight_coats + 1> highlight_symbols(const FeatureStyle& style,
                                                               const PaperStyle& paper,
                                                               const Camera& camera) {
  const double size = std::max(style.symbol.size.at(camera.zoom()), 6.0);
  const double ratio = camera.pixel_ratio();
  return {{disc(paper.highlight_halo, (size + 13) * ratio), disc(paper.highlight, (size + 9) * ratio),
           painted(style.symbol, size * ratio, ratio)}};
}

SymbolPaint highlight_among_many(const PaperStyle& paper, const Camera& camera) {
  constexpr double size = 5, opacity = 0.75;
  return disc(paper.highlight.with_alpha(opacity), size * camera.pixel_ratio());
}

}  // namespace xiangtu::render::scene
