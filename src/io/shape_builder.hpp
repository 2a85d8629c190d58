// The geometry column of a layer in work: shapes are taken to LonLat, judged and appended, one a row.
#pragma once

#include <span>
#include <vector>

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
  // A row that is one point or one line, by its coordinates (pairs of doubles). False, with nothing added,
  // where anything about it is to be noticed or changed; it is then to be added as a shape.
  bool add_plain(std::span<const std::byte> positions);

  // Rows that still wait are settled.
  void settle_all() { flush(); }
  // The rows of a builder of the same kind, which come after those here; it is empty afterwards.
  void append(ShapeBuilder& later);
  // How much will come.
  void reserve(std::size_t features, std::size_t parts, std::size_t vertices) {
    column_.reserve(features, parts, vertices);
  }
  const table::GeometryColumn& column() const { return column_; }
  table::GeometryColumn take();

 private:
  // A row that waits for its block to be transformed.
  struct Waiting {
    std::int64_t row;
    std::size_t vertices_end;
    std::size_t parts_end;
    bool taken;  // false: it has no shape
  };
  bool sound(std::int64_t row);
  void wait(std::int64_t row, bool taken);
  void settle(std::int64_t row, bool taken, std::span<const geodesy::LonLat> vertices,
              std::span<const Shape::Part> parts);
  // Transforms the block of waiting rows and appends them to the column.
  void flush();
  void append(std::int64_t row, std::span<const geodesy::LonLat> vertices,
              std::span<const Shape::Part> parts);

  table::GeometryColumn column_;
  const geodesy::ToLonLat* way_;
  FindingLog& log_;
  Shape shape_;
  std::vector<geodesy::LonLat> block_;
  std::vector<Shape::Part> block_parts_;  // ends counted within their row
  std::vector<Waiting> waiting_;
};

}  // namespace xiangtu::io
