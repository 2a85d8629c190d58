// From an atlas to figures: what an indicator needs, and its sums for every unit.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/base_rows.hpp"
#include "indicators/coverage.hpp"
#include "indicators/definitions.hpp"
#include "indicators/ground.hpp"
#include "indicators/parameters.hpp"

namespace xiangtu::indicators {

// The layers and fields that a set of indicators is computed from, besides the unit layers.
struct Needs {
  std::set<table::Role> roles;
  std::set<std::string> fields;   // canonical names, of any layer
  std::set<table::Role> located;  // layers whose positions are measured
  bool boundaries = false;        // lines are cut at those of the units
};
// Of these sources: of several layers that could serve a base only the one that will.
Needs needs_of(const std::vector<const Definition*>& indicators, const Definitions& definitions,
               const Available& available);

struct Evaluation {
  CoverageTable table;
  std::vector<Finding> findings;
};

// Figures of the total and of every unit of the levels asked for. Rows are counted at their unit and
// summed upwards, children in order of code, so that a parent is the sum of its children and of what
// is placed at no child. Roads are cut at the boundaries of the units that have polygons.
Result<Evaluation> evaluate(const atlas::Atlas& atlas, const Definitions& definitions,
                            const std::vector<const Definition*>& indicators,
                            const std::vector<atlas::Level>& levels, const Parameters& parameters,
                            Progress& progress);
// On ground that is prepared for these indicators.
Result<Evaluation> evaluate(const atlas::Atlas& atlas, const Ground& ground,
                            const std::vector<const Definition*>& indicators,
                            const std::vector<atlas::Level>& levels, Progress& progress);

}  // namespace xiangtu::indicators
