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

std::string json(const CoverageReport& report) {
  atlas::Level finest = atlas::Level::total;  // of the units; "all" when there are several
  bool several = false;
  Json units = Json::array(), findings = Json::array();
  for (std::size_t row = 0; row < report.table.units.size(); ++row) {
    const atlas::Level level = report.hierarchy[report.table.units[row]].level;
    several = several || (row > 1 && level != finest);
    finest = level;
    if (row > 0) units.push_back(unit_json(report, row));
  }
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding));
  const Json object{{"level", several ? "all" : atlas::level_names[static_cast<std::size_t>(finest)]},
                    {"units", std::move(units)},
                    {"total", unit_json(report, 0)},
                    {"provenance", provenance_json(report.provenance)},
                    {"findings", std::move(findings)}};
  return object.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace xiangtu::report
