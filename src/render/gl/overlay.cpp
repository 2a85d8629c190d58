// The selection and the names, drawn over the layers.
#include <cmath>

#include "render/gl/renderer_state.hpp"
#include "render/scene/graticule.hpp"

namespace xiangtu::render::gl {

using scene::Camera;
using scene::FeatureStyle;
using scene::MapLayer;
using scene::Piece;
using scene::StyleRun;

namespace {

const scene::WorldBox everywhere{{-1, -1}, {2, 2}};

bool holds(const scene::WorldBox& outer, const scene::WorldBox& inner) {
  return outer.contains(inner.min) && outer.contains(inner.max);
}

// Around the view, so that it may move a little.
scene::WorldBox around(const scene::WorldBox& view) {
  const double x = (view.max.x - view.min.x) / 2, y = (view.max.y - view.min.y) / 2;
  return {{view.min.x - x, view.min.y - y}, {view.max.x + x, view.max.y + y}};
}

void update_highlight(RendererState& state, const scene::Scene& scene, const Camera& camera) {
  RendererState::Highlight& highlight = state.highlight;
  const int level = static_cast<int>(std::ceil(camera.zoom()));
  if (highlight.selection == scene.selection_revision() && highlight.level == level &&
      holds(highlight.area, camera.view()))
    return;
  std::size_t count = 0;
  for (const scene::LayerRows& rows : scene.selection()) count += rows.rows.size();
  const scene::WorldBox area = count <= scene::few_highlighted ? everywhere : around(camera.view());
  highlight = {scene.selection_revision(), level, area, {}};
  for (const scene::LayerRows& rows : scene.selection())
    if (const MapLayer* layer = scene.find(rows.layer))
      highlight.layers.emplace_back(rows.layer, scene.highlight_of(*layer, camera, rows.rows, area));
}

// One layer's selected rows, with what is needed to draw them.
struct HighlightedLayer {
  const MapLayer& layer;
  const scene::Highlight& highlight;
  const scene::PaperStyle& paper;
  const Camera& camera;
};

// Of many lines only the last coat, thin.
void highlight_lines(Painter& painter, GpuPiece& gpu, const HighlightedLayer& what) {
  const Piece& piece = *what.highlight.piece;
  for (std::size_t coat = 0; coat < scene::highlight_coats; ++coat) {
    if (what.highlight.many && coat + 1 < scene::highlight_coats) continue;
    for (const StyleRun& run : piece.segment_runs) {
      const FeatureStyle& style = what.layer.rows->styles[run.style.value];
      const scene::LinePaint paint = scene::highlight_lines(style, what.paper, what.camera)[coat];
      if (what.highlight.many)
        painter.hairlines(gpu, piece, what.camera, run, paint);
      else
        painter.thick_lines(gpu, piece, what.camera, run, paint);
    }
  }
}

void highlight_symbols(Painter& painter, GpuPiece& gpu, const HighlightedLayer& what) {
  const Piece& piece = *what.highlight.piece;
  for (const StyleRun& run : piece.symbol_runs) {
    const FeatureStyle& style = what.layer.rows->styles[run.style.value];
    if (what.highlight.many) {
      painter.symbols(gpu, piece, what.camera, run, scene::highlight_among_many(what.paper, what.camera));
      continue;
    }
    for (const scene::SymbolPaint& paint : scene::highlight_symbols(style, what.paper, what.camera))
      if (paint.shape != scene::Shape::none) painter.symbols(gpu, piece, what.camera, run, paint);
  }
}

}  // namespace

void begin_picture(RendererState& state, const scene::Scene& scene) {
  state.gpu_pieces.sweep();
  state.raster_textures.sweep();
  state.row_colours.keep_only(scene.layers());
  state.counts = {};
}

void draw_highlight(RendererState& state, const scene::Scene& scene, const Camera& camera) {
  update_highlight(state, scene, camera);
  Painter painter{state.programs, state.counts, camera.width(), camera.height()};
  for (const auto& [id, highlight] : state.highlight.layers) {
    const MapLayer* layer = scene.find(id);
    if (!layer || !layer->look.visible) continue;
    GpuPiece& gpu = state.gpu_pieces.of(highlight.piece);
    const HighlightedLayer what{*layer, highlight, scene.styles().paper, camera};
    highlight_lines(painter, gpu, what);
    highlight_symbols(painter, gpu, what);
  }
}

std::vector<scene::ScreenBox> draw_graticule(RendererState& state, const scene::Scene& scene,
                                             const Camera& camera, int x, int y) {
  const scene::Furniture lines = scene::graticule(camera, scene.styles().paper);
  draw_furniture(state, lines, x, y, camera.width(), camera.height(), camera.pixel_ratio());
  begin_drawing();
  return scene::degree_boxes(
      lines, [&](std::string_view text, double size) { return state.fonts.measure(text, size); });
}

void draw_labels(RendererState& state, const scene::Scene& scene, const Camera& camera,
                 const scene::LabelOptions& options) {
  state.fonts.trim();
  const auto measure = [&](std::string_view text, double size) { return state.fonts.measure(text, size); };
  const std::vector<scene::PlacedLabel> labels = scene::place_labels(scene, camera, measure, options);
  const double halo = scene::text_halo * camera.pixel_ratio();
  TextBatch& texts = state.text_batch;
  for (const scene::PlacedLabel& label : labels) {
    if (label.box) state.box_batch.add(*label.box);
    for (const scene::LabelGlyph& glyph : label.glyphs)
      texts.add_turned(state.fonts, glyph.text, glyph.left_baseline, glyph.angle, label.size, label.colour,
                       label.halo, halo);
    if (label.glyphs.empty())
      texts.add(state.fonts, label.text, label.left_baseline, label.size, label.colour, label.halo, halo);
  }
  state.counts.labels = labels.size();
  state.box_batch.draw(state.programs.box, camera.width(), camera.height());
  texts.draw(state.fonts, state.programs.text, camera.width(), camera.height());
}

}  // namespace xiangtu::render::gl
