// What to build next, at which costs, and how much of it the map shows.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "geodesy/position.hpp"
#include "reach/link_sums.hpp"
#include "reach/next_links.hpp"
#include "viewer/bottom_tab.hpp"
#include "viewer/region_answer.hpp"

namespace xiangtu::viewer {

// The links in their order.
struct LinkPlan {
  reach::NextLinks links;
  std::vector<reach::LinkSums> until;     // of each and those before it
  std::vector<geodesy::LonLatBox> boxes;  // around its lines and its villages
};

struct LinksState : BottomTab {
  RegionAnswer<LinkPlan> plan;
  // Those of the program until the user changes them; none: not read yet.
  std::optional<reach::UnitCosts> costs;
  reach::UnitCosts typed;             // as they stand in the fields
  reach::UnitCosts planned_at;        // of the plan that is there or under way
  int drawn = 50;                     // links, the first of them, on the map
  bool all_drawn = false;             // however many
  std::optional<std::size_t> chosen;  // by rank from 0
};

}  // namespace xiangtu::viewer
