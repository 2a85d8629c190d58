// What is wrong with the drawing of the roads, and which of it the table shows.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reach/defects.hpp"
#include "viewer/bottom_tab.hpp"
#include "viewer/region_answer.hpp"

namespace xiangtu::viewer {

struct DefectView {
  std::array<bool, reach::defect_kinds> hidden{};  // by kind
  bool only_gaining = false;                       // what would connect someone
  bool operator==(const DefectView&) const = default;
};

struct DefectsState : BottomTab {
  bool any_road = false;  // those that are not hardened are travelled too
  RegionAnswer<reach::NetworkDefects> check;
  DefectView view;                                  // that is asked for
  std::vector<std::uint32_t> rows;                  // positions among the defects, as the table has them
  DefectView arranged;                              // of what the rows were made
  std::shared_ptr<const reach::NetworkDefects> of;  // … and from which check; null: there are none
  std::optional<std::uint32_t> chosen;              // position of the defect that was gone to
};

}  // namespace xiangtu::viewer
