// Which parts of the screen labels have taken.
#pragma once

#include <cstdint>
#include <vector>

#include "render/scene/camera.hpp"

namespace xiangtu::render::scene {

struct Box {  // device pixels
  double left = 0, top = 0, right = 0, bottom = 0;
  bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  bool contains(const Box& other) const {
    return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
  }
  bool contains(ScreenPoint p) const { return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom; }
  Box grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
};

// Boxes found by the cells of a grid over an area; what lies beyond counts to its outermost cells.
class TakenRoom {
 public:
  explicit TakenRoom(const Box& area);
  bool free(const Box& box) const;
  void take(const Box& box);

 private:
  struct Cells {
    int left, top, right, bottom;  // inclusive
  };
  struct Entry {
    std::uint32_t box;
    std::uint32_t next;  // of the same cell; 0: none
  };
  Cells cells_of(const Box& box) const;

  Box area_;
  int columns_, rows_;
  std::vector<std::uint32_t> first_;  // entry by cell; 0: none
  std::vector<Entry> entries_{{0, 0}};
  std::vector<Box> boxes_;
};

}  // namespace xiangtu::render::scene
