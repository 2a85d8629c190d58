#include "render/scene/taken_room.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::render::scene {

namespace {

constexpr double cell_px = 48;  // about a name

}  // namespace

TakenRoom::TakenRoom(const ScreenBox& area)
    : area_(area),
      columns_(std::max(static_cast<int>((area.right - area.left) / cell_px) + 1, 1)),
      rows_(std::max(static_cast<int>((area.bottom - area.top) / cell_px) + 1, 1)),
      first_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0) {}

bool TakenRoom::free(const ScreenBox& box) const {
  const Cells cells = cells_of(box);
  for (int y = cells.top; y <= cells.bottom; ++y)
    for (int x = cells.left; x <= cells.right; ++x)
      for (std::uint32_t i = first_[static_cast<std::size_t>(y * columns_ + x)]; i != 0; i = entries_[i].next)
        if (boxes_[entries_[i].box].meets(box)) return false;
  return true;
}

void TakenRoom::take(const ScreenBox& box) {
  const auto number = static_cast<std::uint32_t>(boxes_.size());
  boxes_.push_back(box);
  const Cells cells = cells_of(box);
  for (int y = cells.top; y <= cells.bottom; ++y)
    for (int x = cells.left; x <= cells.right; ++x) {
      std::uint32_t& first = first_[static_cast<std::size_t>(y * columns_ + x)];
      entries_.push_back({number, first});
      first = static_cast<std::uint32_t>(entries_.size() - 1);
    }
}

TakenRoom::Cells TakenRoom::cells_of(const ScreenBox& box) const {
  const auto cell = [](double from, double to, int count) {
    return static_cast<int>(std::clamp(std::floor((to - from) / cell_px), 0.0, count - 1.0));
  };
  return {cell(area_.left, box.left, columns_), cell(area_.top, box.top, rows_),
          cell(area_.left, box.right, columns_), cell(area_.top, box.bottom, rows_)};
}

}  // namespace xiangtu::render::scene
