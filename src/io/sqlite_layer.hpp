// The rows of a GeoPackage's table by SQLite itself, in ranges of their ids that are read side by side.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "io/bound_layer.hpp"
#include "io/row_sink.hpp"

namespace xiangtu::io {

class SqliteLayer {
 public:
  // None where GDAL's way is needed: another format, a filter, a view, dates, positions in columns, a
  // coordinate system that is not the working one.
  static std::optional<SqliteLayer> of(const BoundLayer& bound, const SinkPlan& plan);

  // All rows into the sink, in order of their ids, on several threads. Errors: cancelled, damaged.
  Status read(RowSink& sink, Progress& progress) const;

 private:
  struct Range {
    std::int64_t first, last;  // ids, inclusive
  };
  Result<std::vector<Range>> ranges() const;
  Status read_range(const Range& range, RowSink& sink, Progress& progress) const;
  Status unreadable(const std::string& cause) const;

  const SinkPlan* plan_ = nullptr;
  std::string path_, name_;
  std::string table_, id_;    // quoted
  std::string select_;        // the statement's columns: id, the fields', the geometry
  std::vector<int> columns_;  // by field of the plan: in the statement; −1: a constant
  int geometry_ = -1;
};

}  // namespace xiangtu::io
