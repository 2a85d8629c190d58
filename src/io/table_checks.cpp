#include "io/table_checks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "geodesy/measure.hpp"

namespace xiangtu::io {

namespace {

constexpr double shortest_compared_km = 0.05;  // below, rounding in the ledger hides the unit
constexpr std::size_t most_compared = 5000;
// What a ledger's median length may be of the geometry's; half a kilometre (li) stays outside.
constexpr double lowest_ratio = 0.6;
constexpr double highest_ratio = 1.6;

double length_m(const table::GeometryColumn& geometry, std::size_t row) {
  double metres = 0;
  for (std::size_t part = geometry.part_begin(row); part < geometry.part_end(row); ++part)
    metres += geodesy::length(geometry.part(part)).value;
  return metres;
}

// Values over the geometry's length in kilometres; 0 when nothing can be compared.
double median_ratio(const table::FeatureTable& table, std::span<const double> values) {
  std::vector<double> ratios;
  if (table.geometry.kind() != table::GeometryKind::line) return 0;
  for (std::size_t row = 0; row < values.size() && ratios.size() < most_compared; ++row) {
    if (!(values[row] > 0)) continue;
    const double length = length_m(table.geometry, row) / 1000;
    if (length >= shortest_compared_km) ratios.push_back(values[row] / length);
  }
  if (ratios.empty()) return 0;
  const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
  std::nth_element(ratios.begin(), middle, ratios.end());
  return *middle;
}

}  // namespace

void note_way(const geodesy::Crs& crs, const geodesy::ToLonLat& way, FindingLog& log) {
  if (crs.on_working_datum()) return;
  if (way.unknown_shift())
    return log.note(
        "crs.unknown_shift", Severity::warning, {},
        Message{"no shift from {0} to WGS 84 is known here; positions may be some hundred metres off",
                crs.id()});
  const std::string accuracy = way.accuracy_m() ? format_number(*way.accuracy_m(), 2) : "?";
  log.note(
      "crs.transformed", Severity::note, {},
      Message{"{0} was taken to WGS 84 by \"{1}\" (accuracy {2} m)", crs.id(), way.operation(), accuracy});
  if (way.beyond_area())
    log.note(
        "crs.beyond_area", Severity::warning, {},
        Message{
            "\"{0}\" is meant for an area that does not hold the whole layer; outside it positions are less "
            "accurate",
            way.operation()});
}

void make_row_ids_unique(table::FeatureTable& table, FindingLog& log) {
  std::vector<std::int64_t>& ids = table.row_ids;
  if (std::is_sorted(ids.begin(), ids.end(), std::less_equal<>{})) return;
  std::vector<std::int64_t> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return;
  for (std::size_t row = 0; row < ids.size(); ++row) ids[row] = static_cast<std::int64_t>(row);
  log.note("rows.renumbered", Severity::note, {},
           Message{"the source repeats row numbers; rows are numbered from 0 in their order"});
}

void settle_length_units(table::FeatureTable& table, const std::vector<FieldBinding>& bindings,
                         FindingLog& log) {
  for (const FieldBinding& binding : bindings) {
    if (binding.unit_known || !binding.spec) continue;
    table::Column* column = table.find(binding.spec->name);
    if (!column) continue;
    std::vector<double>& values = std::get<table::NumberColumn>(column->data).values;
    const double ratio = median_ratio(table, values);
    double factor = std::numeric_limits<double>::quiet_NaN();
    if (ratio >= lowest_ratio && ratio <= highest_ratio) factor = 1;
    if (ratio >= lowest_ratio * 1000 && ratio <= highest_ratio * 1000) factor = 0.001;
    for (double& value : values) value *= factor;
    const std::string shown = format_number(ratio, ratio < 10 ? 3 : 0);
    if (factor == 1)
      log.note("length.unit", Severity::note, column->name,
               Message{"{0} is in kilometres: the median row has {1} times the geometry's length in km",
                       binding.source_name, shown});
    else if (factor < 1)
      log.note("length.unit", Severity::note, column->name,
               Message{"{0} is in metres: the median row has {1} times the geometry's length in km",
                       binding.source_name, shown});
    else
      log.note(
          "length.unit", Severity::warning, column->name,
          Message{
              "the unit of {0} is neither metres nor kilometres by the geometry (ratio {1}); it counts as "
              "missing: give its unit in its name, such as length_km",
              binding.source_name, shown});
  }
}

void leave_out_totals(const Schema& schema, table::FeatureTable& table, FindingLog& log) {
  const auto texts_of = [&](std::string_view name) {
    const table::Column* column = table.find(name);
    return column && column->is_text() ? &column->text() : nullptr;
  };
  const table::TextColumn *names = texts_of("name"), *codes = texts_of("code");
  const auto totals_in = [&](const table::TextColumn* column) {
    std::vector<std::uint8_t> is_total(column ? column->dictionary.size() : 0, 0);
    for (std::uint32_t i = 0; i < is_total.size(); ++i)
      is_total[i] = schema.means_total(column->dictionary[i]);
    return is_total;
  };
  const std::vector<std::uint8_t> total_names = totals_in(names), total_codes = totals_in(codes);
  std::vector<std::uint8_t> keep(table.size(), 1);
  bool any = false;
  for (std::size_t row = 0; row < keep.size(); ++row) {
    const bool by_code = codes && codes->has(row) && total_codes[codes->entries[row]];
    const bool by_name =
        names && names->has(row) && total_names[names->entries[row]] && !(codes && codes->has(row));
    if (!by_code && !by_name) continue;
    keep[row] = 0;
    any = true;
    log.add(Noticed::row_total, {}, table.row_ids[row], by_code ? codes->at(row) : names->at(row));
  }
  if (any) table.keep_rows(keep);
}

void check_ledger_lengths(table::FeatureTable& table, FindingLog& log, const Progress& progress) {
  constexpr double tolerance = 0.05, least_km = 0.05;
  constexpr std::size_t rows_per_task = 4096;
  const table::Column* column = table.find("length_km");
  if (!column || column->is_text() || table.geometry.kind() != table::GeometryKind::line) return;
  const std::span<const double> ledger = column->numbers();
  table.lengths_m.resize(table.size());
  parallel_for(table.size(), rows_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) table.lengths_m[row] = length_m(table.geometry, row);
  });
  for (std::size_t row = 0; row < table.size() && !progress.stop_requested(); ++row) {
    const double length = table.lengths_m[row] / 1000;
    if (std::isnan(ledger[row]) || table.geometry.empty_at(row)) continue;
    if (std::abs(ledger[row] - length) > std::max(tolerance * length, least_km))
      log.add(Noticed::length_differs, column->name, table.row_ids[row],
              format_number(ledger[row], 3) + " / " + format_number(length, 3));
  }
}

