#include "io/feature_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <cpl_conv.h>
#include <ogrsf_frmts.h>
#include <sqlite3.h>

#include "io/gdal_session.hpp"

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

}  // namespace

struct GeoPackageWriter::Impl {
  std::string path;
  std::string temporary;
  std::string timestamp;
  GdalDataset dataset;
  OGRSpatialReference crs;
  OGRLayer* layer = nullptr;
  LayerDefinition definition;
  GdalFeature row;
  std::size_t pending = 0;
  std::stop_token stop;

  // SQLite asks this every so many of its steps, within long statements and the building of indexes too.
  void watch_stop() {
    constexpr int steps = 20000;
    auto* handle = static_cast<sqlite3*>(dataset->GetInternalHandle("SQLITE_HANDLE"));
    const auto stopped = [](void* self) { return static_cast<Impl*>(self)->stop.stop_requested() ? 1 : 0; };
    if (handle && stop.stop_possible()) sqlite3_progress_handler(handle, steps, stopped, this);
  }

  // What the file says of its own date, for every statement GDAL writes on this thread.
  void fix_date() const { CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", timestamp.c_str()); }

  Issue unwritable(const std::string& cause) const {
    if (stop.stop_requested()) return cancelled_issue();
    return {IssueCode::output_unwritable, "{0} cannot be written: {1}; choose another place or make room",
            path, cause};
  }
  Issue unwritable(const GdalMessages& messages) const {
    return unwritable(messages.text().empty() ? std::string{std::strerror(errno)} : messages.text());
  }

  Status end_layer() {
    const GdalMessages messages;
    if (layer && (dataset->CommitTransaction() != OGRERR_NONE || layer->SyncToDisk() != OGRERR_NONE))
      return unwritable(messages);
    layer = nullptr;
    return {};
  }

  void discard() {
    const GdalMessages messages;
    row.reset();
    if (dataset) dataset->RollbackTransaction();
    dataset.reset();
    std::error_code error;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(temporary + suffix, error);
  }
};

GeoPackageWriter::GeoPackageWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GeoPackageWriter::GeoPackageWriter(GeoPackageWriter&&) noexcept = default;
GeoPackageWriter& GeoPackageWriter::operator=(GeoPackageWriter&&) noexcept = default;
GeoPackageWriter::~GeoPackageWriter() {
  if (impl_ && !impl_->temporary.empty()) impl_->discard();
}

Result<GeoPackageWriter> GeoPackageWriter::create(const std::string& path, const std::string& crs,
                                                  const std::string& timestamp, std::stop_token stop) {
  start_gdal();
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->timestamp = timestamp;
  impl->stop = std::move(stop);
  std::error_code error;
  if (fs::is_directory(path, error)) return impl->unwritable("it is a folder");
  const fs::path folder = fs::path{path}.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    return impl->unwritable("the folder does not exist");
  impl->temporary =
      (folder / ("." + fs::path{path}.stem().string() + "." + std::to_string(::getpid()) + ".gpkg")).string();

  const GdalMessages messages;
  impl->fix_date();
  CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");  // synced once, on commit
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  const char* options[] = {"VERSION=1.3", nullptr};
  if (driver)
    impl->dataset.reset(
        driver->Create(impl->temporary.c_str(), 0, 0, 0, GDT_Unknown, const_cast<char**>(options)));
  if (!impl->dataset) {
    const Issue issue = impl->unwritable(messages);
    impl->discard();
    return issue;
  }
  impl->crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  impl->watch_stop();
  if (impl->crs.SetFromUserInput(crs.c_str()) == OGRERR_NONE) return GeoPackageWriter(std::move(impl));
  const Issue issue = impl->unwritable(messages);
  impl->discard();
  return issue;
}

Status GeoPackageWriter::begin_layer(const LayerDefinition& definition) {
  if (const Status ended = impl_->end_layer(); !ended) return ended;
  const GdalMessages messages;
  impl_->fix_date();
  impl_->definition = definition;
  const std::string description = "DESCRIPTION=" + definition.description;
  const char* options[] = {"GEOMETRY_NAME=geom", "FID=fid", description.c_str(), nullptr};
  const bool spatial = definition.geometry != table::GeometryKind::none;
  impl_->layer = impl_->dataset->CreateLayer(definition.name.c_str(), spatial ? &impl_->crs : nullptr,
                                             geometry_type(definition), const_cast<char**>(options));
  if (!impl_->layer) return impl_->unwritable(messages);
  for (const FieldDefinition& field : definition.fields) {
    OGRFieldDefn column(field.name.c_str(), field_type(field.type));
    if (impl_->layer->CreateField(&column) != OGRERR_NONE) return impl_->unwritable(messages);
  }
  impl_->row.reset(OGRFeature::CreateFeature(impl_->layer->GetLayerDefn()));
  impl_->pending = 0;
  return impl_->dataset->StartTransaction() == OGRERR_NONE ? Status{} : Status{impl_->unwritable(messages)};
}

void GeoPackageWriter::set(std::size_t field, std::string_view text) {
  impl_->row->SetField(static_cast<int>(field), std::string{text}.c_str());
}
void GeoPackageWriter::set(std::size_t field, std::int64_t integer) {
  impl_->row->SetField(static_cast<int>(field), static_cast<GIntBig>(integer));
}
void GeoPackageWriter::set(std::size_t field, double real) {
  impl_->row->SetField(static_cast<int>(field), real);
}

Status GeoPackageWriter::add_row(std::span<const geodesy::LonLat> vertices) {
  const GdalMessages messages;
  OGRFeature& row = *impl_->row;
  if (!vertices.empty()) row.SetGeometryDirectly(geometry_of(impl_->definition.geometry, vertices).release());
  const bool added = impl_->layer->CreateFeature(&row) == OGRERR_NONE;
  row.Reset();
  if (!added) return impl_->unwritable(messages);
  if (++impl_->pending < rows_per_transaction) return {};
  impl_->pending = 0;
  if (impl_->dataset->CommitTransaction() != OGRERR_NONE || impl_->dataset->StartTransaction() != OGRERR_NONE)
    return impl_->unwritable(messages);
  return {};
}

Status GeoPackageWriter::add_row() {
  return add_row({});
}

Status GeoPackageWriter::set_metadata(std::string_view name, std::string_view value) {
  const GdalMessages messages;
  impl_->fix_date();
  if (impl_->dataset->SetMetadataItem(std::string{name}.c_str(), std::string{value}.c_str()) != CE_None)
    return impl_->unwritable(messages);
  return {};
}

Status GeoPackageWriter::commit() {
  if (const Status ended = impl_->end_layer(); !ended) return ended;
  const GdalMessages messages;
  impl_->fix_date();
  impl_->row.reset();
  impl_->dataset.reset();
  std::error_code error;
  if (impl_->stop.stop_requested()) return cancelled_issue();  // what is there may be half of it
  if (messages.failures() > 0 || !fs::exists(impl_->temporary, error)) return impl_->unwritable(messages);
  if (!sync_path(impl_->temporary, O_RDONLY)) return impl_->unwritable(std::strerror(errno));
  if (::rename(impl_->temporary.c_str(), impl_->path.c_str()) != 0)
    return impl_->unwritable(std::strerror(errno));
  impl_->temporary.clear();
  sync_path(fs::path{impl_->path}.parent_path(), O_RDONLY | O_DIRECTORY);
  return {};
}

}  // namespace xiangtu::io
