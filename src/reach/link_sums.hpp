// What links come to: each by itself, and with those before it.
#pragma once

#include <cstddef>
#include <vector>

#include "reach/next_links.hpp"

namespace xiangtu::reach {

struct LinkSums {
  double yuan = 0, harden_m = 0, unknown_m = 0, new_road_m = 0;  // unknown_m: of harden_m, surface not known
  double households = 0, population = 0;
  std::size_t villages = 0, bridges = 0;

  void add(const NextLink& link);
};

LinkSums sums_of(const NextLink& link);
// Of each link and all before it; the last of them is the total.
std::vector<LinkSums> running_sums(const NextLinks& links);

}  // namespace xiangtu::reach
