#include "io/gdal/gdal_layer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "io/cell.hpp"
#include "io/gdal/gdal_reading.hpp"
#include "io/gdal/ogr_shape.hpp"
#include "io/sqlite_reading.hpp"

namespace xiangtu::io {

namespace {

using table::GeometryKind;

constexpr int peeked_rows = 500;  // for layers that do not say what geometry they have

std::vector<SourceField> fields_of(const OGRFeatureDefn& definition) {
  std::vector<SourceField> fields;
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    const OGRFieldDefn& field = *definition.GetFieldDefn(i);
    SourceField::Type type = SourceField::Type::text;
    if (field.GetType() == OFTInteger || field.GetType() == OFTInteger64) type = SourceField::Type::integer;
    if (field.GetType() == OFTReal) type = SourceField::Type::real;
    if (field.GetType() == OFTDate || field.GetType() == OFTDateTime) type = SourceField::Type::date;
    fields.push_back({scrub_utf8(field.GetNameRef()), type});
  }
  return fields;
}

// Kinds of the first rows, in the order in which they come.
std::vector<GeometryKind> peeked_kinds(OGRLayer& layer) {
  std::vector<GeometryKind> kinds;
  layer.ResetReading();
  for (int row = 0; row < peeked_rows; ++row) {
    const GdalFeature feature{layer.GetNextFeature()};
    if (!feature) break;
    const OGRGeometry* geometry = feature->GetGeometryRef();
    const GeometryKind kind = geometry ? kind_of(*geometry) : GeometryKind::none;
    if (kind != GeometryKind::none && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
      kinds.push_back(kind);
  }
  layer.ResetReading();
  return kinds;
}

class GdalLayer : public SourceLayer {
 public:
  GdalLayer(std::shared_ptr<GdalSource> source, std::string path, std::string driver, OGRLayer& layer)
      : SourceLayer(scrub_utf8(layer.GetName()), fields_of(*layer.GetLayerDefn())),
        source_(std::move(source)),
        place_{std::move(path), std::move(driver), source_->dataset.get(), &layer} {}

  bool has_geometry() const override { return place_.layer->GetGeomType() != wkbNone; }
  std::vector<GeometryKind> kinds() override;
  GeometryKind kind_in_wkt(int column) override;
  std::vector<std::string> first_codes(std::size_t field) override;
  std::string crs() override;
  geodesy::LonLatBox extent() override;
  Result<std::uint64_t> count_rows(const BoundLayer& bound, Progress& progress) override;
  Status read(const BoundLayer& bound, const SinkPlan& plan, RowSink& sink, Progress& progress) override;

 private:
  std::optional<SqliteTable> sqlite_table(const BoundLayer& bound) const;

  std::shared_ptr<GdalSource> source_;
  GdalPlace place_;
};

std::vector<GeometryKind> GdalLayer::kinds() {
  const GdalMessages messages;
  if (const GeometryKind kind = kind_of(place_.layer->GetGeomType()); kind != GeometryKind::none)
    return {kind};
  return place_.streams_osm() ? std::vector<GeometryKind>{} : peeked_kinds(*place_.layer);
}

// What the rows of a WKT column are is seen in the first one that has a geometry.
GeometryKind GdalLayer::kind_in_wkt(int column) {
  const GdalMessages messages;
  GeometryKind kind = GeometryKind::none;
  place_.layer->ResetReading();
  for (int row = 0; row < peeked_rows && kind == GeometryKind::none; ++row) {
    const GdalFeature feature{place_.layer->GetNextFeature()};
    if (!feature) break;
    OGRGeometry* geometry = nullptr;
    if (OGRGeometryFactory::createFromWkt(feature->GetFieldAsString(column), nullptr, &geometry) ==
        OGRERR_NONE)
      kind = kind_of(*geometry);
    OGRGeometryFactory::destroyGeometry(geometry);
  }
  place_.layer->ResetReading();
  return kind;
}

std::vector<std::string> GdalLayer::first_codes(std::size_t position) {
  std::vector<std::string> codes;
  if (place_.streams_osm()) return codes;
  const GdalMessages messages;
  const int field = static_cast<int>(position);
  place_.layer->ResetReading();
  for (int row = 0; row < sampled_rows; ++row) {
    const GdalFeature feature{place_.layer->GetNextFeature()};
    if (!feature) break;
    if (!feature->IsFieldSetAndNotNull(field)) continue;
    const Code code = fields()[position].type == SourceField::Type::real
                          ? code_of(feature->GetFieldAsDouble(field))
                          : code_of(std::string_view{feature->GetFieldAsString(field)});
    codes.push_back(code.text);
  }
  place_.layer->ResetReading();
  return codes;
}

std::string GdalLayer::crs() {
  const GdalMessages messages;
  const OGRSpatialReference* reference = place_.layer->GetSpatialRef();
  char* wkt = nullptr;
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  std::string definition;
  if (reference && reference->exportToWkt(&wkt, options) == OGRERR_NONE && wkt) definition = wkt;
  CPLFree(wkt);
  return definition;
}

geodesy::LonLatBox GdalLayer::extent() {
  const GdalMessages messages;
  OGREnvelope envelope;
  geodesy::LonLatBox box;
  if (place_.streams_osm() || place_.layer->GetExtent(&envelope, TRUE) != OGRERR_NONE) return box;
  box.add(geodesy::LonLat{envelope.MinX, envelope.MinY});
  box.add(geodesy::LonLat{envelope.MaxX, envelope.MaxY});
  return box;
}

// Formats without a count of their own are read once; of those only layers with a role.
Result<std::uint64_t> GdalLayer::count_rows(const BoundLayer& bound, Progress& progress) {
  if (place_.streams_osm() && !bound.guess.role) return std::uint64_t{0};
  Result<OpenLayer> open = start_reading(place_, bound, std::vector<bool>(fields().size(), false), false);
  if (!open) return open.issue();
  GdalMessages messages;
  GIntBig rows = open->streamed ? -1 : open->layer->GetFeatureCount(TRUE);
  if (rows < 0 && messages.failures() == 0)
    for (rows = 0; open->next(progress);) ++rows;
  if (progress.stop_requested()) return cancelled_issue();
  if (rows >= 0 && messages.failures() == 0) return static_cast<std::uint64_t>(rows);
  const std::string cause = messages.text();
  if (!bound.filter().empty() && !open->streamed) {  // the filter's fault?
    messages.clear();
    open->layer->SetAttributeFilter(nullptr);
    if (open->layer->GetFeatureCount(TRUE) >= 0 && messages.failures() == 0) return bad_filter(bound, cause);
  }
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read ({2}); the file may be damaged: copy it again",
               bound.info.name, bound.info.source, cause};
}

// A GeoPackage's table that SQLite reads faster; none where GDAL's way is needed.
std::optional<SqliteTable> GdalLayer::sqlite_table(const BoundLayer& bound) const {
  if (place_.driver != "GPKG" || bound.position.any() || !bound.filter().empty()) return std::nullopt;
  const std::string id = place_.layer->GetFIDColumn();
  if (id.empty()) return std::nullopt;
  return SqliteTable{std::make_shared<SqliteFile>(place_.path), place_.layer->GetName(), id,
                     place_.layer->GetGeometryColumn()};
}

Status GdalLayer::read(const BoundLayer& bound, const SinkPlan& plan, RowSink& sink, Progress& progress) {
  if (const auto table = sqlite_table(bound))
    if (const auto direct = SqliteReading::of(*table, bound, plan)) return direct->read(sink, progress);
  return GdalReading(place_, bound, plan, sink, progress).run();
}

}  // namespace

std::unique_ptr<SourceLayer> make_gdal_layer(std::shared_ptr<GdalSource> source, std::string path,
                                             std::string driver, OGRLayer& layer) {
  return std::make_unique<GdalLayer>(std::move(source), std::move(path), std::move(driver), layer);
}

}  // namespace xiangtu::io
