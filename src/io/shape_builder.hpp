// The geometry column of a layer in work: shapes are taken to LonLat, judged and appended, one a row.
#pragma once

#include "geodesy/crs.hpp"
#include "io/finding_log.hpp"
#include "io/shape.hpp"
#include "table/geometry.hpp"

namespace xiangtu::io {

class ShapeBuilder {
 public:
  // way: null where the source's coordinates are LonLat already.
  ShapeBuilder(table::GeometryKind kind, const geodesy::ToLonLat* way, FindingLog& log)
      : column_(kind), way_(way), log_(log) {}

  table::GeometryKind kind() const { return column_.kind(); }
  // The shape to fill for the next row.
  Shape& shape() { return shape_; }
  // What became of it; the row keeps its place with an empty geometry when it cannot be used.
  void add(ShapeOutcome outcome, std::int64_t row);
  void add_null(std::int64_t row);

  table::GeometryColumn take() { return std::move(column_); }

 private:
  bool located(std::int64_t row);
  void append(std::int64_t row);

  table::GeometryColumn column_;
  const geodesy::ToLonLat* way_;
  FindingLog& log_;
  Shape shape_;
};

}  // namespace xiangtu::io
