// Near measures: for every settlement, whether a feature that counts is within a geodesic distance.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "spatial/within_distance.hpp"

namespace xiangtu::indicators {

// Computes each measure once per settlement layer, each index of features once.
class NearMeasures {
 public:
  NearMeasures(const atlas::Atlas& atlas, const Definitions& definitions, const Parameters& parameters)
      : atlas_(atlas), definitions_(definitions), parameters_(parameters) {}

  // 1, 0 or NaN (unknown) by row of the layer; rows outside the selection are NaN. Unknown where the
  // settlement has no position, the region has no such features, or only features with an unknown
  // `where` are within the distance.
  // Each measure is to be computed once for a base.
  Status compute(std::span<const NearMeasure* const> measures, Base settlements,
                 const atlas::Selection& selection, std::vector<Finding>& findings, Progress& progress);
  // What was computed.
  std::span<const double> values(std::string_view measure, Base settlements) const {
    return values_.at({std::string{measure}, settlements});
  }

 private:
  Status measure_group(const std::vector<const NearMeasure*>& group, Metres within, Base settlements,
                       const atlas::Selection& selection, Progress& progress);
  // The features of a base under one index, whatever counts among them; null: there are none.
  const spatial::SegmentIndex* index_of(Base target, const Progress& progress);
  void prefer_ledger(const NearMeasure& measure, const atlas::Selection& selection,
                     std::vector<double>& values, std::vector<Finding>& findings) const;

  const atlas::Atlas& atlas_;
  const Definitions& definitions_;
  const Parameters& parameters_;
  std::map<Base, std::unique_ptr<spatial::SegmentIndex>> indexes_;
  std::map<std::pair<std::string, Base>, std::vector<double>> values_;
};

// What each row of the layer of a measure's target counts for, where there is such a layer.
std::vector<spatial::Counts> counts_of(const NearMeasure& measure, const atlas::Atlas& atlas,
                                       const Parameters& parameters, const Progress& progress);

// A parameter by its name in the definitions; none when there is no such parameter.
std::optional<double> parameter_value(const Parameters& parameters, std::string_view name);

// What a name of an expression stands for on a table: its column or a parameter.
std::optional<Operand> operand_of(const table::FeatureTable& table, const Parameters& parameters,
                                  std::string_view name);

}  // namespace xiangtu::indicators
