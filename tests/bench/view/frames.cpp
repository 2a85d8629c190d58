#include "view/frames.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::bench {

double FrameTimes::percentile(double share) const {
  if (ms_.empty()) return 0;
  std::vector<double> sorted = ms_;
  std::sort(sorted.begin(), sorted.end());
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

}  // namespace xiangtu::bench
