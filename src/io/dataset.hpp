// Opening a source and reading its layers into tables in the canonical schema.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "io/schema.hpp"
#include "table/feature_table.hpp"
#include "table/row_sieve.hpp"

namespace xiangtu::io {

// What a user says about sources where names differ; read from a mapping or workspace file.
struct LayerMapping {
  std::string source;         // part of the path's end that it applies to; empty: any source
  std::string layer;          // the layer's name in the source
  bool ignore = false;        // leave the layer out
  std::optional<Role> role;   // none: recognised as without a mapping
  std::string encoding;       // of the texts of a shapefile or CSV, e.g. "GBK"; found where empty
  std::string crs;            // overrides, e.g. "EPSG:4545"
  std::string lon, lat, wkt;  // columns of a table without geometry
  std::string filter;         // OGR attribute filter, e.g. "highway IS NOT NULL"
  // canonical → source field, or one tag of a field of tags: other_tags["surface"]
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<std::pair<std::string, std::string>> constants;  // canonical → value for every row
  // canonical field → (source value → canonical value)
  std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>> values;
  std::string place;  // "FILE, line L" of the entry, for messages
};
using Mapping = std::vector<LayerMapping>;

// Errors have file, line and column, and the nearest word for one that nobody knows.
Result<Mapping> read_mapping(const std::string& path);
Result<Mapping> parse_mapping(std::string_view text, std::string_view name);

// A layer as found and as understood, before any row is read.
struct LayerInfo {
  std::string source;  // path as given
  std::string name;
  std::uint64_t rows = 0;
  table::GeometryKind geometry = table::GeometryKind::none;
  std::string encoding;           // of its texts where the file does not tell: "GB18030"; else empty
  std::string encoding_evidence;  // English: "bytes of the file", "mapping"
  std::string crs;                // "EPSG:4490", or the name where it has no code; empty for none
  std::string crs_evidence;       // English: "file", "mapping", "names of the columns" …
  std::string geometry_evidence;  // for tables: the columns, e.g. "lon, lat"; else empty
  std::optional<Role> role;
  std::string role_evidence;  // English pattern: "layer name", "fields code, surface", "mapping" …
  struct Field {
    std::string source_name;
    std::string canonical;  // empty: unknown field, kept and shown
    std::string evidence;
    std::string type;  // "text", "number", "date"
  };
  std::vector<Field> fields;
};

struct ReadRequest {
  bool all_fields = false;       // else only `fields`
  std::set<std::string> fields;  // canonical names
  bool geometry = true;
  // Features outside it are not needed; where the source has a spatial index they are left out.
  std::optional<geodesy::LonLatBox> box;
  // Rows that it does not need are left out.
  std::optional<table::RowSieve> sieve;
};

struct ReadLayer {
  Role role;
  table::FeatureTable table;
  std::vector<Finding> findings;  // bad rows, unknown values …
};

// One or several opened sources. Not for use from several threads at once, but for read() where it says so.
class Dataset {
 public:
  // Opens every source (any dataset that OGR opens, a folder of shapefiles), recognises the layers.
  // Errors: missing, a folder with nothing readable, empty, not spatial, truncated, two layers of
  // one role, a geometry without a coordinate system, no layer of a known role. The schema must
  // outlive the dataset.
  static Result<Dataset> open(const std::vector<std::string>& sources, const Mapping& mapping,
                              const Schema& schema, Progress& progress);
  Dataset(Dataset&&) noexcept;
  Dataset& operator=(Dataset&&) noexcept;
  ~Dataset();

  const std::vector<LayerInfo>& layers() const;
  // What was noticed while the sources were opened.
  const std::vector<Finding>& findings() const;
  // The layer with that role; null when there is none.
  const LayerInfo* layer_of(Role role) const;

  // Around all features of a layer to within a few metres, where its source knows that without reading them.
  std::optional<geodesy::LonLatBox> extent(const LayerInfo& layer) const;

  // Whether all of these may be read at the same time.
  bool side_by_side(const std::vector<const LayerInfo*>& layers) const;

  // Reads one layer. Geometry comes in LonLat of the working frame. A row with a null, empty or
  // non-finite geometry keeps its place in the table with an empty geometry; a cell that cannot be
  // read or is out of range is missing; each is listed among the findings with its row id.
  Result<ReadLayer> read(const LayerInfo& layer, const ReadRequest& request, Progress& progress) const;

  struct Impl;

 private:
  explicit Dataset(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiangtu::io
