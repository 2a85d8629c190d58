// The rows of one source layer in columns, with the way back to the source: a number can be opened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "table/column.hpp"
#include "table/geometry.hpp"

namespace xiangtu::table {

// Where rows came from.
struct Source {
  std::string path;        // as the user gave it
  std::string layer;       // the layer's name there
  std::string crs;         // the coordinate system as found, e.g. "EPSG:4490"; empty for none
  std::uint64_t rows = 0;  // rows in the source layer
};

// Columns, row ids and the geometry column all have size() entries.
struct FeatureTable {
  Source source;
  std::vector<std::int64_t> row_ids;  // the source's own (FID), unique
  std::vector<Column> columns;
  GeometryColumn geometry;  // kind none and size 0 for a table without geometry
  // Geodesic, of each row's line, in metres, where they were measured when it was read; else empty.
  std::vector<double> lengths_m;

  std::size_t size() const { return row_ids.size(); }
  bool has_geometry() const { return geometry.kind() != GeometryKind::none; }
  // Null when there is no such column.
  const Column* find(std::string_view name) const;
  Column* find(std::string_view name);

  // Keeps the rows whose mark is not 0, in their order; keep has size() entries.
  void keep_rows(const std::vector<std::uint8_t>& keep);
};

}  // namespace xiangtu::table
