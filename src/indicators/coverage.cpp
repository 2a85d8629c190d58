#include "indicators/coverage.hpp"

#include <algorithm>

namespace xiangtu::indicators {

Figure figure_of(const Sums& sums, bool fraction, const Message* why) {
  Figure figure;
  figure.numerator = sums.numerator;
  figure.denominator = sums.known + sums.unknown;
  figure.unknown = sums.unknown;
  figure.why = why;
  if (why) return figure;
  if (fraction) {
    figure.value = sums.numerator / sums.known;
    figure.low = sums.numerator / figure.denominator;
    figure.high = (sums.numerator + sums.unknown) / figure.denominator;
  } else {
    figure.value = figure.low = sums.numerator;
    figure.high = sums.numerator + sums.unknown;
  }
  return figure;
}

FigureColumn FigureColumn::of(std::vector<Sums> sums, std::vector<Message> reasons,
                              std::vector<std::uint8_t> reason_of) {
  const auto owner = std::make_shared<const std::vector<Sums>>(std::move(sums));
  return {*owner, owner, std::move(reasons), std::move(reason_of)};
}

FigureColumn FigureColumn::rows(std::span<const std::size_t> unit_rows) const {
  if (sums_.empty()) return *this;
  std::vector<Sums> sums;
  std::vector<std::uint8_t> reason_of;
  for (const std::size_t row : unit_rows) {
    sums.push_back(sums_[row]);
    if (!reason_of_.empty()) reason_of.push_back(reason_of_[row]);
  }
  return of(std::move(sums), reasons_, std::move(reason_of));
}

std::optional<std::size_t> CoverageTable::row_of(UnitIx unit) const {
  const auto found = std::find(units.begin(), units.end(), unit);
  if (found == units.end()) return std::nullopt;
  return static_cast<std::size_t>(found - units.begin());
}

}  // namespace xiangtu::indicators
