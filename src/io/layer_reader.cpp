#include "io/layer_reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "io/ogr_shape.hpp"
#include "io/sqlite_layer.hpp"
#include "io/table_checks.hpp"

namespace xiangtu::io {

namespace {

using table::GeometryKind;

constexpr std::uint64_t rows_between_checks = 256;

constexpr std::array<const char*, table::role_count> stages{"reading counties",
                                                            "reading townships",
                                                            "reading villages",
                                                            "reading natural villages",
                                                            "reading administrative villages",
                                                            "reading roads",
                                                            "reading bridges",
                                                            "reading water projects",
                                                            "reading sanitation",
                                                            "reading housing",
                                                            "reading projects"};

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

geodesy::LonLatBox extent_of(OGRLayer& layer) {
  OGREnvelope envelope;
  geodesy::LonLatBox box;
  if (layer.GetExtent(&envelope, TRUE) != OGRERR_NONE) return box;
  box.add(geodesy::LonLat{envelope.MinX, envelope.MinY});
  box.add(geodesy::LonLat{envelope.MaxX, envelope.MaxY});
  return box;
}

}  // namespace

LayerReader::LayerReader(const Schema& schema, const BoundLayer& bound, const ReadRequest& request,
                         Progress& progress)
    : schema_(schema), bound_(bound), request_(request), progress_(progress), role_(*bound.info.role) {}

Status LayerReader::unreadable(const std::string& cause) const {
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read after {2} rows ({3}); the file is damaged: copy it again",
               bound_.info.name,
               bound_.info.source,
               sink_->row_ids.size(),
               cause.empty() ? "no reason given" : cause};
}

Result<ReadLayer> LayerReader::run() {
  progress_.begin(stages[static_cast<std::size_t>(role_)], bound_.info.rows);
  if (Status status = prepare(); !status) return status.issue();
  if (const auto direct = SqliteLayer::of(bound_, plan_)) {
    if (Status status = direct->read(*sink_, progress_); !status) return status.issue();
    return finish();
  }
  if (Status status = start_gdal_reading(); !status) return status.issue();
  if (Status status = read_rows(); !status) return status.issue();
  return finish();
}

Status LayerReader::prepare() {
  plan_.schema = &schema_;
  plan_.role = role_;
  plan_.source = bound_.info.source;
  plan_.layer = bound_.info.name;
  bool wants_geometry = request_.geometry;
  for (const FieldBinding& binding : bound_.bindings) {
    if (!request_.all_fields && !(binding.spec && request_.fields.contains(binding.spec->name))) continue;
    plan_.fields.push_back(&binding);
    wants_geometry = wants_geometry || !binding.unit_known;  // a length's unit is found by the geometry
  }
  if (wants_geometry) plan_.geometry = bound_.info.geometry;
  if (plan_.geometry != GeometryKind::none)
    if (Status status = choose_way(); !status) return status;
  plan_.way = way_ ? &*way_ : nullptr;
  sink_ = std::make_unique<RowSink>(plan_);
  if (way_) note_way(*bound_.crs, *way_, sink_->log);
  sink_->row_ids.reserve(bound_.info.rows);
  return {};
}

Status LayerReader::start_gdal_reading() {
  std::vector<bool> wanted(bound_.traits.fields.size(), false);
  for (const FieldBinding* field : plan_.fields)
    if (field->field >= 0) wanted[static_cast<std::size_t>(field->field)] = true;
  if (sink_->shapes)
    for (const int column : {bound_.position.x, bound_.position.y, bound_.position.wkt})
      if (column >= 0) wanted[static_cast<std::size_t>(column)] = true;
  Result<OpenLayer> open = start_reading(bound_, wanted, sink_->shapes && !bound_.position.any());
  if (!open) return open.issue();
  open_ = std::move(*open);
  messages_.clear();  // from here on a failure belongs to a row
  return {};
}

Status LayerReader::choose_way() {
  const geodesy::Crs& crs = *bound_.crs;
  if (crs.is_working_frame()) return {};
  const bool extent_matters =
      !crs.on_working_datum() && !bound_.position.any() && !bound_.source->streams_osm();
  way_ = geodesy::ToLonLat::create(crs, extent_matters ? extent_of(*bound_.layer) : geodesy::LonLatBox{});
  if (!way_)
    return Issue{
        IssueCode::input_no_crs,
        "layer {0} of {1} has the coordinate system {2}, from which no way to longitude and latitude is "
        "known; name another one in a mapping file: layer = [{{layer = \"{0}\", crs = \"EPSG:4490\"}}]",
        bound_.info.name, bound_.info.source, crs.id()};
  return {};
}

