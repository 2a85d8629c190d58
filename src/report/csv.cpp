#include <iterator>
#include <optional>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "report/csv_line.hpp"

namespace xiangtu::report {

using indicators::Figure;

namespace {

std::string number(std::optional<double> value) {
  return value ? format_exact(*value) : std::string{};
}

std::string_view severity_name(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

}  // namespace

std::string csv(const CoverageReport& report, bool byte_order_mark) {
  std::string text = byte_order_mark ? "\xEF\xBB\xBF" : "";
  text += "level,code,name,indicator,value,numerator,denominator,unknown,low,high\r\n";
  for (std::size_t row = 0; row < report.table.units.size(); ++row) {
    const atlas::Unit& unit = report.hierarchy[report.table.units[row]];
    for (std::size_t k = 0; k < report.table.indicators.size(); ++k) {
      const Figure& figure = report.table.figure(row, k);
      text += atlas::level_names[static_cast<std::size_t>(unit.level)];
      append_cell(text, unit.code);
      append_cell(text, unit.name);
      append_cell(text, report.table.indicators[k].id);
      append_cell(text, number(figure.value));
      append_cell(text, number(figure.numerator));
      append_cell(text, number(figure.denominator));
      append_cell(text, number(figure.unknown));
      append_cell(text, number(figure.low));
      append_cell(text, number(figure.high));
      text += "\r\n";
    }
  }
  return text;
}

std::string findings_csv(std::span<const Finding> findings, const Catalogue& catalogue) {
  std::string text = "id,severity,source,layer,field,row,message\r\n";
  for (const Finding& finding : findings) {
    std::string head, tail;
    append_cell(head, finding.id);
    for (const std::string_view cell : {severity_name(finding.severity), std::string_view{finding.source},
                                        std::string_view{finding.layer}, std::string_view{finding.field}})
      append_cell(head, cell);
    append_cell(tail, finding.message.in(catalogue));
    const std::vector<std::int64_t>& rows = finding.rows;
    if (rows.empty()) text += head + ",," + tail + "\r\n";
    for (const std::int64_t row : rows) text += head + ',' + std::to_string(row) + ',' + tail + "\r\n";
  }
  return text;
}

}  // namespace xiangtu::report
