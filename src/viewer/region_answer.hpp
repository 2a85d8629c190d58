// What is computed in the background for the region that is open, and kept as long as it is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.hpp"

namespace xiangtu::viewer {

struct Region;

template <class Answer>
struct RegionAnswer {
  std::shared_ptr<const Region> region;  // that it is of
  std::shared_ptr<const Answer> answer;  // null: none yet
  std::optional<Issue> issue;            // why there is none
  std::uint64_t request = 0;             // the last; an older one is of no interest
  bool computing = false;
};

}  // namespace xiangtu::viewer
