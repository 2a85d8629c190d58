#include "io/gdal/geopackage_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <cpl_conv.h>
#include <ogrsf_frmts.h>
#include <sqlite3.h>

#include "io/gdal/gdal_session.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

// Rows between two commits of the transaction: large enough for speed, small enough for memory.
constexpr std::size_t rows_per_transaction = 200000;

OGRwkbGeometryType geometry_type(const LayerDefinition& layer) {
  switch (layer.geometry) {
    case table::GeometryKind::point:
      return layer.multi ? wkbMultiPoint : wkbPoint;
    case table::GeometryKind::line:
      return layer.multi ? wkbMultiLineString : wkbLineString;
    case table::GeometryKind::polygon:
      return layer.multi ? wkbMultiPolygon : wkbPolygon;
    case table::GeometryKind::none:
      break;
  }
  return wkbNone;
}

OGRFieldType field_type(FieldDefinition::Type type) {
  if (type == FieldDefinition::Type::integer) return OFTInteger64;
  return type == FieldDefinition::Type::real ? OFTReal : OFTString;
}

std::unique_ptr<OGRGeometry> geometry_of(table::GeometryKind kind,
                                         std::span<const geodesy::LonLat> vertices) {
  if (kind == table::GeometryKind::point) return std::make_unique<OGRPoint>(vertices[0].lon, vertices[0].lat);
  std::unique_ptr<OGRLineString> line;
  if (kind == table::GeometryKind::polygon)
    line = std::make_unique<OGRLinearRing>();
  else
    line = std::make_unique<OGRLineString>();
  static_assert(sizeof(geodesy::LonLat) == sizeof(OGRRawPoint));
  line->setPoints(static_cast<int>(vertices.size()), reinterpret_cast<const OGRRawPoint*>(vertices.data()));
  if (kind == table::GeometryKind::line) return line;
  auto polygon = std::make_unique<OGRPolygon>();
  polygon->addRingDirectly(static_cast<OGRLinearRing*>(line.release()));
  return polygon;
}

bool sync_path(const fs::path& path, int flags) {
  const int descriptor = ::open(path.empty() ? "." : path.c_str(), flags);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

class GdalGeoPackageWriter : public GeoPackageWriter {
 public:
  GdalGeoPackageWriter(std::string path, std::string timestamp, std::stop_token stop)
      : path_(std::move(path)), timestamp_(std::move(timestamp)), stop_(std::move(stop)) {}
  ~GdalGeoPackageWriter() override {
    if (!temporary_.empty()) discard();
  }

  Status open(const std::string& crs);
  Status begin_layer(const LayerDefinition& layer) override;
  void set(std::size_t field, std::string_view text) override;
  void set(std::size_t field, std::int64_t integer) override;
  void set(std::size_t field, double real) override;
  Status add_row(std::span<const geodesy::LonLat> vertices) override;
  Status set_metadata(std::string_view name, std::string_view value) override;
  Status commit() override;

 private:
  // SQLite asks this every so many of its steps, within long statements and the building of indexes too.
  void watch_stop() {
    constexpr int steps = 20000;
    auto* handle = static_cast<sqlite3*>(dataset_->GetInternalHandle("SQLITE_HANDLE"));
    const auto stopped = [](void* self) {
      return static_cast<GdalGeoPackageWriter*>(self)->stop_.stop_requested() ? 1 : 0;
    };
    if (handle && stop_.stop_possible()) sqlite3_progress_handler(handle, steps, stopped, this);
  }

  // What the file says of its own date, for every statement GDAL writes on this thread.
  void fix_date() const { CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", timestamp_.c_str()); }

  Issue unwritable(const std::string& cause) const {
    if (stop_.stop_requested()) return cancelled_issue();
    return {IssueCode::output_unwritable, "{0} cannot be written: {1}; choose another place or make room",
            path_, cause};
  }
  Issue unwritable(const GdalMessages& messages) const {
    return unwritable(messages.text().empty() ? std::string{std::strerror(errno)} : messages.text());
  }

  Status end_layer() {
    const GdalMessages messages;
    if (layer_ && (dataset_->CommitTransaction() != OGRERR_NONE || layer_->SyncToDisk() != OGRERR_NONE))
      return unwritable(messages);
    layer_ = nullptr;
    return {};
  }

  void discard() {
    const GdalMessages messages;
    row_.reset();
    if (dataset_) dataset_->RollbackTransaction();
    dataset_.reset();
    std::error_code error;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(temporary_ + suffix, error);
  }

  std::string path_, temporary_, timestamp_;
  GdalDataset dataset_;
  OGRSpatialReference crs_;
  OGRLayer* layer_ = nullptr;
  LayerDefinition definition_;
  GdalFeature row_;
  std::size_t pending_ = 0;
  std::stop_token stop_;
};

Status GdalGeoPackageWriter::open(const std::string& crs) {
  std::error_code error;
  if (fs::is_directory(path_, error)) return unwritable("it is a folder");
  const fs::path folder = fs::path{path_}.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error)) return unwritable("the folder does not exist");
  temporary_ = (folder / ("." + fs::path{path_}.stem().string() + "." + std::to_string(::getpid()) + ".gpkg"))
                   .string();

  const GdalMessages messages;
  fix_date();
  CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");  // synced once, on commit
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  const char* options[] = {"VERSION=1.3", nullptr};
  if (driver)
    dataset_.reset(driver->Create(temporary_.c_str(), 0, 0, 0, GDT_Unknown, const_cast<char**>(options)));
  if (!dataset_) return unwritable(messages);
  crs_.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  watch_stop();
  if (crs_.SetFromUserInput(crs.c_str()) != OGRERR_NONE) return unwritable(messages);
  return {};
}

