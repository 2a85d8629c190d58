#include "report/network_check_report.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/message.hpp"
#include "base/text.hpp"
#include "report/csv_line.hpp"
#include "report/json_parts.hpp"
#include "report/table_cells.hpp"
#include "report/unit_table.hpp"

namespace xiangtu::report {

using geodesy::LonLat;
using reach::Defect;
using reach::DefectKind;

namespace {

constexpr std::size_t defects_per_block = 2048;

constexpr std::array<std::string_view, reach::defect_kinds> kind_names{
    "near_miss", "island",  "village_off_road", "overshoot",
    "duplicate", "overlap", "bridge_off_road",  "river_crossing"};

// A row of a layer as it is written: its own number in the source, and its code where it has one.
struct Row {
  const table::FeatureTable& table;
  RowIx row;

  std::string id() const { return row.exists() ? std::to_string(table.row_ids[row.value]) : std::string{}; }
  std::string_view code() const { return row.exists() ? text_of(table, "code", row) : std::string_view{}; }
};

Row row_of(const reach::NetworkDefects& check, const Defect& defect) {
  return {check.layer_of(defect).table, defect.row};
}
Row other_of(const reach::NetworkDefects& check, const Defect& defect) {
  return {check.other_layer_of(defect).table, defect.other};
}

void append_position(std::string& text, LonLat at) {
  append_exact(text, at.lon);
  text += ',';
  append_exact(text, at.lat);
}

void append_json(std::string& text, const reach::NetworkDefects& check, const Defect& defect) {
  const Row row = row_of(check, defect), other = other_of(check, defect);
  text.append("  {\"kind\": \"").append(defect_name(defect.kind));
  text.append("\", \"severity\": \"").append(severity_name(defect.severity()));
  text += "\", \"at\": [";
  append_position(text, defect.at);
  text += "], \"to\": [";
  append_position(text, defect.to);
  text += "], \"layer\": ";
  append_json_text(text, row.table.source.layer);
  text.append(", \"row\": ").append(row.id()).append(", \"code\": ");
  append_json_text(text, row.code());
  text.append(", \"other_row\": ")
      .append(other.row.exists() ? other.id() : "null")
      .append(", \"other_code\": ");
  append_json_text(text, other.code());
  text += ", \"size_m\": ";
  if (std::isnan(defect.size_m))
    text += "null";
  else
    append_exact(text, defect.size_m);
  text += ", \"gain\": {\"villages\": " + std::to_string(defect.gain.villages) + ", \"households\": ";
  append_exact(text, defect.gain.households);
  text += ", \"population\": ";
  append_exact(text, defect.gain.population);
  text += "}}";
}

void append_csv(std::string& text, const reach::NetworkDefects& check, const Defect& defect) {
  const Row row = row_of(check, defect), other = other_of(check, defect);
  text.append(defect_name(defect.kind)).append(",").append(severity_name(defect.severity())).append(",");
  append_exact(text, defect.gain.population);
  text += ',';
  append_exact(text, defect.gain.households);
  text.append(",").append(std::to_string(defect.gain.villages)).append(",");
  if (!std::isnan(defect.size_m)) append_exact(text, defect.size_m);
  append_cell(text, row.table.source.layer);
  text.append(",").append(row.id());
  append_cell(text, row.code());
  text.append(",").append(other.id());
  append_cell(text, other.code());
  text += ',';
  append_position(text, defect.at);
  text += ',';
  append_position(text, defect.to);
  text += "\r\n";
}

Json counts_json(const reach::NetworkDefects& check) {
  Json json = Json::object();
  const auto counts = defect_counts(check);
  for (std::size_t kind = 0; kind < kind_names.size(); ++kind)
    json[std::string{kind_names[kind]}] = {{"count", counts[kind].all}, {"gaining", counts[kind].gaining}};
  return json;
}

std::string metres_text(double size_m) {
  return std::isnan(size_m) ? "n/a" : with_thousands(format_fixed(size_m, size_m < 100 ? 2 : 0));
}

std::string defect_table(const NetworkCheckReport& report, std::size_t limit, const Catalogue& catalogue,
                         int width) {
  TextColumn names{std::string{catalogue("defect")}, {}};
  std::vector<TextColumn> columns;
  for (const std::string_view heading :
       {catalogue("people"), catalogue("households"), catalogue("villages"), catalogue("metres"),
        catalogue("row"), catalogue("other row"), catalogue("lon, lat")})
    columns.push_back({std::string{heading}, {}});
  for (std::size_t i = 0; i < std::min(limit, report.check.defects.size()); ++i) {
    const Defect& defect = report.check.defects[i];
    names.cells.push_back(defect_title(defect.kind).in(catalogue));
    const std::string cells[]{whole_text(defect.gain.population),
                              whole_text(defect.gain.households),
                              whole_text(static_cast<double>(defect.gain.villages)),
                              metres_text(defect.size_m),
                              row_of(report.check, defect).id(),
                              other_of(report.check, defect).id(),
                              format_fixed(defect.at.lon, 5) + ", " + format_fixed(defect.at.lat, 5)};
    for (std::size_t k = 0; k < columns.size(); ++k) columns[k].cells.push_back(cells[k]);
  }
  return row_table(names, columns, width);
}

std::string count_table(const NetworkCheckReport& report, const Catalogue& catalogue, int width) {
  TextColumn names{std::string{catalogue("defect")}, {}};
  std::vector<TextColumn> columns{{std::string{catalogue("count")}, {}},
                                  {std::string{catalogue("that connect someone")}, {}}};
  const auto counts = defect_counts(report.check);
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    names.cells.push_back(defect_title(static_cast<DefectKind>(kind)).in(catalogue));
    columns[0].cells.push_back(whole_text(static_cast<double>(counts[kind].all)));
    columns[1].cells.push_back(whole_text(static_cast<double>(counts[kind].gaining)));
  }
  return row_table(names, columns, width);
}

}  // namespace

