#include "report/source_report.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "report/csv_line.hpp"
#include "report/json_parts.hpp"

namespace xiangtu::report {

namespace {

constexpr std::size_t rows_shown = 8;

std::string_view geometry_name(table::GeometryKind kind) {
  switch (kind) {
    case table::GeometryKind::point:
      return "point";
    case table::GeometryKind::line:
      return "line";
    case table::GeometryKind::polygon:
      return "polygon";
    case table::GeometryKind::none:
      break;
  }
  return "none";
}

std::string field_line(const io::LayerInfo::Field& field, const Catalogue& texts) {
  if (field.canonical.empty() && !field.evidence.empty())
    return fmt::format("    {}  —  {}\n", field.source_name, texts(field.evidence));
  if (field.canonical.empty())
    return fmt::format("    {}  —  {}\n", field.source_name,
                       texts("not known to the schema; kept and shown"));
  return fmt::format("    {} → {}  ({})\n", field.source_name, field.canonical, texts(field.evidence));
}

// How many rows of a layer came to their unit in which way.
struct Placed {
  std::size_t by_code = 0, by_location = 0, by_both = 0, nowhere = 0;
};

std::optional<Placed> placed(const io::LayerInfo& layer, const atlas::Atlas& atlas) {
  const atlas::Layer* read = layer.role ? atlas.layer(*layer.role) : nullptr;
  if (!read || read->placement.empty() || read->table.source.layer != layer.name) return std::nullopt;
  Placed counts;
  for (const atlas::Placement placement : read->placement)
    ++(placement == atlas::Placement::by_code       ? counts.by_code
       : placement == atlas::Placement::by_location ? counts.by_location
       : placement == atlas::Placement::by_both     ? counts.by_both
                                                    : counts.nowhere);
  return counts;
}

std::string placed_text(const Placed& counts, const Catalogue& texts) {
  return fmt::format("  {}\n",
                     Message("placed by code: {0}, by position: {1}, by a coarse code and position: {2}, "
                             "in no unit: {3}",
                             counts.by_code, counts.by_location, counts.by_both, counts.nowhere)
                         .in(texts));
}

std::string rows_text(const std::vector<std::int64_t>& rows, const Catalogue& texts) {
  std::string text;
  for (std::size_t i = 0; i < std::min(rows.size(), rows_shown); ++i)
    text += (i ? ", " : "") + std::to_string(rows[i]);
  if (rows.size() > rows_shown) text += " …";
  return rows.empty() ? text : fmt::format(" [{} {}]", texts("rows"), text);
}

std::string with_evidence(const std::string& what, const std::string& evidence, const Catalogue& texts) {
  return evidence.empty() ? what : fmt::format("{} ({})", what, texts(evidence));
}

std::string layer_text(const io::LayerInfo& layer, const atlas::Atlas& atlas, const Catalogue& texts) {
  const std::string role =
      layer.role ? fmt::format("{} ({})", table::role_name(*layer.role), texts(layer.role_evidence))
                 : std::string{texts("no known role; left out")};
  std::string text = fmt::format(
      "{} · {}\n  {}: {}   {}: {}   {}: {}   {}: {}\n", layer.source, layer.name, texts("role"), role,
      texts("rows"), layer.rows, texts("geometry"), texts(geometry_name(layer.geometry)),
      texts("coordinate system"),
      layer.crs.empty() ? std::string{texts("none")} : with_evidence(layer.crs, layer.crs_evidence, texts));
  if (!layer.encoding.empty())
    text += fmt::format("  {}: {}\n", texts("encoding"),
                        with_evidence(layer.encoding, layer.encoding_evidence, texts));
  if (!layer.geometry_evidence.empty())
    text += fmt::format("  {}: {}\n", texts("positions from the columns"), layer.geometry_evidence);
  if (const auto counts = placed(layer, atlas)) text += placed_text(*counts, texts);
  if (layer.role)
    for (const io::LayerInfo::Field& field : layer.fields) text += field_line(field, texts);
  return text + "\n";
}

}  // namespace

std::string text(const SourceReport& report, const Catalogue& texts) {
  std::string text;
  for (const io::LayerInfo& layer : report.layers) text += layer_text(layer, report.atlas, texts);
  const atlas::Hierarchy& units = report.atlas.hierarchy;
  text +=
      fmt::format("{}: {} {} · {} {} · {} {}\n", texts("units"), units.at_level(atlas::Level::county).size(),
                  texts("county"), units.at_level(atlas::Level::township).size(), texts("township"),
                  units.at_level(atlas::Level::village).size(), texts("village"));
  if (!report.atlas.findings.empty()) text += "\n" + std::string{texts("Findings")} + "\n";
  for (const Finding& finding : report.atlas.findings) {
    text += fmt::format("  {:>7}  {} · {}", finding.rows.size(), finding.id, finding.layer);
    if (!finding.field.empty()) text += "." + finding.field;
    text += ": " + finding.message.in(texts) + rows_text(finding.rows, texts) + "\n";
  }
  return text;
}

std::string csv(const SourceReport& report) {
  std::string text = "source,layer,role,rows,geometry,crs,source_field,field,evidence,type\r\n";
  for (const io::LayerInfo& layer : report.layers) {
    std::string head;
    append_cell(head, layer.source);
    for (const std::string& cell :
         {layer.name, std::string{layer.role ? table::role_name(*layer.role) : ""},
          std::to_string(layer.rows), std::string{geometry_name(layer.geometry)}, layer.crs})
      append_cell(head, cell);
    for (const io::LayerInfo::Field& field : layer.fields) {
      text += head;
      for (const std::string& cell : {field.source_name, field.canonical, field.evidence, field.type})
        append_cell(text, cell);
      text += "\r\n";
    }
    if (layer.fields.empty()) text += head + ",,,,\r\n";
  }
  return text;
}

std::string json(const SourceReport& report) {
  Json layers = Json::array(), findings = Json::array();
  for (const io::LayerInfo& layer : report.layers) {
    Json fields = Json::array();
    for (const io::LayerInfo::Field& field : layer.fields)
      fields.push_back({{"source_name", field.source_name},
                        {"canonical", field.canonical.empty() ? Json(nullptr) : Json(field.canonical)},
                        {"evidence", field.evidence},
                        {"type", field.type}});
    const std::optional<Placed> counts = placed(layer, report.atlas);
    Json placement = nullptr;
    if (counts)
      placement = {{"by_code", counts->by_code},
                   {"by_position", counts->by_location},
                   {"by_both", counts->by_both},
                   {"nowhere", counts->nowhere}};
    layers.push_back({{"source", layer.source},
                      {"layer", layer.name},
                      {"role", layer.role ? Json(table::role_name(*layer.role)) : Json(nullptr)},
                      {"evidence", layer.role_evidence},
                      {"rows", layer.rows},
                      {"geometry", geometry_name(layer.geometry)},
                      {"crs", layer.crs},
                      {"crs_evidence", layer.crs_evidence},
                      {"encoding", layer.encoding},
                      {"encoding_evidence", layer.encoding_evidence},
                      {"geometry_evidence", layer.geometry_evidence},
                      {"placed", std::move(placement)},
                      {"fields", std::move(fields)}});
  }
  for (const Finding& finding : report.atlas.findings) findings.push_back(finding_json(finding));
  const atlas::Hierarchy& units = report.atlas.hierarchy;
  const Json object{{"layers", std::move(layers)},
                    {"units",
                     {{"county", units.at_level(atlas::Level::county).size()},
                      {"township", units.at_level(atlas::Level::township).size()},
                      {"village", units.at_level(atlas::Level::village).size()}}},
                    {"findings", std::move(findings)}};
  return object.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xiangtu::report
