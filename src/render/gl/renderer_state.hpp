// What a MapRenderer owns, shared by the parts that draw. Internal to this room.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "render/gl/box_batch.hpp"
#include "render/gl/gpu_piece.hpp"
#include "render/gl/map_renderer.hpp"
#include "render/gl/painter.hpp"
#include "render/gl/raster_textures.hpp"
#include "render/gl/row_colours.hpp"
#include "render/gl/target.hpp"
#include "render/gl/text_batch.hpp"
#include "render/text/fonts.hpp"

namespace xiangtu::render::gl {

struct RendererState {
  RendererState(text::Fonts opened, Programs loaded)
      : fonts(std::move(opened)), programs(std::move(loaded)) {}

  text::Fonts fonts;
  Programs programs;
  GpuPieces gpu_pieces;
  RasterTextures raster_textures;
  RowColours row_colours;
  TextBatch text_batch;
  BoxBatch box_batch;
  Buffer flat_buffer;
  VertexArray flat_array, empty_array;
  std::optional<OffscreenTarget> apart;  // for layers that are not opaque
  DrawCounts counts;

  // The selected rows' geometry at the detail of the last picture, in an area around its view.
  struct Highlight {
    std::uint64_t selection = 0;
    int level = -1;
    scene::WorldBox area;
    std::vector<std::pair<scene::LayerId, scene::Highlight>> layers;
  } highlight;
};

// Once a picture, before its first step.
void begin_picture(RendererState& state, const scene::Scene& scene);
// What lies over the layers and follows the camera at once: the selection and the names.
void draw_highlight(RendererState& state, const scene::Scene& scene, const scene::Camera& camera);
// Returns where its degrees stand, from the view's upper left corner.
std::vector<scene::ScreenBox> draw_graticule(RendererState& state, const scene::Scene& scene,
                                             const scene::Camera& camera, int x, int y);
void draw_labels(RendererState& state, const scene::Scene& scene, const scene::Camera& camera,
                 const scene::LabelOptions& options);
void draw_furniture(RendererState& state, const scene::Furniture& furniture, int x, int y, int width,
                    int height, double ratio);

}  // namespace xiangtu::render::gl
