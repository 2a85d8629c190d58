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
  static Result<GeoPackageWriter> create(const std::string& path, const std::string& crs,
                                         const std::string& timestamp, std::stop_token stop = {});
  GeoPackageWriter(GeoPackageWriter&&) noexcept;
  GeoPackageWriter& operator=(GeoPackageWriter&&) noexcept;
  ~GeoPackageWriter();  // without commit(): the temporary file is removed

  Status begin_layer(const LayerDefinition& layer);
  // Cells of the row in work, by field position; a cell that is not set is null.
  void set(std::size_t field, std::string_view text);
  void set(std::size_t field, std::int64_t integer);
  void set(std::size_t field, double real);
  // One row with its geometry: a point's vertex, a line's vertices, a polygon's exterior ring.
  Status add_row(std::span<const geodesy::LonLat> vertices);
  Status add_row();  // no geometry
  // The file's own metadata (title, abstract, licence …), as GeoPackage metadata. GDAL keeps the names
  // "description" and "identifier" for rasters: not those.
  Status set_metadata(std::string_view name, std::string_view value);
  Status commit();

  struct Impl;

 private:
  explicit GeoPackageWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiangtu::io
