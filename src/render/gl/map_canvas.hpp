// The map in a window, fluid whatever the data: the last finished picture is shown at once, moved and
// scaled to where the camera is now, while the next one is drawn beside it a few milliseconds a frame.
// A frame costs its budget plus one textured rectangle, the selection and the names.
//
// While the camera moves, next pictures are drafts (thin lines where there are too many thick ones); when it
// rests the last one is exactly what MapRenderer::draw draws. Names are cut at the edges: none jumps aside.
#pragma once

#include <memory>
#include <vector>

#include "render/gl/map_renderer.hpp"

namespace xiangtu::render::gl {

struct CanvasOptions {
  bool labels = true;
  bool graticule = false;
  bool draws_on = true;                     // else what was drawn before is shown and no more
  std::vector<scene::ScreenBox> keep_free;  // of names, for what is drawn over the map
  double budget_ms = 8;                     // of drawing a frame
  std::size_t draft_segments = 12'000;      // thick segments of a draft
};

// Needs a current context for all its life, and the renderer that it is given must outlive it.
class MapCanvas {
 public:
  explicit MapCanvas(MapRenderer& renderer);
  MapCanvas(MapCanvas&&) noexcept;
  MapCanvas& operator=(MapCanvas&&) noexcept;
  ~MapCanvas();

  // Like MapRenderer::draw, into the bound framebuffer. Call scene.update(camera) before.
  void draw(const scene::Scene& scene, const scene::Camera& camera, int x, int y,
            const CanvasOptions& options = {});
  // The last draw() showed the finished picture of its camera and of everything the scene had ready. With
  // Scene::settled(): nothing will change any more, and a window may wait for events.
  bool settled() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiangtu::render::gl
