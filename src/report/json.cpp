#include <algorithm>

#include <nlohmann/json.hpp>

#include "report/coverage_report.hpp"
#include "report/finding_json.hpp"

namespace xiangtu::report {

using Json = nlohmann::ordered_json;
using indicators::Figure;

namespace {

constexpr std::size_t rows_listed = 1000;

Json number(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json figure_json(const Figure& figure) {
  Json json{{"value", number(figure.value)},     {"numerator", figure.numerator},
            {"denominator", figure.denominator}, {"unknown", figure.unknown},
            {"low", number(figure.low)},         {"high", number(figure.high)}};
  if (figure.why) json["why"] = figure.why->english();
  return json;
}

Json unit_json(const CoverageReport& report, std::size_t row) {
  const atlas::Unit& unit = report.hierarchy[report.table.units[row]];
  Json figures = Json::object();
  for (std::size_t k = 0; k < report.table.indicators.size(); ++k)
    figures[report.table.indicators[k].id] = figure_json(report.table.figure(row, k));
  return {{"level", atlas::level_names[static_cast<std::size_t>(unit.level)]},
          {"code", unit.code},
          {"name", unit.name},
          {"parent", unit.parent.exists() ? report.hierarchy[unit.parent].code : ""},
          {"indicators", std::move(figures)}};
}

Json provenance_json(const Provenance& provenance) {
  Json layers = Json::array(), parameters = Json::object();
  for (const SourceLayer& layer : provenance.layers)
    layers.push_back({{"source", layer.source},
                      {"layer", layer.layer},
                      {"role", layer.role},
                      {"crs", layer.crs},
                      {"rows", layer.rows}});
  for (const auto& [name, value] : provenance.parameters) parameters[name] = value;
  return {{"program", "xiangtu"},
          {"version", provenance.version},
          {"definitions", provenance.definitions_version},
          {"parameters", std::move(parameters)},
          {"layers", std::move(layers)}};
}

constexpr std::size_t units_per_block = 64;

std::string dumped(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

// A value's lines moved to the right, to where it stands in the object.
std::string indented(std::string text, std::size_t depth) {
  const std::string margin(depth, ' ');
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    text.insert(at + 1, margin);
  return text;
}

// "all" when there are units of several levels besides the total.
std::string_view level_of(const CoverageReport& report) {
  atlas::Level finest = atlas::Level::total;
  for (std::size_t row = 0; row < report.table.units.size(); ++row) {
    const atlas::Level level = report.hierarchy[report.table.units[row]].level;
    if (row > 1 && level != finest) return "all";
    finest = level;
  }
  return atlas::level_names[static_cast<std::size_t>(finest)];
}

}  // namespace

Json finding_json(const Finding& finding) {
  const std::size_t listed = std::min(finding.rows.size(), rows_listed);
  return {{"id", finding.id},
          {"severity", finding.severity == Severity::error     ? "error"
                       : finding.severity == Severity::warning ? "warning"
                                                               : "note"},
          {"source", finding.source},
          {"layer", finding.layer},
          {"field", finding.field},
          {"message", finding.message.english()},
          {"count", finding.rows.size()},
          {"rows", std::vector<std::int64_t>(finding.rows.begin(),
                                             finding.rows.begin() + static_cast<std::ptrdiff_t>(listed))}};
}

Status write_json(const CoverageReport& report, const TextSink& sink, const Progress& progress) {
  const std::size_t units = report.table.units.size() - 1;  // after the total
  const std::string level{level_of(report)};
  if (Status written = sink("{\n \"level\": \"" + level + "\",\n \"units\": [" + (units > 0 ? "\n" : ""));
      !written)
    return written;
  const Status written = write_blocks(
      units, units_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i)
          text += "  " + indented(dumped(unit_json(report, i + 1)), 2) + (i + 1 < units ? ",\n" : "\n ");
      },
      sink, progress);
  if (!written) return written;
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding));
  return sink("],\n \"total\": " + indented(dumped(unit_json(report, 0)), 1) +
              ",\n \"provenance\": " + indented(dumped(provenance_json(report.provenance)), 1) +
              ",\n \"findings\": " + indented(dumped(findings), 1) + "\n}\n");
}

std::string json(const CoverageReport& report) {
  std::string text;
  (void)write_json(report, collect_into(text), Progress{});  // without a stop it cannot fail
  return text;
}

}  // namespace xiangtu::report
