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

namespace {

template <class T>
void keep_marked(std::vector<T>& items, const std::vector<std::uint8_t>& keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (keep[i]) items[kept++] = items[i];
  items.resize(kept);
}

}  // namespace

void FeatureTable::keep_rows(const std::vector<std::uint8_t>& keep) {
  for (Column& column : columns) {
    if (column.is_text())
      keep_marked(column.text().entries, keep);
    else
      keep_marked(std::get<NumberColumn>(column.data).values, keep);
  }
  if (has_geometry()) {
    GeometryColumn kept(geometry.kind());
    for (std::size_t row = 0; row < keep.size(); ++row)
      if (keep[row]) kept.add_copy(geometry, row);
    geometry = std::move(kept);
  }
  if (!lengths_m.empty()) keep_marked(lengths_m, keep);
  keep_marked(row_ids, keep);
}

}  // namespace xiangtu::table
