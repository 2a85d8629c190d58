// Cells of columns that may not be there.
#pragma once

#include <cmath>
#include <span>
#include <string_view>

#include "base/ids.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::table {

// Empty where there is no such column of texts, or no text in the cell.
inline std::string_view text_of(const FeatureTable& table, std::string_view column, RowIx row) {
  const Column* found = table.find(column);
  return found && found->is_text() ? found->text().at(row.value) : std::string_view{};
}

// By row; empty where there is no such column of numbers.
inline std::span<const double> numbers_of(const FeatureTable& table, std::string_view column) {
  const Column* found = table.find(column);
  return found && !found->is_text() ? found->numbers() : std::span<const double>{};
}

// Of such numbers; otherwise where there is none in the row.
inline double number_or(std::span<const double> numbers, RowIx row, double otherwise) {
  return numbers.empty() || std::isnan(numbers[row.value]) ? otherwise : numbers[row.value];
}

}  // namespace xiangtu::table
