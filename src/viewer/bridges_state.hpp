// What each bridge carries, and how the table of it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reach/closures.hpp"
#include "viewer/bottom_tab.hpp"
#include "viewer/region_answer.hpp"

namespace xiangtu::viewer {

// The closures of all bridges, with what the table shows of each, in the order of their rank.
struct BridgeScan {
  reach::ClosureScan scan;
  std::vector<std::string> names, folded;  // code and name; as they are searched
  std::vector<int> classes;                // condition classes, 1–5; 0: not known
};

// Columns of the table: rank, bridge, class, then the figures of a closure on the ways to the trunk roads,
// and the same on those to the seats.
struct BridgeColumn {
  static constexpr int rank = 0, bridge = 1, condition_class = 2, first_figure = 3;
};

// Which bridges the table shows, and in which order.
struct BridgeView {
  std::string filter;           // of code or name, as it is typed; empty: all
  bool only_dangerous = false;  // condition class 4 and 5
  int sort_column = BridgeColumn::rank;
  bool ascending = true;
  bool operator==(const BridgeView&) const = default;
};

struct BridgesState : BottomTab {
  RegionAnswer<BridgeScan> scan;
  BridgeView view;                       // that is asked for
  std::vector<std::uint32_t> rows;       // positions in the scan, as the table has them
  BridgeView arranged;                   // of what the rows were made
  std::shared_ptr<const BridgeScan> of;  // … and from which scan; null: there are none
};

}  // namespace xiangtu::viewer
