// What indicators that are computed together share: the rows of their bases, the measures of settlements.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/base_rows.hpp"
#include "indicators/definitions.hpp"
#include "indicators/near.hpp"
#include "indicators/parameters.hpp"

namespace xiangtu::indicators {

// Prepared before the indicators are computed beside each other, then read only. What it is made of outlives
// it.
class Ground {
 public:
  Ground(const atlas::Atlas& atlas, const Definitions& definitions, const Parameters& parameters)
      : atlas_(atlas),
        definitions_(definitions),
        parameters_(parameters),
        near_(atlas, definitions, parameters) {}

  Status prepare(const std::vector<const Definition*>& indicators, Progress& progress);

  const BaseRows& rows(Base base) const { return bases_.at(base); }
  // What a name stands for at the positions of a base that has a layer; none when nobody has it.
  std::optional<Operand> operand(std::string_view name, Base base) const;

  std::vector<Finding> findings;

 private:
  Status find_rows(Base base, Progress& progress);

  const atlas::Atlas& atlas_;
  const Definitions& definitions_;
  const Parameters& parameters_;
  NearMeasures near_;
  std::map<Base, BaseRows> bases_;
};

}  // namespace xiangtu::indicators