Status LayerReader::read_rows() {
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

Result<bool> LayerReader::read_row() {
  const GdalFeature feature = open_.next(progress_);
  if (!feature) {
    if (progress_.stop_requested()) return false;
    if (messages_.failures() > 0) return unreadable(messages_.text()).issue();
    return false;
  }
  const std::int64_t row =
      feature->GetFID() == OGRNullFID ? static_cast<std::int64_t>(sink_->row_ids.size()) : feature->GetFID();
  sink_->row_ids.push_back(row);
  if (messages_.failures() > 0) {
    sink_->log.add(Noticed::row_damaged, {}, row, messages_.text());
    messages_.clear();
  }
  read_cells(*feature, row);
  if (sink_->shapes) read_geometry(*feature, row);
  return true;
}

void LayerReader::read_cells(const OGRFeature& feature, std::int64_t row) {
  for (const auto& column : sink_->columns) column->add(cell_of(feature, column->binding(), scratch_), row);
}

void LayerReader::read_geometry(const OGRFeature& feature, std::int64_t row) {
  if (bound_.position.wkt >= 0) return read_wkt(feature, row);
  if (bound_.position.any()) return read_position(feature, row);
  const OGRGeometry* geometry = feature.GetGeometryRef();
  if (!geometry) return sink_->shapes->add_null(row);
  sink_->shapes->add(shape_of(*geometry, sink_->shapes->kind(), sink_->shapes->shape()), row);
}

std::optional<double> LayerReader::coordinate(const OGRFeature& feature, int field, std::int64_t row) {
  if (!feature.IsFieldSetAndNotNull(field)) return std::nullopt;
  const SourceField& source = bound_.traits.fields[static_cast<std::size_t>(field)];
  if (source.type != SourceField::Type::text) return feature.GetFieldAsDouble(field);
  const std::string_view text = feature.GetFieldAsString(field);
  const auto number = parse_number(text);
  if (!number && !schema_.means_missing(text))
    sink_->log.add(Noticed::value_not_a_number, source.name, row, text);
  return number;
}

void LayerReader::read_position(const OGRFeature& feature, std::int64_t row) {
  const auto x = coordinate(feature, bound_.position.x, row);
  const auto y = coordinate(feature, bound_.position.y, row);
  if (!x || !y) return sink_->shapes->add_null(row);
  sink_->shapes->shape().clear();
  sink_->shapes->shape().vertices.push_back({*x, *y});
  sink_->shapes->shape().end_part();
  sink_->shapes->add(ShapeOutcome::taken, row);
}

void LayerReader::read_wkt(const OGRFeature& feature, std::int64_t row) {
  if (!feature.IsFieldSetAndNotNull(bound_.position.wkt)) return sink_->shapes->add_null(row);
  const char* text = feature.GetFieldAsString(bound_.position.wkt);
  if (schema_.means_missing(text)) return sink_->shapes->add_null(row);
  OGRGeometry* parsed = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(text, nullptr, &parsed);
  const std::unique_ptr<OGRGeometry> geometry{parsed};
  messages_.clear();
  if (error != OGRERR_NONE || !geometry) return sink_->shapes->add(ShapeOutcome::broken, row);
  sink_->shapes->add(shape_of(*geometry, sink_->shapes->kind(), sink_->shapes->shape()), row);
}

// A FlatGeobuf file that is cut off in its index ends without an error from GDAL; its header knows
// better. Counts of other formats may be stale or include deleted rows.
bool LayerReader::ends_too_early() const {
  return bound_.source->driver == "FlatGeobuf" && sink_->row_ids.size() < bound_.info.rows;
}

ReadLayer LayerReader::finish() {
  ReadLayer read;
  read.role = role_;
  table::FeatureTable& table = read.table;
  table.source = {bound_.info.source, bound_.info.name, bound_.info.crs, sink_->row_ids.size()};
  table.row_ids = std::move(sink_->row_ids);
  for (const auto& column : sink_->columns) table.columns.push_back(column->take());
  if (sink_->shapes) table.geometry = sink_->shapes->take();
  if (!bound_.info.encoding.empty() && bound_.info.encoding != "UTF-8" && !bound_.source->encoding_given)
    sink_->log.note("encoding.found", Severity::note, {},
                    Message{"texts are read as {0}, found by the bytes of the file", bound_.info.encoding});
  const bool exact = bound_.info.rows == 0 || bound_.info.rows == table.size();
  if (!exact)
    sink_->log.note(
        "rows.count", Severity::warning, {},
        Message{"the file says that there are {0} rows, {1} were read", bound_.info.rows, table.size()});
  make_row_ids_unique(table, sink_->log);
  leave_out_totals(schema_, table, sink_->log);
  settle_length_units(table, bound_.bindings, sink_->log);
  check_ledger_lengths(table, sink_->log);
  check_codes(table, role_, sink_->log);
  note_absent_fields(schema_.layer(role_), request_, table, sink_->log);
  if (!request_.geometry) table.geometry = table::GeometryColumn{};
  read.findings = sink_->log.take();
  return read;
}

}  // namespace xiangtu::io
