// How the effect of a closure is added up, village by village.
#pragma once

#include <span>

#include "reach/closures.hpp"
#include "reach/villages.hpp"

namespace xiangtu::reach {

class EffectSum {
 public:
  EffectSum(const atlas::Hierarchy& hierarchy, const Villages& villages);

  // before: finite; after: infinite where no way is left.
  void add(ClosureEffect& effect, std::uint32_t village, double before_m, double after_m) const;
  // Both of one bridge, of different villages.
  static void add(ClosureEffect& effect, const ClosureEffect& more);
  // Once all villages are added.
  static void finish(ClosureEffect& effect);

 private:
  const atlas::Hierarchy& hierarchy_;
  const Villages& villages_;
  std::span<const double> households_, population_;  // by row; empty: no such column
};

}  // namespace xiangtu::reach
