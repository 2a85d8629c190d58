// Results: figures with their bounds, by unit. Computed once here; tables, maps, charts and exports
// all show these.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/message.hpp"
#include "base/result.hpp"

namespace xiangtu::indicators {

// What a figure is computed from; the denominator D is known + unknown.
struct Sums {
  double numerator = 0, known = 0, unknown = 0;
};

// value = N / (D − U), low = N / D, high = (N + U) / D for fractions; for sums and counts
// value = low = N and high = N + U. In base units: fractions 0–1, km, yuan, people, households …
struct Figure {
  double numerator = 0;
  double denominator = 0;
  double unknown = 0;
  std::optional<double> value, low, high;
  const Message* why = nullptr;  // when there is no value; lives with its table
};

// A figure out of its sums; why: null where it has a value.
Figure figure_of(const Sums& sums, bool fraction, const Message* why);

struct IndicatorInfo {
  std::string id;
  std::string name_zh, name_en;
  std::string unit_zh, unit_en;  // "公里", "km"; "%" for fractions
  bool fraction = false;
  std::string definition_zh, definition_en;  // a sentence: what is counted over what
  std::string source;

  const std::string& name(Language language) const {
    return language == Language::chinese ? name_zh : name_en;
  }
  const std::string& unit(Language language) const {
    return language == Language::chinese ? unit_zh : unit_en;
  }
  const std::string& definition(Language language) const {
    return language == Language::chinese ? definition_zh : definition_en;
  }
};

// One indicator's figures, by unit row. Copies share the sums.
class FigureColumn {
 public:
  FigureColumn() = default;
  // No unit has a figure, and all for one reason.
  explicit FigureColumn(Message reason) : reasons_{std::move(reason)} {}
  // reason_of has, by unit row, 0 for a value, else a position in reasons + 1; empty: all have values.
  // `owner` keeps the sums.
  FigureColumn(std::span<const Sums> sums, std::shared_ptr<const void> owner, std::vector<Message> reasons,
               std::vector<std::uint8_t> reason_of)
      : sums_(sums),
        owner_(std::move(owner)),
        reasons_(std::move(reasons)),
        reason_of_(std::move(reason_of)) {}
  static FigureColumn of(std::vector<Sums> sums, std::vector<Message> reasons = {},
                         std::vector<std::uint8_t> reason_of = {});

  Figure figure(std::size_t unit_row, bool fraction) const {
    return figure_of(sums_.empty() ? Sums{} : sums_[unit_row], fraction, why(unit_row));
  }
  const Message* why(std::size_t unit_row) const {
    if (sums_.empty()) return reasons_.empty() ? nullptr : &reasons_.front();
    const std::size_t reason = reason_of_.empty() ? 0 : reason_of_[unit_row];
    return reason == 0 ? nullptr : &reasons_[reason - 1];
  }
  // The same figures for some of the rows.
  FigureColumn rows(std::span<const std::size_t> unit_rows) const;

  std::span<const Sums> sums() const { return sums_; }
  const std::vector<Message>& reasons() const { return reasons_; }
  const std::vector<std::uint8_t>& reason_of() const { return reason_of_; }

 private:
  std::span<const Sums> sums_;  // empty: there are none
  std::shared_ptr<const void> owner_;
  std::vector<Message> reasons_;
  std::vector<std::uint8_t> reason_of_;
};

// Figures of all units of the levels asked for; figure(i, k) is unit i's indicator k.
struct CoverageTable {
  std::vector<IndicatorInfo> indicators;
  std::vector<UnitIx> units;          // in hierarchy order; the total is always first
  std::vector<FigureColumn> columns;  // one per indicator

  Figure figure(std::size_t unit_row, std::size_t indicator) const {
    return columns[indicator].figure(unit_row, indicators[indicator].fraction);
  }
  // Where the table's unit is; none when it is not among the rows.
  std::optional<std::size_t> row_of(UnitIx unit) const;
};

}  // namespace xiangtu::indicators
