#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "report/csv_line.hpp"

namespace xiangtu::report {

using indicators::Figure;

namespace {

constexpr std::size_t units_per_block = 256, rows_per_block = 4096;

// The cells from the value on, with the line's end.
void append_figure(std::string& text, const Figure& figure) {
  text += ',';
  const std::size_t begin = text.size();
  if (figure.value) append_exact(text, *figure.value);
  const std::size_t length = text.size() - begin;
  for (const double number : {figure.numerator, figure.denominator, figure.unknown}) {
    text += ',';
    append_exact(text, number);
  }
  for (const auto& bound : {figure.low, figure.high}) {
    text += ',';
    if (bound == figure.value)
      text.append(text, begin, length);  // most are
    else
      append_exact(text, *bound);
  }
  text += "\r\n";
}

void append_unit(std::string& text, const CoverageReport& report, std::size_t row,
                 const std::vector<std::string>& indicator_cells) {
  const atlas::Unit& unit = report.hierarchy[report.table.units[row]];
  std::string beginning{atlas::level_names[static_cast<std::size_t>(unit.level)]};
  append_cell(beginning, unit.code);
  append_cell(beginning, unit.name);
  for (std::size_t k = 0; k < indicator_cells.size(); ++k) {
    text += beginning;
    text += ',';
    text += indicator_cells[k];
    append_figure(text, report.table.figure(row, k));
  }
}

}  // namespace

Status write_csv(const CoverageReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading += "level,code,name,indicator,value,numerator,denominator,unknown,low,high\r\n";
  if (Status written = sink(heading); !written) return written;
  std::vector<std::string> indicator_cells;
  for (const indicators::IndicatorInfo& info : report.table.indicators) {
    append_quoted(indicator_cells.emplace_back(), info.id);
  }
  return write_blocks(
      report.table.units.size(), units_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t row = first; row < last; ++row) append_unit(text, report, row, indicator_cells);
      },
      sink, progress);
}

std::string csv(const CoverageReport& report, bool byte_order_mark) {
  std::string text;
  (void)write_csv(report, byte_order_mark, collect_into(text), Progress{});  // without a stop it cannot fail
  return text;
}

Status write_findings(std::span<const Finding> findings, const Catalogue& catalogue, const TextSink& sink,
                      const Progress& progress) {
  if (Status written = sink("id,severity,source,layer,field,row,message\r\n"); !written) return written;
  for (const Finding& finding : findings) {
    std::string head, tail;
    append_cell(head, finding.id);
    for (const std::string_view cell : {severity_name(finding.severity), std::string_view{finding.source},
                                        std::string_view{finding.layer}, std::string_view{finding.field}})
      append_cell(head, cell);
    append_cell(tail, finding.message.in(catalogue));
    const std::vector<std::int64_t>& rows = finding.rows;
    const auto lines = [&](std::size_t first, std::size_t last, std::string& text) {
      for (std::size_t i = first; i < last; ++i)
        text += head + ',' + (rows.empty() ? std::string{} : std::to_string(rows[i])) + ',' + tail + "\r\n";
    };
    const Status written =
        write_blocks(std::max<std::size_t>(rows.size(), 1), rows_per_block, lines, sink, progress);
    if (!written) return written;
  }
  return {};
}

}  // namespace xiangtu::report