std::array<DefectCount, reach::defect_kinds> defect_counts(const reach::NetworkDefects& check) {
  std::array<DefectCount, reach::defect_kinds> counts{};
  for (const Defect& defect : check.defects) {
    DefectCount& count = counts[static_cast<std::size_t>(defect.kind)];
    ++count.all;
    count.gaining += defect.gain.is_any();
  }
  return counts;
}

Message defect_title(DefectKind kind) {
  switch (kind) {
    case DefectKind::near_miss:
      return Message("near miss");
    case DefectKind::island:
      return Message("island");
    case DefectKind::village_off_road:
      return Message("village off road");
    case DefectKind::overshoot:
      return Message("overshoot");
    case DefectKind::duplicate:
      return Message("drawn twice");
    case DefectKind::overlap:
      return Message("overlap");
    case DefectKind::bridge_off_road:
      return Message("bridge off road");
    case DefectKind::river_crossing:
      return Message("no bridge");
  }
  return {};
}

std::string_view defect_name(DefectKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

Status write_json(const NetworkCheckReport& report, const TextSink& sink, const Progress& progress) {
  const auto append_defect = [&](std::size_t i, std::string& text) {
    append_json(text, report.check, report.check.defects[i]);
  };
  if (const Status written = sink("{\n"); !written) return written;
  if (const Status written = write_json_list("defects", report.check.defects.size(), defects_per_block,
                                             append_defect, sink, progress);
      !written)
    return written;
  return sink(json_member("counts", counts_json(report.check)) +
              json_ending(report.provenance, report.findings));
}

Status write_csv(const NetworkCheckReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading +=
      "kind,severity,population,households,villages,size_m,layer,row,code,other_row,other_code,lon,lat,to_"
      "lon,"
      "to_lat\r\n";
  if (const Status written = sink(heading); !written) return written;
  return write_blocks(
      report.check.defects.size(), defects_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) append_csv(text, report.check, report.check.defects[i]);
      },
      sink, progress);
}

std::string text_table(const NetworkCheckReport& report, std::size_t limit, const Catalogue& catalogue,
                       int width) {
  const std::size_t all = report.check.defects.size(), listed = std::min(all, limit);
  std::string text;
  if (listed > 0)
    text = Message("People, households and villages that mending would connect to the trunk network:")
               .in(catalogue) +
           "\n" + defect_table(report, listed, catalogue, width);
  if (listed < all)
    text += Message("{0} of {1} defects; --limit lists more, --format csv all", listed, all).in(catalogue) +
            "\n\n";
  text += count_table(report, catalogue, width);
  if (all > 0)
    text += std::string{catalogue(
                "A village may wait for several defects: what they connect does not add up over rows.")} +
            "\n";
  return text + threshold_line(report.provenance, catalogue);
}

}  // namespace xiangtu::report
