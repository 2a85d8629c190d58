// Small tables drawn up in a test.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "table/feature_table.hpp"

namespace xiangtu::tests {

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

class TableBuilder {
 public:
  TableBuilder(std::string layer, table::GeometryKind kind) {
    table_.source.path = "test.gpkg";
    table_.source.layer = std::move(layer);
    table_.geometry = table::GeometryColumn(kind);
  }
  TableBuilder& numbers(std::string name, std::vector<double> values) {
    set_rows(values.size());
    table_.columns.push_back({name, name, table::NumberColumn{std::move(values)}});
    return *this;
  }
  // An empty text is missing.
  TableBuilder& texts(std::string name, const std::vector<std::string>& values) {
    set_rows(values.size());
    table::TextColumn column;
    for (const std::string& value : values) value.empty() ? column.push_missing() : column.push(value);
    table_.columns.push_back({name, name, std::move(column)});
    return *this;
  }
  TableBuilder& point(double lon, double lat) { return part({{lon, lat}}); }
  TableBuilder& box(double west, double south, double east, double north) {
    return part({{west, south}, {east, south}, {east, north}, {west, north}, {west, south}});
  }
  TableBuilder& part(const std::vector<geodesy::LonLat>& vertices) {
    for (const geodesy::LonLat vertex : vertices) table_.geometry.add_vertex(vertex);
    if (!vertices.empty()) table_.geometry.end_part();
    table_.geometry.end_feature();
    set_rows(table_.geometry.size());
    return *this;
  }
  table::FeatureTable build() {
    table_.source.rows = table_.size();
    return std::move(table_);
  }

 private:
  void set_rows(std::size_t rows) {
    while (table_.row_ids.size() < rows)
      table_.row_ids.push_back(static_cast<std::int64_t>(table_.row_ids.size()) + 1);
  }
  table::FeatureTable table_;
};

}  // namespace xiangtu::tests
