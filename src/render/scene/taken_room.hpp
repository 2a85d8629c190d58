// Which parts of the screen labels have taken.
#pragma once

#include <cstdint>
#include <vector>

#include "render/scene/screen_box.hpp"

namespace xiangtu::render::scene {

// Boxes found by the cells of a grid over an area; what lies beyond counts to its outermost cells.
class TakenRoom {
 public:
  explicit TakenRoom(const ScreenBox& area);
  bool free(const ScreenBox& box) const;
  void take(const ScreenBox& box);

 private:
  struct Cells {
    int left, top, right, bottom;  // inclusive
  };
  struct Entry {
    std::uint32_t box;
    std::uint32_t next;  // of the same cell; 0: none
  };
  Cells cells_of(const ScreenBox& box) const;

  ScreenBox area_;
  int columns_, rows_;
  std::vector<std::uint32_t> first_;  // entry by cell; 0: none
  std::vector<Entry> entries_{{0, 0}};
  std::vector<ScreenBox> boxes_;
};

}  // namespace xiangtu::render::scene
