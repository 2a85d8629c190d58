// Writing a GeoPackage layer by layer, row by row, in memory that does not grow with the rows.
// The file appears under its name only on commit(): written beside it, synced, renamed.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "table/geometry.hpp"

namespace xiangtu::io {

struct FieldDefinition {
  std::string name;
  enum class Type : std::uint8_t { text, integer, real } type = Type::text;
};

struct LayerDefinition {
  std::string name;
  std::string description;
  table::GeometryKind geometry = table::GeometryKind::none;
  bool multi = false;
  std::vector<FieldDefinition> fields;
};

class GeoPackageWriter {
 public:
  // crs: "EPSG:4490" … `timestamp` (ISO 8601, UTC) is what the file says of its own date, so that
  // the same input gives the same bytes.
  // A requested stop ends what the database is doing at once; the next call then says cancelled.
  static Result<std::unique_ptr<GeoPackageWriter>> create(const std::string& path, const std::string& crs,
                                                          const std::string& timestamp,
                                                          std::stop_token stop = {});
  GeoPackageWriter() = default;
  GeoPackageWriter(const GeoPackageWriter&) = delete;
  virtual ~GeoPackageWriter() = default;  // without commit(): the temporary file is removed

  virtual Status begin_layer(const LayerDefinition& layer) = 0;
  // Cells of the row in work, by field position; a cell that is not set is null.
  virtual void set(std::size_t field, std::string_view text) = 0;
  virtual void set(std::size_t field, std::int64_t integer) = 0;
  virtual void set(std::size_t field, double real) = 0;
  // One row with its geometry: a point's vertex, a line's vertices, a polygon's exterior ring; none for
  // a row without.
  virtual Status add_row(std::span<const geodesy::LonLat> vertices = {}) = 0;
  // The file's own metadata (title, abstract, licence …), as GeoPackage metadata. GDAL keeps the names
  // "description" and "identifier" for rasters: not those.
  virtual Status set_metadata(std::string_view name, std::string_view value) = 0;
  virtual Status commit() = 0;
};

}  // namespace xiangtu::io
