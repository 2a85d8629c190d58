// How features are painted in a view: style, look and zoom made into colours and sizes in device pixels.
// What is drawn as pixels and what is drawn on a page looks alike because both ask here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "render/scene/furniture.hpp"
#include "render/scene/scene.hpp"

namespace xiangtu::render::scene {

inline constexpr double text_halo = 1.5;     // style pixels on each side of a name
inline constexpr double hatch_period = 8;    // style pixels from stripe to stripe, across and down …
inline constexpr double hatch_share = 0.32;  // … and how much of it, measured across the stripes, is stripe

bool has_polygons(const MapLayer& layer);

// The visible layers in the order of drawing: fills of polygons, their outlines, then features layer by
// layer: lines that are no outlines, and symbols.
struct DrawingPass {
  enum class Kind : std::uint8_t { fills, outlines, features };
  Kind kind;
  const MapLayer* layer;
};
std::vector<DrawingPass> drawing_passes(const Scene& scene);

struct LinePaint {
  double width = 1;
  Colour colour;
  double dash_on = 0, dash_off = 0;  // 0: solid
};
struct StyledLine {
  std::optional<LinePaint> casing;  // drawn before
  LinePaint line;
};
// Nothing where the style has no line at this zoom.
std::optional<StyledLine> line_of(const FeatureStyle& style, const LayerLook& look, const Camera& camera,
                                  double opacity);
StyledLine line_of(const FurnitureLine& line);

struct FillPaint {
  Colour colour{0, 0, 0, 0};
  Colour hatch{0, 0, 0, 0};  // stripes over it
  bool operator==(const FillPaint&) const = default;
};
// Of one polygon of a layer, without the layer's opacity.
FillPaint fill_of(const MapLayer& layer, std::size_t row, bool style_visible, const PaperStyle& paper);
FillPaint fill_of(const FurnitureBox& box);
// Units without colours of their own are filled like the paper they are printed on: not over a background.
bool is_paper(const MapLayer& layer);
// Of all fills of a layer: colours of units fade as one comes closer, where the roads and villages within
// them matter more. Over a background (on_ground) they let it through.
double fill_opacity(const MapLayer& layer, double zoom, bool on_ground);

struct SymbolPaint {
  Shape shape = Shape::none;
  double size = 0;
  Colour colour, outline;
  double outline_width = 0;
  bool operator==(const SymbolPaint&) const = default;
};
SymbolPaint symbol_of(const FurnitureSymbol& symbol, double pixel_ratio);
// Nothing where the style has no symbol at this zoom.
std::optional<SymbolPaint> symbol_of(const FeatureStyle& style, const LayerLook& look, const Camera& camera);

// What stresses a selected feature, in the order of drawing.
inline constexpr std::size_t highlight_coats = 2;
std::array<LinePaint, highlight_coats> highlight_lines(const FeatureStyle& style, const PaperStyle& paper,
                                                       const Camera& camera);
std::array<SymbolPaint, highlight_coats + 1> highlight_symbols(const FeatureStyle& style,
                                                               const PaperStyle& paper, const Camera& camera);
// A selected feature's place where so many are selected that the map has to show between them.
SymbolPaint highlight_among_many(const PaperStyle& paper, const Camera& camera);

}  // namespace xiangtu::render::scene
