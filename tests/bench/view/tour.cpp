#include "view/tour.hpp"

namespace xiangtu::bench {

namespace {

using render::scene::Camera;

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
  // The place stays where it is on the screen.
  void zoom_to(double zoom, geodesy::LonLat place) {
    const double factor = zoom > camera_.zoom() ? zoom_factor : 1 / zoom_factor;
    while ((camera_.zoom() < zoom) == (factor > 1)) {
      camera_.zoom_at(camera_.to_screen(place), factor);
      cameras.push_back(camera_);
    }
  }
  void begin_at(const Camera& camera) { camera_ = camera; }

  std::vector<Camera> cameras;

 private:
  Camera camera_;
};

}  // namespace

std::vector<Camera> tour(const Camera& overview, std::span<const geodesy::LonLat> places) {
  Tour tour(overview);
  tour.pan(-0.5, 0);
  tour.pan(0.5, 0.3);
  for (const geodesy::LonLat place : places) {
    tour.begin_at(overview);
    tour.zoom_to((overview.zoom() + street_zoom) / 2, place);
    tour.pan(-0.3, 0.3);
    tour.pan(0.3, -0.3);  // back to the place
    tour.zoom_to(street_zoom, place);
    tour.pan(0.7, -0.7);
    tour.pan(-0.7, 0.7);
    tour.zoom_to(overview.zoom(), place);
  }
  return tour.cameras;
}

}  // namespace xiangtu::bench
