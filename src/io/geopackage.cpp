#include "io/geopackage.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/text.hpp"
#include "io/bound_layer.hpp"
#include "io/cell.hpp"
#include "io/sqlite_connection.hpp"
#include "io/sqlite_reading.hpp"

namespace xiangtu::io {

namespace {

using table::GeometryKind;
using Type = SourceField::Type;

std::string upper(std::string_view text) {
  std::string result{text};
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

// Table 1 of the standard; none for what is not a number or a text.
std::optional<Type> type_of_column(std::string_view declared) {
  constexpr std::array<std::string_view, 6> whole{"BOOLEAN",   "TINYINT", "SMALLINT",
                                                  "MEDIUMINT", "INT",     "INTEGER"};
  constexpr std::array<std::string_view, 3> real{"FLOAT", "DOUBLE", "REAL"};
  const std::string type = upper(declared);
  if (std::find(whole.begin(), whole.end(), type) != whole.end()) return Type::integer;
  if (std::find(real.begin(), real.end(), type) != real.end()) return Type::real;
  if (type == "TEXT" || type.starts_with("TEXT(")) return Type::text;
  return std::nullopt;
}

GeometryKind kind_of_type(std::string_view name) {
  const std::string type = upper(name);
  if (type == "POINT" || type == "MULTIPOINT") return GeometryKind::point;
  if (type == "LINESTRING" || type == "MULTILINESTRING") return GeometryKind::line;
  if (type == "POLYGON" || type == "MULTIPOLYGON") return GeometryKind::polygon;
  return GeometryKind::none;
}

// The two systems whose coordinates are taken as they are. The definition must not contradict the code.
bool is_working_frame(std::string_view organization, std::int64_t code, std::string_view definition) {
  const auto says = [&](std::string_view name) { return definition.find(name) != std::string_view::npos; };
  if (upper(organization) != "EPSG") return false;
  return (code == 4490 && (says("China Geodetic Coordinate System 2000") || says("China_2000"))) ||
         (code == 4326 && (says("WGS 84") || says("WGS_1984")));
}

class GeoPackageLayer : public SourceLayer {
 public:
  GeoPackageLayer(SqliteTable table, std::vector<SourceField> fields, GeometryKind kind, std::string crs,
                  std::uint64_t rows)
      : SourceLayer(table.name, std::move(fields)),
        table_(std::move(table)),
        kind_(kind),
        crs_(std::move(crs)),
        rows_(rows) {}

  bool has_geometry() const override { return kind_ != GeometryKind::none; }
  std::vector<GeometryKind> kinds() override { return {kind_}; }
  GeometryKind kind_in_wkt(int) override { return GeometryKind::none; }  // such files are GDAL's
  std::vector<std::string> first_codes(std::size_t field) override;
  std::string crs() override { return crs_; }
  geodesy::LonLatBox extent() override { return {}; }
  std::optional<geodesy::LonLatBox> known_extent() override { return indexed_extent(table_); }
  Result<std::uint64_t> count_rows(const BoundLayer&, Progress&) override { return rows_; }
  bool reads_beside_others() const override { return true; }
  Status read(const BoundLayer& bound, const SinkPlan& plan, RowSink& sink, Progress& progress) override;

 private:
  SqliteTable table_;
  GeometryKind kind_;
  std::string crs_;
  std::uint64_t rows_;
};

std::vector<std::string> GeoPackageLayer::first_codes(std::size_t field) {
  std::vector<std::string> codes;
  Connection connection = table_.file->borrow();
  if (!connection) return codes;
  const std::string name = sql_name(fields()[field].name);
  Statement rows = prepare(connection.get(), "SELECT " + name + " FROM " + sql_name(table_.name) + " LIMIT " +
                                                 std::to_string(sampled_rows));
  while (rows && sqlite3_step(rows.get()) == SQLITE_ROW) {
    if (sqlite3_column_type(rows.get(), 0) == SQLITE_NULL) continue;
    const Code code = fields()[field].type == Type::real ? code_of(sqlite3_column_double(rows.get(), 0))
                                                         : code_of(text_at(rows.get(), 0));
    codes.push_back(code.text);
  }
  rows.reset();
  table_.file->give_back(std::move(connection));
  return codes;
}

Status GeoPackageLayer::read(const BoundLayer& bound, const SinkPlan& plan, RowSink& sink,
                             Progress& progress) {
  if (const auto reading = SqliteReading::of(table_, bound, plan)) return reading->read(sink, progress);
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read a second time; was it changed or removed?", bound.info.name,
               bound.info.source};
}

// Reads what the file says of itself; any doubt makes it not plain.
class Catalog {
 public:
  explicit Catalog(std::shared_ptr<SqliteFile> file) : file_(std::move(file)), connection_(file_->borrow()) {}
  ~Catalog() {
    if (connection_) file_->give_back(std::move(connection_));
  }

  std::vector<std::unique_ptr<SourceLayer>> layers() {
    constexpr std::int64_t geopackage = 0x47504B47;  // "GPKG", since version 1.2
    if (!connection_ || number("PRAGMA application_id") != geopackage || has_unregistered_tables()) return {};
    const Statement rows = prepare(connection_.get(), listing());
    std::vector<std::unique_ptr<SourceLayer>> found;
    while (rows && sqlite3_step(rows.get()) == SQLITE_ROW) {
      std::unique_ptr<SourceLayer> layer = layer_of(rows.get());
      const auto same = [&](const auto& other) { return other->name() == layer->name(); };
      if (!layer || std::any_of(found.begin(), found.end(), same)) return {};
      found.push_back(std::move(layer));
    }
    return found;
  }

