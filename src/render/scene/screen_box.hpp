// An upright rectangle on the screen.
#pragma once

#include "render/scene/camera.hpp"

namespace xiangtu::render::scene {

struct ScreenBox {  // device pixels
  double left = 0, top = 0, right = 0, bottom = 0;
  bool meets(const ScreenBox& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  bool contains(const ScreenBox& other) const {
    return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
  }
  bool contains(ScreenPoint p) const { return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom; }
  ScreenBox grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
};

}  // namespace xiangtu::render::scene
