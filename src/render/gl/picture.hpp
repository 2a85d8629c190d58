// One picture of a scene's layers as a list of small steps, so that it can be drawn at once or a few
// milliseconds a frame. Keeps all it needs: the scene may change meanwhile. Internal to this room.
#pragma once

#include <functional>
#include <vector>

#include "render/gl/renderer_state.hpp"

namespace xiangtu::render::gl {

struct PictureOptions {
  bool background = true;
  std::size_t thick_segments = 0;  // see DrawOptions
  int x = 0, y = 0;                // lower left corner in the framebuffer
};

class Picture {
 public:
  // Backgrounds, fills of polygons, their outlines, then lines and symbols layer by layer.
  Picture(const scene::Scene& scene, const scene::Camera& camera, RendererState& state,
          const PictureOptions& options);

  const scene::Camera& camera() const { return camera_; }
  // Draws into the bound framebuffer until about so many microseconds' worth of steps are done; true when
  // none is left. Between calls the framebuffer may be another one, but must be bound again.
  bool advance(double microseconds);
  void finish();

 private:
  struct LayerPieces {
    const scene::MapLayer* layer;
    std::vector<std::shared_ptr<const scene::Piece>> pieces;
  };
  struct Step {
    double microseconds = 0;  // a guess, on one core in software
    bool with_next = false;   // no break after it
    std::function<void()> run;
  };

  void add_background(const scene::PaperStyle& paper);
  void add_tiles(const scene::Background& background, const scene::Backgrounds& backgrounds);
  void add_fills(const LayerPieces& entry, const scene::PaperStyle& paper);
  void add_lines(const LayerPieces& entry, double opacity);
  void add_style(const LayerPieces& entry, std::size_t style, const scene::LinePaint& paint, bool hairline);
  void add_symbols(const LayerPieces& entry);
  void add_layer(const LayerPieces& entry);
  std::vector<bool> hairline_styles(const LayerPieces& entry);

  scene::Camera camera_;
  RendererState& state_;
  PictureOptions options_;
  bool on_ground_ = false;  // over a background, which fills must not hide
  std::size_t thick_left_;
  std::vector<Step> steps_;
  std::size_t next_ = 0;
};

}  // namespace xiangtu::render::gl
