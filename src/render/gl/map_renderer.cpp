#include "render/gl/map_renderer.hpp"

#include "render/gl/context.hpp"
#include "render/gl/picture.hpp"
#include "render/gl/renderer_state.hpp"

namespace xiangtu::render::gl {

Result<MapRenderer> MapRenderer::create(const std::vector<text::FontFile>& fonts) {
  if (const Status new_enough = check_opengl(); !new_enough) return new_enough.issue();
  Result<text::Fonts> opened = text::Fonts::open(fonts);
  if (!opened) return opened.issue();
  Result<Programs> programs = Programs::load();
  if (!programs) return programs.issue();
  return MapRenderer{std::make_unique<RendererState>(std::move(*opened), std::move(*programs))};
}

MapRenderer::MapRenderer(std::unique_ptr<RendererState> state) : state_(std::move(state)) {}
MapRenderer::MapRenderer(MapRenderer&&) noexcept = default;
MapRenderer& MapRenderer::operator=(MapRenderer&&) noexcept = default;
MapRenderer::~MapRenderer() = default;

void MapRenderer::draw(const scene::Scene& scene, const scene::Camera& camera, int x, int y,
                       const DrawOptions& options) {
  Picture{scene, camera, *state_, {options.background, options.thick_segments, x, y}}.finish();
  begin_drawing();
  draw_highlight(*state_, scene, camera);
  scene::LabelOptions labels{false, options.keep_free};
  if (options.graticule) {
    const auto degrees = draw_graticule(*state_, scene, camera, x, y);
    labels.keep_free.insert(labels.keep_free.end(), degrees.begin(), degrees.end());
  }
  if (options.labels) draw_labels(*state_, scene, camera, labels);
  end_drawing();
}

void MapRenderer::draw(const scene::Furniture& furniture, int x, int y, int width, int height,
                       double pixel_ratio) {
  draw_furniture(*state_, furniture, x, y, width, height, pixel_ratio);
}

Status MapRenderer::use(const std::vector<text::FontFile>& fonts) {
  Result<text::Fonts> opened = text::Fonts::open(fonts);
  if (!opened) return opened.issue();
  state_->fonts = std::move(*opened);
  state_->text_batch = {};  // its atlas is of the others
  return {};
}

text::Fonts& MapRenderer::fonts() {
  return state_->fonts;
}

scene::MeasureText MapRenderer::measure() {
  return
      [state = state_.get()](std::string_view text, double size) { return state->fonts.measure(text, size); };
}

const DrawCounts& MapRenderer::counts() const {
  return state_->counts;
}

}  // namespace xiangtu::render::gl
