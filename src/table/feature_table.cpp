#include "table/feature_table.hpp"

#include <algorithm>
#include <utility>

namespace xiangtu::table {

const Column* FeatureTable::find(std::string_view name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

Column* FeatureTable::find(std::string_view name) {
  return const_cast<Column*>(std::as_const(*this).find(name));
}

}  // namespace xiangtu::table