 private:
  // −1 when there is no such number.
  std::int64_t number(const std::string& sql) {
    const Statement row = prepare(connection_.get(), sql);
    if (!row || sqlite3_step(row.get()) != SQLITE_ROW) return -1;
    return sqlite3_column_type(row.get(), 0) == SQLITE_INTEGER ? sqlite3_column_int64(row.get(), 0) : -1;
  }

  // GDAL lists tables that the contents do not name, where it thinks that they are meant to be seen.
  bool has_unregistered_tables() {
    return number(
               "SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view') "
               "AND name NOT GLOB 'gpkg_*' AND name NOT GLOB 'rtree_*' AND name NOT GLOB 'sqlite_*' "
               "AND lower(name) NOT IN (SELECT lower(table_name) FROM gpkg_contents)") != 0;
  }

  // Tables with geometry first.
  std::string listing() {
    const bool counted = prepare(connection_.get(), "SELECT feature_count FROM gpkg_ogr_contents") != nullptr;
    return std::string{
               "SELECT c.table_name, c.data_type, g.column_name, g.geometry_type_name, s.organization, "
               "s.organization_coordsys_id, s.definition, "} +
           (counted ? "(SELECT feature_count FROM gpkg_ogr_contents o "
                      "WHERE lower(o.table_name) = lower(c.table_name)) "
                    : "NULL ") +
           "FROM gpkg_contents c "
           "LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name "
           "LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id "
           "WHERE c.data_type IN ('features', 'attributes', 'aspatial') AND c.table_name <> "
           "'ogr_empty_table' ORDER BY c.data_type <> 'features', g.rowid, c.rowid";
  }

  std::unique_ptr<SourceLayer> layer_of(sqlite3_stmt* row) {
    SqliteTable table{file_, std::string{text_at(row, 0)}, {}, std::string{text_at(row, 2)}};
    const bool spatial = text_at(row, 1) == "features";
    if (spatial == table.geometry.empty() || !valid_utf8(table.name)) return nullptr;
    const GeometryKind kind = spatial ? kind_of_type(text_at(row, 3)) : GeometryKind::none;
    if (spatial && kind == GeometryKind::none) return nullptr;
    const std::int64_t code = sqlite3_column_int64(row, 5);
    if (spatial && !is_working_frame(text_at(row, 4), code, text_at(row, 6))) return nullptr;
    auto fields = fields_of(table);
    if (!fields || table.id.empty()) return nullptr;
    const std::int64_t rows = sqlite3_column_type(row, 7) == SQLITE_INTEGER
                                  ? sqlite3_column_int64(row, 7)
                                  : number("SELECT count(*) FROM " + sql_name(table.name));
    if (rows < 0) return nullptr;
    return std::make_unique<GeoPackageLayer>(std::move(table), std::move(*fields), kind,
                                             "EPSG:" + std::to_string(code),
                                             static_cast<std::uint64_t>(rows));
  }

  // All columns but the key, whose name goes into the table, and the geometry. None: not plain.
  std::optional<std::vector<SourceField>> fields_of(SqliteTable& table) {
    const Statement rows = prepare(connection_.get(),
                                   "SELECT x.name, x.type, x.pk, x.hidden FROM sqlite_master m, "
                                   "pragma_table_xinfo(m.name) x WHERE m.type = 'table' AND m.name = ?1");
    if (!rows) return std::nullopt;
    sqlite3_bind_text(rows.get(), 1, table.name.data(), static_cast<int>(table.name.size()), SQLITE_STATIC);
    std::vector<SourceField> fields;
    bool found_geometry = table.geometry.empty();
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
      const std::string name{text_at(rows.get(), 0)}, declared{text_at(rows.get(), 1)};
      const bool key = sqlite3_column_int(rows.get(), 2) != 0;
      if (!valid_utf8(name) || sqlite3_column_int(rows.get(), 3) != 0) return std::nullopt;
      if (key) {
        if (!table.id.empty() || upper(declared) != "INTEGER") return std::nullopt;
        table.id = name;
      } else if (name == table.geometry) {
        found_geometry = true;
      } else {
        const std::optional<Type> type = type_of_column(declared);
        if (!type) return std::nullopt;
        fields.push_back({name, *type});
      }
    }
    const bool plain = found_geometry && key_is_rowid(table.name);
    return plain ? std::optional{std::move(fields)} : std::nullopt;
  }

  // INTEGER PRIMARY KEY DESC is not: such a key has an index and may be missing.
  bool key_is_rowid(const std::string& table) {
    const Statement index =
        prepare(connection_.get(), "SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk'");
    if (!index) return false;
    sqlite3_bind_text(index.get(), 1, table.data(), static_cast<int>(table.size()), SQLITE_STATIC);
    return sqlite3_step(index.get()) == SQLITE_DONE;
  }

  std::shared_ptr<SqliteFile> file_;
  Connection connection_;
};

}  // namespace

std::vector<std::unique_ptr<SourceLayer>> open_geopackage(const std::string& path) {
  return Catalog(std::make_shared<SqliteFile>(path)).layers();
}

}  // namespace xiangtu::io
