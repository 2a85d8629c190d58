// How cost grows with size.
#pragma once

#include <cmath>

namespace xiangtu::bench {

struct Sized {
  double size;
  double cost;
};

// By what the cost grows when the size doubles, on the way from one size to a larger one: 2 is linear,
// less has a part that does not grow.
inline double doubling_ratio(Sized smaller, Sized larger) {
  return std::pow(larger.cost / smaller.cost, std::log(2.0) / std::log(larger.size / smaller.size));
}

// More than this is not linear any more.
inline constexpr double most_doubling = 2.2;

}  // namespace xiangtu::bench
