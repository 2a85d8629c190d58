// The R-tree over the geometries of a GeoPackage's table (OGC 12-128r18, extension gpkg_rtree_index), read
// node by node: asked through SQLite's virtual table each row would cost some twenty times as much.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geodesy/position.hpp"
#include "io/sqlite_connection.hpp"

namespace xiangtu::io {

class GeometryIndex {
 public:
  // None where there is no such index, or one that was made otherwise than the standard says.
  static std::optional<GeometryIndex> of(const std::string& table, const std::string& geometry,
                                         sqlite3* connection);

  // What the index is around; none where it is empty or damaged.
  std::optional<geodesy::LonLatBox> extent(sqlite3* connection) const;
  // The ids, ascending, of the rows whose boxes meet this one; none where there are more than `most`, or the
  // index is damaged.
  std::optional<std::vector<std::int64_t>> rows_in(const geodesy::LonLatBox& box, std::size_t most,
                                                   sqlite3* connection) const;

 private:
  explicit GeometryIndex(const std::string& name);

  std::string select_;  // a node by its number
};

}  // namespace xiangtu::io
