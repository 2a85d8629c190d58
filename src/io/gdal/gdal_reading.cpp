#include "io/gdal/gdal_reading.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "io/gdal/ogr_shape.hpp"

namespace xiangtu::io {

namespace {

constexpr std::uint64_t rows_between_checks = 256;

// The cell's text, where it has one, is in `scratch` or in the feature; it lives until the next call.
Cell cell_of(const OGRFeature& feature, const FieldBinding& binding, std::string& scratch) {
  if (binding.constant) return Cell::of(std::string_view{*binding.constant});
  const int field = binding.field;
  if (!feature.IsFieldSetAndNotNull(field)) return {};
  if (!binding.tag.empty()) {
    const auto value = tag_value(feature.GetFieldAsString(field), binding.tag);
    if (!value) return {};
    scratch = *value;
    return Cell::of(std::string_view{scratch});
  }
  switch (binding.type) {
    case SourceField::Type::integer:
      return Cell::of(static_cast<std::int64_t>(feature.GetFieldAsInteger64(field)));
    case SourceField::Type::real:
      return Cell::of(feature.GetFieldAsDouble(field));
    case SourceField::Type::date: {
      int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0;
      if (!feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone)) return {};
      scratch = fmt::format("{:04}-{:02}-{:02}", year, month, day);
      return {Cell::Kind::date, scratch, year, 0};
    }
    case SourceField::Type::text:
      break;
  }
  const char* text = feature.GetFieldAsString(field);
  return *text ? Cell::of(std::string_view{text}) : Cell{};
}

// An OSM file is one stream of all its layers; the driver remembers what was asked of it before, so
// each reading has a dataset of its own and says which layer it is about.
Status open_stream(const GdalPlace& place, OpenLayer& open) {
  open.own.reset(GDALDataset::Open(place.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  open.dataset = open.own.get();
  open.layer = open.own ? open.own->GetLayerByName(place.layer->GetName()) : nullptr;
  if (!open.layer)
    return Issue{IssueCode::input_unreadable, "{0} cannot be read a second time; was it changed or removed?",
                 place.path};
  const std::string interest = std::string{"SET interest_layers = "} + open.layer->GetName();
  open.own->ReleaseResultSet(open.own->ExecuteSQL(interest.c_str(), nullptr, nullptr));
  open.streamed = true;
  return {};
}

int CPL_STDCALL keep_going(double, const char*, void* progress) {
  return static_cast<const Progress*>(progress)->stop_requested() ? FALSE : TRUE;
}

void ignore_fields(OGRLayer& layer, const std::vector<bool>& wanted_fields, bool wants_geometry) {
  CPLStringList ignored;
  for (std::size_t i = 0; i < wanted_fields.size(); ++i)
    if (!wanted_fields[i])
      ignored.AddString(layer.GetLayerDefn()->GetFieldDefn(static_cast<int>(i))->GetNameRef());
  if (!wants_geometry) ignored.AddString("OGR_GEOMETRY");
  ignored.AddString("OGR_STYLE");
  layer.SetIgnoredFields(const_cast<const char**>(ignored.List()));
}

}  // namespace

Issue bad_filter(const BoundLayer& bound, const std::string& cause) {
  return {IssueCode::input_bad_mapping, "{0}: the filter of layer {1} cannot be used ({2})",
          bound.mapping->place, bound.info.name, cause};
}

GdalFeature OpenLayer::next(Progress& progress) const {
  if (!streamed) return GdalFeature{layer->GetNextFeature()};
  for (;;) {
    OGRLayer* of = nullptr;
    GdalFeature feature{dataset->GetNextFeature(&of, nullptr, keep_going, &progress)};
    if (!feature || of == layer) return feature;
  }
}

Result<OpenLayer> start_reading(const GdalPlace& place, const BoundLayer& bound,
                                const std::vector<bool>& wanted_fields, bool wants_geometry) {
  GdalMessages messages;
  OpenLayer open;
  open.dataset = place.dataset;
  open.layer = place.layer;
  if (place.streams_osm())
    if (Status status = open_stream(place, open); !status) return status.issue();
  const std::string filter{bound.filter()};
  open.layer->SetIgnoredFields(nullptr);
  if (open.layer->SetAttributeFilter(filter.empty() ? nullptr : filter.c_str()) != OGRERR_NONE)
    return bad_filter(bound, messages.text());
  // A filter needs fields of its own, so with one nothing is left out.
  if (filter.empty() && open.layer->TestCapability(OLCIgnoreFields))
    ignore_fields(*open.layer, wanted_fields, wants_geometry);
  open.layer->ResetReading();
  return open;
}

Status GdalReading::unreadable(const std::string& cause) const {
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read after {2} rows ({3}); the file is damaged: copy it again",
               bound_.info.name,
               bound_.info.source,
               rows_read_,
               cause.empty() ? "no reason given" : cause};
}

Status GdalReading::start() {
  std::vector<bool> wanted(bound_.traits.fields.size(), false);
  for (const FieldBinding* field : plan_.fields)
    if (field->field >= 0) wanted[static_cast<std::size_t>(field->field)] = true;
  if (sink_.shapes)
    for (const int column : {bound_.position.x, bound_.position.y, bound_.position.wkt})
      if (column >= 0) wanted[static_cast<std::size_t>(column)] = true;
  Result<OpenLayer> open = start_reading(place_, bound_, wanted, sink_.shapes && !bound_.position.any());
  if (!open) return open.issue();
  open_ = std::move(*open);
  messages_.clear();  // from here on a failure belongs to a row
  return {};
}

Status GdalReading::run() {
  if (Status status = start(); !status) return status;
  for (std::uint64_t rows = 0;; ++rows) {
    if (rows % rows_between_checks == 0 && rows > 0) progress_.advance(rows_between_checks);
    if (rows % rows_between_checks == 0 && progress_.stop_requested()) return cancelled_issue();
    Result<bool> more = read_row();
    if (!more) return more.issue();
    if (*more) continue;
    if (progress_.stop_requested()) return cancelled_issue();
    if (ends_too_early()) return unreadable("the file ends before its last row");
    progress_.advance(rows % rows_between_checks);
    return {};
  }
}

Result<bool> GdalReading::read_row() {
  const GdalFeature feature = open_.next(progress_);
  if (!feature) {
    if (progress_.stop_requested()) return false;
    if (messages_.failures() > 0) return unreadable(messages_.text()).issue();
    return false;
  }
  const std::int64_t row =
      feature->GetFID() == OGRNullFID ? static_cast<std::int64_t>(rows_read_) : feature->GetFID();
  ++rows_read_;
  if (messages_.failures() > 0) {
    sink_.log.add(Noticed::row_damaged, {}, row, messages_.text());
    messages_.clear();
  }
  read_cells(*feature, row, 0, plan_.sieved_fields);
  if (!sink_.needs_row()) return true;
  read_cells(*feature, row, plan_.sieved_fields, sink_.columns.size());
  sink_.row_ids.push_back(row);
  if (sink_.shapes) read_geometry(*feature, row);
  return true;
}

void GdalReading::read_cells(const OGRFeature& feature, std::int64_t row, std::size_t begin,
                             std::size_t end) {
  for (std::size_t i = begin; i < end; ++i)
    sink_.columns[i]->add(cell_of(feature, sink_.columns[i]->binding(), scratch_), row);
}

void GdalReading::read_geometry(const OGRFeature& feature, std::int64_t row) {
  if (bound_.position.wkt >= 0) return read_wkt(feature, row);
  if (bound_.position.any()) return read_position(feature, row);
  const OGRGeometry* geometry = feature.GetGeometryRef();
  if (!geometry) return sink_.shapes->add_null(row);
  sink_.shapes->add(shape_of(*geometry, sink_.shapes->kind(), sink_.shapes->shape()), row);
}

std::optional<double> GdalReading::coordinate(const OGRFeature& feature, int field, std::int64_t row) {
  if (!feature.IsFieldSetAndNotNull(field)) return std::nullopt;
  const SourceField& source = bound_.traits.fields[static_cast<std::size_t>(field)];
  if (source.type != SourceField::Type::text) return feature.GetFieldAsDouble(field);
  const std::string_view text = feature.GetFieldAsString(field);
  const auto number = parse_number(text);
  if (!number && !plan_.schema->means_missing(text))
    sink_.log.add(Noticed::value_not_a_number, source.name, row, text);
  return number;
}

void GdalReading::read_position(const OGRFeature& feature, std::int64_t row) {
  const auto x = coordinate(feature, bound_.position.x, row);
  const auto y = coordinate(feature, bound_.position.y, row);
  if (!x || !y) return sink_.shapes->add_null(row);
  sink_.shapes->shape().clear();
  sink_.shapes->shape().vertices.push_back({*x, *y});
  sink_.shapes->shape().end_part();
  sink_.shapes->add(ShapeOutcome::taken, row);
}

void GdalReading::read_wkt(const OGRFeature& feature, std::int64_t row) {
  if (!feature.IsFieldSetAndNotNull(bound_.position.wkt)) return sink_.shapes->add_null(row);
  const char* text = feature.GetFieldAsString(bound_.position.wkt);
  if (plan_.schema->means_missing(text)) return sink_.shapes->add_null(row);
  OGRGeometry* parsed = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(text, nullptr, &parsed);
  const std::unique_ptr<OGRGeometry> geometry{parsed};
  messages_.clear();
  if (error != OGRERR_NONE || !geometry) return sink_.shapes->add(ShapeOutcome::broken, row);
  sink_.shapes->add(shape_of(*geometry, sink_.shapes->kind(), sink_.shapes->shape()), row);
}

// A FlatGeobuf file that is cut off in its index ends without an error from GDAL; its header knows
// better. Counts of other formats may be stale or include deleted rows.
bool GdalReading::ends_too_early() const {
  return place_.driver == "FlatGeobuf" && rows_read_ < bound_.info.rows;
}

}  // namespace xiangtu::io
