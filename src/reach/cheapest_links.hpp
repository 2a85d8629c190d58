// In which order to pay for edges of a graph so that what lies behind them is joined to its root: the most
// gain for the money first.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/progress.hpp"

namespace xiangtu::reach {

// Joins two places, at a price above 0.
struct PaidEdge {
  std::uint32_t a, b;
  double price;
};

struct LinkStep {
  std::vector<std::uint32_t> edges;   // to pay for, from the root on
  std::vector<std::uint32_t> places;  // that they join, from the root on
  double price = 0;                   // of the edges
};

struct LinkPlan {
  std::vector<double> cheapest;  // by place: of the cheapest way alone; 0 at the root, infinite without a way
  std::vector<LinkStep> steps;
};

// gains: by place; is_root: by place. Each step takes the cheapest way to some place with a gain, at the
// prices that are left after the steps before: the one that gains most per price, over all places on it (tie:
// the cheaper, then the lower place). Ends when no place with a gain is left that a way leads to. Places
// number less than 2^32 - 1. After a requested stop the plan ends early.
LinkPlan cheapest_links(std::span<const PaidEdge> edges, std::span<const double> gains,
                        std::span<const std::uint8_t> is_root, const Progress& progress);

}  // namespace xiangtu::reach
