#include "reach/closure_effect.hpp"

#include <algorithm>
#include <cmath>

#include "table/cells.hpp"

namespace xiangtu::reach {

namespace {

constexpr double least_detour_m = 0.001;

}  // namespace

EffectSum::EffectSum(const atlas::Hierarchy& hierarchy, const Villages& villages)
    : hierarchy_(hierarchy),
      villages_(villages),
      households_(numbers_of(villages.layer->table, "households")),
      population_(numbers_of(villages.layer->table, "population")) {}

void EffectSum::add(ClosureEffect& effect, std::uint32_t village, double before_m, double after_m) const {
  const double detour_m = after_m - before_m;
  if (!(detour_m > least_detour_m)) return;
  const RowIx row = villages_.rows[village];
  if (std::isinf(detour_m)) {
    ++effect.cut_villages;
    effect.cut_households += table::number_or(households_, row, 0);
    effect.cut_population += table::number_or(population_, row, 0);
  } else {
    ++effect.longer_villages;
    effect.detour_m_sum += detour_m;
    if (detour_m > effect.detour_m_max || (detour_m == effect.detour_m_max && row < effect.worst_village)) {
      effect.detour_m_max = detour_m;
      effect.worst_village = row;
    }
  }
  const UnitIx township = hierarchy_.ancestor(villages_.units[village], atlas::Level::township);
  if (township.exists() && (effect.townships.empty() || effect.townships.back() != township))
    effect.townships.push_back(township);
}

void EffectSum::add(ClosureEffect& effect, const ClosureEffect& more) {
  effect.cut_villages += more.cut_villages;
  effect.cut_households += more.cut_households;
  effect.cut_population += more.cut_population;
  effect.longer_villages += more.longer_villages;
  effect.detour_m_sum += more.detour_m_sum;
  if (more.detour_m_max > effect.detour_m_max ||
      (more.detour_m_max == effect.detour_m_max && more.worst_village < effect.worst_village)) {
    effect.detour_m_max = more.detour_m_max;
    effect.worst_village = more.worst_village;
  }
  effect.townships.insert(effect.townships.end(), more.townships.begin(), more.townships.end());
}

void EffectSum::finish(ClosureEffect& effect) {
  std::sort(effect.townships.begin(), effect.townships.end());
  effect.townships.erase(std::unique(effect.townships.begin(), effect.townships.end()),
                         effect.townships.end());
}

}  // namespace xiangtu::reach
