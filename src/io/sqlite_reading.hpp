// The rows of a GeoPackage's table by SQLite itself, in ranges of their ids that are read side by side.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "io/bound_layer.hpp"
#include "io/geometry_index.hpp"
#include "io/row_sink.hpp"
#include "io/sqlite_connection.hpp"

namespace xiangtu::io {

struct SqliteTable {
  std::shared_ptr<SqliteFile> file;
  std::string name;      // as the database has it
  std::string id;        // the column of row ids
  std::string geometry;  // its column; empty for none
};

// What the R-tree over the geometries is around; none where there is no such index.
std::optional<geodesy::LonLatBox> indexed_extent(const SqliteTable& table);

class SqliteReading {
 public:
  // None where GDAL's way is needed: a view, dates, columns that SQLite does not know.
  static std::optional<SqliteReading> of(const SqliteTable& table, const BoundLayer& bound,
                                         const SinkPlan& plan);

  // All rows into the sink, or those that the plan's box needs, in order of their ids, on several threads.
  // Errors: cancelled, damaged.
  Status read(RowSink& sink, Progress& progress) const;

 private:
  struct Run {
    std::int64_t first, last;  // ids, inclusive
  };
  // What is read at a time.
  struct Range {
    std::vector<Run> runs;  // one by one
    bool picked = false;    // by the index: few rows of the file
  };
  Result<std::vector<Range>> ranges() const;
  // Of the rows that the index has in the plan's box; none where that is no gain.
  std::optional<std::vector<Range>> ranges_in_box() const;
  Status read_range(const Range& range, RowSink& sink, Progress& progress) const;
  Status read_rows(const Range& range, sqlite3* connection, RowSink& sink, Progress& progress) const;
  void take_row(sqlite3_stmt* row, RowSink& sink, std::string& scratch) const;
  Status unreadable(const std::string& cause) const;

  const SinkPlan* plan_ = nullptr;
  std::shared_ptr<SqliteFile> file_;
  std::string name_;
  std::string table_, id_;              // quoted
  std::optional<GeometryIndex> index_;  // none: all rows are read
  std::string select_;                  // the statement's columns: id, the fields', the geometry
  std::vector<int> columns_;            // by field of the plan: in the statement; −1: a constant
  int geometry_ = -1;
  std::uint64_t rows_ = 0;  // about
};

}  // namespace xiangtu::io
