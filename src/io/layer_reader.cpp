#include "io/layer_reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "io/ogr_shape.hpp"
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
    : schema_(schema),
      bound_(bound),
      request_(request),
      progress_(progress),
      role_(*bound.info.role),
      log_(bound.info.source, bound.info.name) {}

Status LayerReader::unreadable(const std::string& cause) const {
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read after {2} rows ({3}); the file is damaged: copy it again",
               bound_.info.name,
               bound_.info.source,
               row_ids_.size(),
               cause.empty() ? "no reason given" : cause};
}

Result<ReadLayer> LayerReader::run() {
  progress_.begin(stages[static_cast<std::size_t>(role_)], bound_.info.rows);
  if (Status status = prepare(); !status) return status.issue();
  if (Status status = read_rows(); !status) return status.issue();
  return finish();
}

Status LayerReader::prepare() {
  std::vector<bool> wanted(bound_.traits.fields.size(), false);
  wants_geometry_ = request_.geometry && bound_.info.geometry != GeometryKind::none;
  for (const FieldBinding& binding : bound_.bindings) {
    if (!request_.all_fields && !(binding.spec && request_.fields.contains(binding.spec->name))) continue;
    columns_.push_back(std::make_unique<ColumnReader>(schema_, role_, binding, log_));
    if (binding.field >= 0) wanted[static_cast<std::size_t>(binding.field)] = true;
    if (!binding.unit_known) wants_geometry_ = bound_.info.geometry != GeometryKind::none;
  }
  if (wants_geometry_)
    for (const int column : {bound_.position.x, bound_.position.y, bound_.position.wkt})
      if (column >= 0) wanted[static_cast<std::size_t>(column)] = true;
  if (wants_geometry_)
    if (Status status = choose_way(); !status) return status;
  if (wants_geometry_)
    shapes_ = std::make_unique<ShapeBuilder>(bound_.info.geometry, way_ ? &*way_ : nullptr, log_);
  row_ids_.reserve(bound_.info.rows);
  Result<OpenLayer> open = start_reading(bound_, wanted, wants_geometry_ && !bound_.position.any());
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
    return Issue{IssueCode::input_no_crs,
                 "layer {0} of {1} has the coordinate system {2}, from which no way to longitude and "
                 "latitude is known; "
                 "name another one in a mapping file: [[layer]] layer = \"{0}\" crs = \"EPSG:4490\"",
                 bound_.info.name, bound_.info.source, crs.id()};
  note_way(crs, *way_, log_);
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
      feature->GetFID() == OGRNullFID ? static_cast<std::int64_t>(row_ids_.size()) : feature->GetFID();
  row_ids_.push_back(row);
  if (messages_.failures() > 0) {
    log_.add(Noticed::row_damaged, {}, row, messages_.text());
    messages_.clear();
  }
  read_cells(*feature, row);
  if (shapes_) read_geometry(*feature, row);
  return true;
}

void LayerReader::read_cells(const OGRFeature& feature, std::int64_t row) {
  for (const auto& column : columns_) column->add(cell_of(feature, column->binding(), scratch_), row);
}

void LayerReader::read_geometry(const OGRFeature& feature, std::int64_t row) {
  if (bound_.position.wkt >= 0) return read_wkt(feature, row);
  if (bound_.position.any()) return read_position(feature, row);
  const OGRGeometry* geometry = feature.GetGeometryRef();
  if (!geometry) return shapes_->add_null(row);
  shapes_->add(shape_of(*geometry, shapes_->kind(), shapes_->shape()), row);
}

std::optional<double> LayerReader::coordinate(const OGRFeature& feature, int field, std::int64_t row) {
  if (!feature.IsFieldSetAndNotNull(field)) return std::nullopt;
  const SourceField& source = bound_.traits.fields[static_cast<std::size_t>(field)];
  if (source.type != SourceField::Type::text) return feature.GetFieldAsDouble(field);
  const std::string_view text = feature.GetFieldAsString(field);
  const auto number = parse_number(text);
  if (!number && !schema_.means_missing(text)) log_.add(Noticed::value_not_a_number, source.name, row, text);
  return number;
}

void LayerReader::read_position(const OGRFeature& feature, std::int64_t row) {
  const auto x = coordinate(feature, bound_.position.x, row);
  const auto y = coordinate(feature, bound_.position.y, row);
  if (!x || !y) return shapes_->add_null(row);
  shapes_->shape().clear();
  shapes_->shape().vertices.push_back({*x, *y});
  shapes_->shape().end_part();
  shapes_->add(ShapeOutcome::taken, row);
}

void LayerReader::read_wkt(const OGRFeature& feature, std::int64_t row) {
  if (!feature.IsFieldSetAndNotNull(bound_.position.wkt)) return shapes_->add_null(row);
  const char* text = feature.GetFieldAsString(bound_.position.wkt);
  if (schema_.means_missing(text)) return shapes_->add_null(row);
  OGRGeometry* parsed = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(text, nullptr, &parsed);
  const std::unique_ptr<OGRGeometry> geometry{parsed};
  messages_.clear();
  if (error != OGRERR_NONE || !geometry) return shapes_->add(ShapeOutcome::broken, row);
  shapes_->add(shape_of(*geometry, shapes_->kind(), shapes_->shape()), row);
}

// A FlatGeobuf file that is cut off in its index ends without an error from GDAL; its header knows
// better. Counts of other formats may be stale or include deleted rows.
bool LayerReader::ends_too_early() const {
  return bound_.source->driver == "FlatGeobuf" && row_ids_.size() < bound_.info.rows;
}

ReadLayer LayerReader::finish() {
  ReadLayer read;
  read.role = role_;
  table::FeatureTable& table = read.table;
  table.source = {bound_.info.source, bound_.info.name, bound_.info.crs, row_ids_.size()};
  table.row_ids = std::move(row_ids_);
  for (const auto& column : columns_) table.columns.push_back(column->take());
  if (shapes_) table.geometry = shapes_->take();
  if (!bound_.info.encoding.empty() && bound_.info.encoding != "UTF-8" && !bound_.source->encoding_given)
    log_.note("encoding.found", Severity::note, {},
              Message{"texts are read as {0}, found by the bytes of the file", bound_.info.encoding});
  const bool exact = bound_.info.rows == 0 || bound_.info.rows == table.size();
  if (!exact)
    log_.note(
        "rows.count", Severity::warning, {},
        Message{"the file says that there are {0} rows, {1} were read", bound_.info.rows, table.size()});
  make_row_ids_unique(table, log_);
  leave_out_totals(schema_, table, log_);
  settle_length_units(table, bound_.bindings, log_);
  check_ledger_lengths(table, log_);
  check_codes(table, role_, log_);
  note_absent_fields(schema_.layer(role_), request_, table, log_);
  if (!request_.geometry) table.geometry = table::GeometryColumn{};
  read.findings = log_.take();
  return read;
}

}  // namespace xiangtu::io
