#include "render/gl/map_canvas.hpp"

#include <catch2/catch.hpp>

#include "render/gl/context.hpp"
#include "render/gl/gl_state.hpp"
#include "render/gl/golden.hpp"
#include "render/gl/target.hpp"
#include "render/region.hpp"

using namespace xiangtu;
using namespace xiangtu::render;

namespace {

struct Window {
  gl::OffscreenContext context = std::move(*gl::OffscreenContext::create());
  gl::MapRenderer renderer = std::move(*gl::MapRenderer::create(test::test_fonts()));
  gl::OffscreenTarget target = std::move(*gl::OffscreenTarget::create(500, 400));
  gl::MapCanvas canvas{renderer};
  test::Region region;
  scene::Camera camera{500, 400};
  gl::CanvasOptions options;
  Progress progress;

  Window() {
    camera.fit(region.scene.box(), {10, 10, 10, 10});
    region.scene.settle(camera, progress);
  }
  void frame(double budget_ms = 1000) {
    target.bind();
    options.budget_ms = budget_ms;
    canvas.draw(region.scene, camera, 0, 0, options);
  }
  // Frames until nothing changes any more; how many.
  int settle(double budget_ms) {
    for (int i = 1; i < 2000; ++i) {
      frame(budget_ms);
      if (canvas.settled()) return i;
    }
    return -1;
  }
  scene::Image exact() {
    target.bind();
    renderer.draw(region.scene, camera, 0, 0, {});
    return target.read();
  }
};

}  // namespace

TEST_CASE("at rest the canvas shows exactly what the renderer draws") {
  Window window;
  CHECK(window.settle(1000) == 1);
  CHECK(test::difference(window.target.read(), window.exact(), 8) < 0.01);
  CHECK(test::promised_state());
}

TEST_CASE("a picture may take many frames, and comes out the same") {
  Window window;
  CHECK(window.settle(0) > 1);
  const scene::Image slow = window.target.read();
  Window other;
  other.settle(1000);
  CHECK(slow.rgba == other.target.read().rgba);
}

TEST_CASE("moving shows the last picture in its new place at once and settles on the new one") {
  Window window;
  window.settle(1000);
  window.camera.pan(40, -20);
  window.frame(0);
  CHECK_FALSE(window.canvas.settled());
  window.region.scene.settle(window.camera, window.progress);
  CHECK(window.settle(1000) > 0);
  CHECK(test::difference(window.target.read(), window.exact(), 8) < 0.01);
}

TEST_CASE("a changed look, a choropleth or a selection comes to the canvas") {
  Window window;
  window.settle(1000);
  const scene::Image before = window.target.read();
  window.region.scene.look(window.region.roads)->visible = false;
  window.frame();
  CHECK(window.settle(1000) > 0);
  const scene::Image without_roads = window.target.read();
  CHECK(test::difference(before, without_roads, 24) > 0.02);
  window.region.scene.select({{window.region.counties, {RowIx{std::size_t{1}}}}});
  window.frame();
  CHECK(test::difference(without_roads, window.target.read(), 24) > 0.002);
}

TEST_CASE("the graticule lies over the layers, in the canvas as in a picture") {
  Window window;
  window.settle(1000);
  const scene::Image without = window.target.read();
  window.options.graticule = true;
  window.frame();
  const scene::Image with = window.target.read();
  CHECK(test::difference(without, with, 8) > 0.005);
  window.target.bind();
  window.renderer.draw(window.region.scene, window.camera, 0, 0, {true, true, 0, true, {}});
  CHECK(test::difference(with, window.target.read(), 8) < 0.01);
  CHECK(test::promised_state());
}