Status GdalGeoPackageWriter::begin_layer(const LayerDefinition& definition) {
  if (const Status ended = end_layer(); !ended) return ended;
  const GdalMessages messages;
  fix_date();
  definition_ = definition;
  const std::string description = "DESCRIPTION=" + definition.description;
  const char* options[] = {"GEOMETRY_NAME=geom", "FID=fid", description.c_str(), nullptr};
  const bool spatial = definition.geometry != table::GeometryKind::none;
  layer_ = dataset_->CreateLayer(definition.name.c_str(), spatial ? &crs_ : nullptr,
                                 geometry_type(definition), const_cast<char**>(options));
  if (!layer_) return unwritable(messages);
  for (const FieldDefinition& field : definition.fields) {
    OGRFieldDefn column(field.name.c_str(), field_type(field.type));
    if (layer_->CreateField(&column) != OGRERR_NONE) return unwritable(messages);
  }
  row_.reset(OGRFeature::CreateFeature(layer_->GetLayerDefn()));
  pending_ = 0;
  return dataset_->StartTransaction() == OGRERR_NONE ? Status{} : Status{unwritable(messages)};
}

void GdalGeoPackageWriter::set(std::size_t field, std::string_view text) {
  row_->SetField(static_cast<int>(field), std::string{text}.c_str());
}
void GdalGeoPackageWriter::set(std::size_t field, std::int64_t integer) {
  row_->SetField(static_cast<int>(field), static_cast<GIntBig>(integer));
}
void GdalGeoPackageWriter::set(std::size_t field, double real) {
  row_->SetField(static_cast<int>(field), real);
}

Status GdalGeoPackageWriter::add_row(std::span<const geodesy::LonLat> vertices) {
  const GdalMessages messages;
  OGRFeature& row = *row_;
  if (!vertices.empty()) row.SetGeometryDirectly(geometry_of(definition_.geometry, vertices).release());
  const bool added = layer_->CreateFeature(&row) == OGRERR_NONE;
  row.Reset();
  if (!added) return unwritable(messages);
  if (++pending_ < rows_per_transaction) return {};
  pending_ = 0;
  if (dataset_->CommitTransaction() != OGRERR_NONE || dataset_->StartTransaction() != OGRERR_NONE)
    return unwritable(messages);
  return {};
}

Status GdalGeoPackageWriter::set_metadata(std::string_view name, std::string_view value) {
  const GdalMessages messages;
  fix_date();
  if (dataset_->SetMetadataItem(std::string{name}.c_str(), std::string{value}.c_str()) != CE_None)
    return unwritable(messages);
  return {};
}

Status GdalGeoPackageWriter::commit() {
  if (const Status ended = end_layer(); !ended) return ended;
  const GdalMessages messages;
  fix_date();
  row_.reset();
  dataset_.reset();
  std::error_code error;
  if (stop_.stop_requested()) return cancelled_issue();  // what is there may be half of it
  if (messages.failures() > 0 || !fs::exists(temporary_, error)) return unwritable(messages);
  if (!sync_path(temporary_, O_RDONLY)) return unwritable(std::strerror(errno));
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return unwritable(std::strerror(errno));
  temporary_.clear();
  sync_path(fs::path{path_}.parent_path(), O_RDONLY | O_DIRECTORY);
  return {};
}

}  // namespace

Result<std::unique_ptr<GeoPackageWriter>> create_geopackage(const std::string& path, const std::string& crs,
                                                            const std::string& timestamp,
                                                            std::stop_token stop) {
  start_gdal();
  auto writer = std::make_unique<GdalGeoPackageWriter>(path, timestamp, std::move(stop));
  if (const Status opened = writer->open(crs); !opened) return opened.issue();
  return std::unique_ptr<GeoPackageWriter>{std::move(writer)};
}

}  // namespace xiangtu::io
