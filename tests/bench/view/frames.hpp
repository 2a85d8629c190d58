// Times of frames, and what they say together.
#pragma once

#include <cstddef>
#include <vector>

namespace xiangtu::bench {

class FrameTimes {
 public:
  void add(double ms) { ms_.push_back(ms); }
  std::size_t count() const { return ms_.size(); }
  // The time that such a share of the frames does not exceed: 0.95 for the 95th percentile, 1 for the
  // longest.
  double percentile(double share) const;

 private:
  std::vector<double> ms_;
};

}  // namespace xiangtu::bench
