// A short flight from one view to another: out, across and in, so that the eye can follow.
// After J. van Wijk and W. Nuij, "Smooth and efficient zooming and panning", InfoVis 2003.
#pragma once

#include "render/scene/camera.hpp"

namespace xiangtu::render::scene {

class Flight {
 public:
  Flight(const Camera& from, const Camera& to);

  double duration_s() const { return duration_s_; }
  // The camera, of whatever size it is, where the flight is after so many seconds; after its duration exactly
  // centre and zoom of the end.
  void place(double seconds, Camera& camera) const;

 private:
  Camera from_, to_;
  double width_from_, width_to_;  // of the views, in world units
  double across_;                 // between their centres
  double r0_ = 0, length_ = 0;    // of the path, where it is not a zoom in place
  double duration_s_;
};

}  // namespace xiangtu::render::scene
