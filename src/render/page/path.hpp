// A path in device pixels: subpaths of straight lines and cubic curves.
#pragma once

#include <cstdint>
#include <vector>

#include "render/scene/camera.hpp"
#include "render/scene/furniture.hpp"

namespace xiangtu::render::page {

using scene::ScreenPoint;

class Path {
 public:
  // How many points each takes: 1, 1, 3, 0.
  enum class Verb : std::uint8_t { move, line, curve, close };

  void move_to(ScreenPoint p) { add(Verb::move, p); }
  void line_to(ScreenPoint p) { add(Verb::line, p); }
  void close() { verbs_.push_back(Verb::close); }
  void add_polygon(const std::vector<ScreenPoint>& corners);
  void add_rect(const scene::Rect& rect);
  // Around the centre from one angle to a greater one, in radians from the right by way of the bottom; goes
  // on from where the path is by a straight line.
  void add_arc(ScreenPoint centre, double radius, double from, double to);
  void add_circle(ScreenPoint centre, double radius);
  void add_round_rect(const scene::Rect& rect, double radius);

  bool empty() const { return verbs_.empty(); }
  void clear() {
    verbs_.clear();
    points_.clear();
  }
  const std::vector<Verb>& verbs() const { return verbs_; }
  const std::vector<ScreenPoint>& points() const { return points_; }
  // Around all points.
  scene::Rect bounds() const;

 private:
  void add(Verb verb, ScreenPoint p) {
    verbs_.push_back(verb);
    points_.push_back(p);
  }
  std::vector<Verb> verbs_;
  std::vector<ScreenPoint> points_;
};

}  // namespace xiangtu::render::page
