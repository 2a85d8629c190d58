// One layer of an opened source, whatever its format: what it says of itself, and its rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "io/field_binding.hpp"
#include "table/geometry.hpp"

namespace xiangtu::io {

struct BoundLayer;
struct RowSink;
struct SinkPlan;

// Not for use from several threads at once.
class SourceLayer {
 public:
  SourceLayer(std::string name, std::vector<SourceField> fields)
      : name_(std::move(name)), fields_(std::move(fields)) {}
  virtual ~SourceLayer() = default;
  SourceLayer(const SourceLayer&) = delete;

  const std::string& name() const { return name_; }  // UTF-8
  const std::vector<SourceField>& fields() const { return fields_; }

  virtual bool has_geometry() const = 0;
  // The kinds that its geometries can have, in the order in which they come; empty where nobody knows.
  virtual std::vector<table::GeometryKind> kinds() = 0;
  // The kind of the first geometry in a column of WKT.
  virtual table::GeometryKind kind_in_wkt(int column) = 0;
  // The values of a field in the first rows, as codes.
  static constexpr int sampled_rows = 50;
  virtual std::vector<std::string> first_codes(std::size_t field) = 0;
  // The definition of its coordinate system (geodesy::Crs::parse); empty where the source does not say.
  virtual std::string crs() = 0;
  // In source coordinates; empty where it cannot be told without reading all rows.
  virtual geodesy::LonLatBox extent() = 0;
  // In source coordinates, around all features to within the width of a 32-bit number; none where it is not
  // known without reading rows.
  virtual std::optional<geodesy::LonLatBox> known_extent() { return std::nullopt; }
  // Rows that the mapping's filter leaves. Errors: cancelled, damaged, a filter that cannot be used.
  virtual Result<std::uint64_t> count_rows(const BoundLayer& bound, Progress& progress) = 0;
  // Whether read() may run while other layers are read.
  virtual bool reads_beside_others() const { return false; }
  // All rows into the sink, in the source's order. Errors as above.
  virtual Status read(const BoundLayer& bound, const SinkPlan& plan, RowSink& sink, Progress& progress) = 0;

 private:
  std::string name_;
  std::vector<SourceField> fields_;
};

}  // namespace xiangtu::io
