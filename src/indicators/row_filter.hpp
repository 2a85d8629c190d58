// The rows of a layer for which an expression is true, as a user types it: fields by their canonical name,
// their label or an alias, values of choices by their label too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/expression.hpp"
#include "io/schema.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::indicators {

// The column that a name stands for; null when there is none.
const table::Column* column_called(const table::FeatureTable& table, const io::Schema& schema, io::Role role,
                                   std::string_view name);

class RowFilter {
 public:
  // Issues name the place: what cannot be read, a field that is not there, a text field used as a number or
  // the reverse.
  static Result<RowFilter> parse(std::string_view text, const table::FeatureTable& table,
                                 const io::Schema& schema, io::Role role);

  const std::string& text() const { return expression_.text(); }
  // One mark a row, 1 where the expression is true: neither false nor unknown. The table is the one that it
  // was parsed for. On several threads; after a requested stop some marks are 0.
  std::vector<std::uint8_t> marks(const table::FeatureTable& table, const Progress& progress) const;

 private:
  Expression expression_;
  std::map<std::string, std::size_t, std::less<>> columns_;  // of a name: position in the table's columns
};

}  // namespace xiangtu::indicators