void check_codes(const table::FeatureTable& table, Role role, FindingLog& log) {
  using enum Role;
  if (role == roads || role == sanitation || role == housing || role == projects) return;
  const table::Column* column = table.find("code");
  if (!column || !column->is_text()) return;
  const table::TextColumn& codes = column->text();
  std::vector<std::uint32_t> uses(codes.dictionary.size(), 0);
  for (const std::uint32_t entry : codes.entries)
    if (entry != table::Dictionary::missing) ++uses[entry];
  for (std::size_t row = 0; row < codes.entries.size(); ++row)
    if (codes.has(row) && uses[codes.entries[row]] > 1)
      log.add(Noticed::code_duplicate, column->name, table.row_ids[row], codes.at(row));
}

void note_absent_fields(const LayerSpec& spec, const ReadRequest& request, const table::FeatureTable& table,
                        FindingLog& log) {
  for (const FieldSpec& field : spec.fields) {
    if (!field.required || table.find(field.name)) continue;
    if (!request.all_fields && !request.fields.contains(field.name)) continue;
    log.note("field.absent", Severity::warning, field.name,
             Message{"no field stands for {0}; name one in a mapping file: layer = [{{layer = \"{1}\", "
                     "fields = {{{0} = \"…\"}}}}]",
                     field.name, table.source.layer});
  }
}

}  // namespace xiangtu::io
