#include <map>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "report/table_cells.hpp"
#include "report/unit_table.hpp"

namespace xiangtu::report {

using indicators::Figure;
using indicators::IndicatorInfo;

namespace {

// Some unit has a value; a column without any is only named below the table.
bool has_figure(const CoverageReport& report, std::size_t k) {
  for (std::size_t row = 0; row < report.table.units.size(); ++row)
    if (report.table.figure(row, k).value) return true;
  return false;
}

TextColumn column_of(const CoverageReport& report, std::size_t k, Language language) {
  const IndicatorInfo& info = report.table.indicators[k];
  TextColumn column{std::string{info.name(language)}, {}};
  if (!info.fraction) column.heading += " (" + info.unit(language) + ")";
  for (std::size_t row = 0; row < report.table.units.size(); ++row)
    column.cells.push_back(shown(info, report.table.figure(row, k)));
  return column;
}

// Why figures are missing: each reason once, with the indicators it holds for in the total.
std::string reasons(const CoverageReport& report, const Catalogue& catalogue) {
  std::map<std::string, std::vector<std::string>> indicators_of;
  for (std::size_t k = 0; k < report.table.indicators.size(); ++k)
    if (const Figure& figure = report.table.figure(0, k); figure.why)
      indicators_of[figure.why->in(catalogue)].push_back(report.table.indicators[k].id);
  std::string text;
  for (const auto& [reason, ids] : indicators_of) {
    text += "n/a: " + reason + " (";
    for (std::size_t i = 0; i < ids.size(); ++i) text += (i ? ", " : "") + ids[i];
    text += ")\n";
  }
  return text;
}

}  // namespace

std::string shown(const IndicatorInfo& indicator, const Figure& figure) {
  if (indicator.fraction) return share_text(figure);
  if (!figure.value) return "n/a";
  const auto number = [&](double value) {
    return with_thousands(indicator.unit_en == "km" ? format_fixed(value, 1) : format_number(value, 2));
  };
  std::string text = number(*figure.value);
  if (figure.unknown != 0) text += " [" + number(*figure.low) + "–" + number(*figure.high) + "]";
  return text;
}

std::string text_table(const CoverageReport& report, const Catalogue& catalogue, int width) {
  std::vector<TextColumn> columns;
  for (std::size_t k = 0; k < report.table.indicators.size(); ++k)
    if (has_figure(report, k)) columns.push_back(column_of(report, k, catalogue.language()));
  return unit_table(report.hierarchy, report.table.units, columns, catalogue, width) +
         reasons(report, catalogue) + threshold_line(report.provenance, catalogue);
}

}  // namespace xiangtu::report
