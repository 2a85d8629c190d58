// Results: figures with their bounds, by unit. Computed once here; tables, maps, charts and exports
// all show these.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/message.hpp"
#include "base/result.hpp"

namespace xiangtu::indicators {

// value = N / (D − U), low = N / D, high = (N + U) / D for fractions; for sums and counts
// value = low = N and high = N + U. In base units: fractions 0–1, km, yuan, people, households …
struct Figure {
  double numerator = 0;
  double denominator = 0;
  double unknown = 0;
  std::optional<double> value, low, high;
  std::optional<Message> why;  // when there is no value
};

struct IndicatorInfo {
  std::string id;
  std::string name_zh, name_en;
  std::string unit_zh, unit_en;  // "公里", "km"; "%" for fractions
  bool fraction = false;
  std::string definition_zh, definition_en;  // a sentence: what is counted over what
  std::string source;

  std::string_view name(Language language) const { return language == Language::chinese ? name_zh : name_en; }
};

// Figures of all units of the levels asked for; figure(i, k) is unit i's indicator k.
struct CoverageTable {
  std::vector<IndicatorInfo> indicators;
  std::vector<UnitIx> units;    // in hierarchy order; the total is always first
  std::vector<Figure> figures;  // units.size() × indicators.size(), unit by unit

  const Figure& figure(std::size_t unit_row, std::size_t indicator) const {
    return figures[unit_row * indicators.size() + indicator];
  }
  std::span<const Figure> row(std::size_t unit_row) const {
    return std::span{figures}.subspan(unit_row * indicators.size(), indicators.size());
  }
  // Where the table's unit is; none when it is not among the rows.
  std::optional<std::size_t> row_of(UnitIx unit) const;
};

}  // namespace xiangtu::indicators
