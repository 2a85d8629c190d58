// The selection and the names, drawn over the layers.
#include <cmath>

#include "render/gl/renderer_state.hpp"

namespace xiangtu::render::gl {

using scene::Camera;
using scene::MapLayer;
using scene::Piece;
using scene::StyleRun;

namespace {

void update_highlight(RendererState& state, const scene::Scene& scene, const Camera& camera) {
  RendererState::Highlight& highlight = state.highlight;
  const int level = static_cast<int>(std::ceil(camera.zoom()));
  if (highlight.selection == scene.selection_revision() && highlight.level == level) return;
  highlight = {scene.selection_revision(), level, {}};
  for (const scene::LayerRows& rows : scene.selection())
    if (const MapLayer* layer = scene.find(rows.layer))
      highlight.pieces.push_back(
          {rows.layer, std::make_shared<const Piece>(scene.piece_of(*layer, camera, rows.rows))});
}

void highlight_lines(Painter& painter, GpuPiece& gpu, const Piece& piece, const MapLayer& layer,
                     const scene::PaperStyle& paper, const Camera& camera) {
  for (std::size_t coat = 0; coat < scene::highlight_coats; ++coat)
    for (const StyleRun& run : piece.segment_runs)
      painter.thick_lines(gpu, piece, camera, run,
                          scene::highlight_lines(layer.rows->styles[run.style.value], paper, camera)[coat]);
}

void highlight_symbols(Painter& painter, GpuPiece& gpu, const Piece& piece, const MapLayer& layer,
                       const scene::PaperStyle& paper, const Camera& camera) {
  for (const StyleRun& run : piece.symbol_runs)
    for (const scene::SymbolPaint& paint :
         scene::highlight_symbols(layer.rows->styles[run.style.value], paper, camera))
      painter.symbols(gpu, piece, camera, run, paint);
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
  for (const auto& [id, piece] : state.highlight.pieces) {
    const MapLayer* layer = scene.find(id);
    if (!layer || !layer->look.visible) continue;
    GpuPiece& gpu = state.gpu_pieces.of(piece);
    highlight_lines(painter, gpu, *piece, *layer, scene.styles().paper, camera);
    highlight_symbols(painter, gpu, *piece, *layer, scene.styles().paper, camera);
  }
}

void draw_labels(RendererState& state, const scene::Scene& scene, const Camera& camera) {
  state.fonts.trim();
  const auto measure = [&](std::string_view text, double size) { return state.fonts.measure(text, size); };
  const std::vector<scene::PlacedLabel> labels = scene::place_labels(scene, camera, measure);
  for (const scene::PlacedLabel& label : labels)
    state.text_batch.add(state.fonts, label.text, label.left_baseline, label.size, label.colour, label.halo,
                         scene::text_halo * camera.pixel_ratio());
  state.counts.labels = labels.size();
  state.text_batch.draw(state.fonts, state.programs.text, camera.width(), camera.height());
}

}  // namespace xiangtu::render::gl
