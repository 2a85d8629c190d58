#include "view/tour.hpp"

namespace xiangtu::bench {

namespace {

using render::scene::Camera;
using render::scene::ScreenPoint;

constexpr double pan_px = 14;         // a frame: a brisk drag
constexpr double zoom_factor = 1.05;  // a frame: a doubling in a quarter of a second at 60 frames a second
constexpr double street_zoom = 15;
constexpr int stretch = 40;  // frames

class Tour {
 public:
  explicit Tour(const Camera& overview) : camera_(overview) {}

  void pan(double dx, double dy) {
    for (int i = 0; i < stretch; ++i) {
      camera_.pan(dx * pan_px, dy * pan_px);
      cameras.push_back(camera_);
    }
  }
  void zoom_to(double zoom, ScreenPoint at) {
    const double factor = zoom > camera_.zoom() ? zoom_factor : 1 / zoom_factor;
    while ((camera_.zoom() < zoom) == (factor > 1)) {
      camera_.zoom_at(at, factor);
      cameras.push_back(camera_);
    }
  }

  std::vector<Camera> cameras;

 private:
  Camera camera_;
};

}  // namespace

std::vector<Camera> tour(const Camera& overview) {
  Tour tour(overview);
  const double width = overview.width(), height = overview.height();
  tour.pan(-1, 0);
  tour.pan(1, 0.5);
  for (const ScreenPoint at :
       {ScreenPoint{width * 0.55, height * 0.45}, ScreenPoint{width * 0.4, height * 0.6}}) {
    tour.zoom_to((overview.zoom() + street_zoom) / 2, at);
    tour.pan(-1, 0.3);
    tour.zoom_to(street_zoom, at);
    tour.pan(0.7, -0.7);
    tour.zoom_to(overview.zoom(), at);
  }
  return tour.cameras;
}

}  // namespace xiangtu::bench
