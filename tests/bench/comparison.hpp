// What changed between two results.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results.hpp"

namespace xiangtu::bench {

struct Change {
  std::uint64_t villages = 0;
  std::string task;
  std::optional<Cost> before, after;  // none: not measured then; one of them is there
};

// First those of `after` in its order, then those that only `before` has in its order.
std::vector<Change> changes(std::span<const Measurement> before, std::span<const Measurement> after);

}  // namespace xiangtu::bench
