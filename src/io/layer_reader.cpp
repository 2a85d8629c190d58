#include "io/layer_reader.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "io/table_checks.hpp"

namespace xiangtu::io {

namespace {

using table::GeometryKind;

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
                                                            "reading projects",
                                                            "reading rivers"};

}  // namespace

LayerReader::LayerReader(const Schema& schema, const BoundLayer& bound, const ReadRequest& request,
                         Progress& progress)
    : schema_(schema), bound_(bound), request_(request), progress_(progress), role_(*bound.info.role) {}

Result<ReadLayer> LayerReader::run() {
  progress_.begin(stages[static_cast<std::size_t>(role_)], bound_.info.rows);
  if (Status status = prepare(); !status) return status.issue();
  if (Status status = bound_.layer->read(bound_, plan_, *sink_, progress_); !status) return status.issue();
  if (sink_->row_ids.size() >= RowIx::none_value || (sink_->shapes && !sink_->shapes->column().countable()))
    return Issue{IssueCode::input_unreadable,
                 "layer {0} of {1} has more than {2} rows or vertices; split it, by county for example",
                 bound_.info.name, bound_.info.source, RowIx::none_value - 1};
  ReadLayer read = finish();
  if (progress_.stop_requested()) return cancelled_issue();
  return read;
}

Status LayerReader::prepare() {
  plan_.schema = &schema_;
  plan_.role = role_;
  plan_.source = bound_.info.source;
  plan_.layer = bound_.info.name;
  bool wants_geometry = request_.geometry;
  for (const FieldBinding& binding : bound_.bindings) {
    const bool wanted = binding.spec && request_.fields.contains(binding.spec->name);
    if (!request_.all_fields && !wanted && !sieved(binding)) continue;
    plan_.fields.push_back(&binding);
    wants_geometry = wants_geometry || !binding.unit_known;  // a length's unit is found by the geometry
  }
  if (wants_geometry) plan_.geometry = bound_.info.geometry;
  if (plan_.geometry != GeometryKind::none)
    if (Status status = choose_way(); !status) return status;
  plan_.way = way_ ? &*way_ : nullptr;
  if (!way_ && plan_.geometry != table::GeometryKind::none) plan_.box = request_.box;
  if (request_.sieve) {
    plan_.sieve = &*request_.sieve;
    const auto rest = std::stable_partition(plan_.fields.begin(), plan_.fields.end(),
                                            [&](const FieldBinding* field) { return sieved(*field); });
    plan_.sieved_fields = static_cast<std::size_t>(rest - plan_.fields.begin());
  }
  sink_ = std::make_unique<RowSink>(plan_);
  if (way_) note_way(*bound_.crs, *way_, sink_->log);
  return {};
}

// Whether the field tells which rows are needed.
bool LayerReader::sieved(const FieldBinding& field) const {
  if (!request_.sieve || !field.spec) return false;
  const auto& fields = request_.sieve->fields;
  return std::find(fields.begin(), fields.end(), field.spec->name) != fields.end();
}

Status LayerReader::choose_way() {
  const geodesy::Crs& crs = *bound_.crs;
  if (crs.is_working_frame()) return {};
  const bool extent_matters = !crs.on_working_datum() && !bound_.position.any();
  way_ = geodesy::ToLonLat::create(crs, extent_matters ? bound_.layer->extent() : geodesy::LonLatBox{});
  if (Status proj = geodesy::proj_status(); !proj) return proj;
  if (!way_)
    return Issue{
        IssueCode::input_no_crs,
        "layer {0} of {1} has the coordinate system {2}, from which no way to longitude and latitude is "
        "known; name another one in a mapping file: layer = [{{layer = \"{0}\", crs = \"EPSG:4490\"}}]",
        bound_.info.name, bound_.info.source, crs.id()};
  return {};
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
  const bool exact =
      request_.box || request_.sieve || bound_.info.rows == 0 || bound_.info.rows == table.size();
  if (!exact)
    sink_->log.note(
        "rows.count", Severity::warning, {},
        Message{"the file says that there are {0} rows, {1} were read", bound_.info.rows, table.size()});
  make_row_ids_unique(table, sink_->log);
  leave_out_totals(schema_, table, sink_->log);
  settle_length_units(table, bound_.bindings, sink_->log);
  check_ledger_lengths(table, sink_->log, progress_);
  check_codes(table, role_, sink_->log);
  note_absent_fields(schema_.layer(role_), request_, table, sink_->log);
  if (!request_.geometry) table.geometry = table::GeometryColumn{};
  read.findings = sink_->log.take();
  return read;
}

}  // namespace xiangtu::io
