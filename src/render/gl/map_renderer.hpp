// Scene → pixels, into whatever framebuffer is bound. Needs a current OpenGL 3.3 core context for all
// its life. Sets all state it depends on and leaves: depth, stencil, scissor and cull test off, blending
// on (straight alpha), no program, vertex array or texture bound, unpack alignment 4, and the framebuffer
// that was bound.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "render/scene/furniture.hpp"
#include "render/scene/labels.hpp"
#include "render/scene/scene.hpp"
#include "render/text/fonts.hpp"

namespace xiangtu::render::gl {

struct RendererState;

struct DrawOptions {
  bool labels = true;
  bool background = true;  // fills the viewport with the paper colour first
  // Thick anti-aliased segments that a frame may cost; beyond it the least important line styles are
  // drawn as hairlines. 0: no limit (pictures).
  std::size_t thick_segments = 0;
  bool graticule = false;
  std::vector<scene::ScreenBox> keep_free;  // of names, for what will be drawn over the map
};

struct DrawCounts {  // of the last draw()
  std::size_t tiles = 0, draw_calls = 0, segments = 0, triangles = 0, symbols = 0, labels = 0;
};

class MapRenderer {
 public:
  // Loads shaders from shaders_folder(). Errors: no_opengl (too old, or a shader that does not compile:
  // file and line), no_font.
  static Result<MapRenderer> create(const std::vector<text::FontFile>& fonts);
  MapRenderer(MapRenderer&&) noexcept;
  MapRenderer& operator=(MapRenderer&&) noexcept;
  ~MapRenderer();

  // Draws into the bound framebuffer. x, y: lower left corner of the viewport there, whose size is the
  // camera's. Uploads tiles on first use and forgets those not drawn for long. The whole picture at once:
  // what the window's MapCanvas comes to step by step, and what tests hold it and the sheets against.
  void draw(const scene::Scene& scene, const scene::Camera& camera, int x, int y, const DrawOptions& options);
  // Draws furniture over a viewport of the given size with its lower left corner at x, y.
  void draw(const scene::Furniture& furniture, int x, int y, int width, int height, double pixel_ratio);

  // Other fonts from now on. Error no_font: the present ones stay.
  Status use(const std::vector<text::FontFile>& fonts);
  text::Fonts& fonts();
  scene::MeasureText measure();  // lives as long as the renderer
  const DrawCounts& counts() const;

 private:
  friend class MapCanvas;
  explicit MapRenderer(std::unique_ptr<RendererState> state);
  std::unique_ptr<RendererState> state_;
};

}  // namespace xiangtu::render::gl
