// A figure opened: every row that it could be counted from, what each counts for and why.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/coverage.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"
#include "indicators/row_shares.hpp"

namespace xiangtu::indicators {

struct ExplainedRow {
  RowIx row;    // of the layer; a road comes once for each unit that it lies in
  UnitIx unit;  // the finest that it is placed at
  RowShare share;
};

// What a name of the definition is at each of the explained rows: a cell, or a measure.
struct ExplainedName {
  std::string name;
  const table::TextColumn* texts = nullptr;  // null: a number
  std::vector<double> numbers;               // by position in the explained rows; NaN: not known

  bool is_known(const ExplainedRow& row, std::size_t position) const;
};

inline constexpr std::size_t verdict_count = 7;
struct VerdictSum {
  std::size_t rows = 0;
  Sums sums;  // added up, or of the largest where the indicator is a maximum
};

// References point into the atlas and the definitions.
struct Explanation {
  const Definition& definition;
  UnitIx unit;
  const atlas::Layer* layer = nullptr;  // null: the sources have none; then there are no rows
  std::vector<std::string> missing_names;
  std::vector<ExplainedRow> rows;  // in the unit, in the order of the layer
  std::vector<ExplainedName> names;
  std::vector<Finding> findings;
  CoverageTable table;  // of this indicator: the total, and units of the asked unit's level

  Figure figure() const;
  std::array<VerdictSum, verdict_count> by_verdict() const;
  // The names that are not known at a row, of those that decide what became of it; where it is clear, none.
  std::vector<std::string_view> unknown_names(std::size_t position) const;
};

// The figure is that of evaluate.
Result<Explanation> explain(const atlas::Atlas& atlas, const Definitions& definitions,
                            const Definition& definition, UnitIx unit, const Parameters& parameters,
                            Progress& progress);

}  // namespace xiangtu::indicators
