#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "report/coverage_report.hpp"

namespace xiangtu::report {

using indicators::Figure;
using indicators::IndicatorInfo;

namespace {

constexpr std::string_view gap = "  ";
constexpr int widest_heading = 16;

std::string pad(const std::string& text, int width, bool left) {
  const std::string space(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return left ? text + space : space + text;
}

// Breaks a heading into lines of at most `width` columns: at spaces for words, anywhere for Chinese.
std::vector<std::string> wrapped(const std::string& text, int width) {
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at + 1;
    const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
    while (end < text.size() && (ascii ? static_cast<unsigned char>(text[end]) < 0x80 && text[end - 1] != ' '
                                       : (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80))
      ++end;
    const std::string piece = text.substr(at, end - at);
    if (!lines.back().empty() &&
        display_width(lines.back()) + display_width(std::string{trim(piece)}) > width)
      lines.emplace_back();
    lines.back() += piece;
    at = end;
  }
  for (std::string& line : lines) line = std::string{trim(line)};
  return lines;
}

// Some unit has a value; a column without any is only named below the table.
bool has_figure(const CoverageReport& report, std::size_t k) {
  for (std::size_t row = 0; row < report.table.units.size(); ++row)
    if (report.table.figure(row, k).value) return true;
  return false;
}

struct TextColumn {
  std::vector<std::string> heading;
  std::vector<std::string> cells;  // one per table row
  int width = 0;
};

TextColumn column_of(const CoverageReport& report, std::size_t k, Language language) {
  TextColumn column;
  const IndicatorInfo& info = report.table.indicators[k];
  std::string name{info.name(language)};
  if (!info.fraction) name += " (" + (language == Language::chinese ? info.unit_zh : info.unit_en) + ")";
  column.heading = wrapped(name, widest_heading);
  for (const std::string& line : column.heading) column.width = std::max(column.width, display_width(line));
  for (std::size_t row = 0; row < report.table.units.size(); ++row) {
    column.cells.push_back(shown(info, report.table.figure(row, k)));
    column.width = std::max(column.width, display_width(column.cells.back()));
  }
  return column;
}

// Rows as shown: the total comes last.
std::vector<std::size_t> shown_rows(const CoverageReport& report) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 1; row < report.table.units.size(); ++row) rows.push_back(row);
  rows.push_back(0);
  return rows;
}

TextColumn unit_column(const CoverageReport& report, const Catalogue& catalogue) {
  TextColumn column;
  column.heading = {std::string{catalogue("unit")}};
  for (std::size_t row = 0; row < report.table.units.size(); ++row) {
    const atlas::Unit& unit = report.hierarchy[report.table.units[row]];
    const std::string name = unit.name.empty() ? unit.code : unit.code + " " + unit.name;
    column.cells.push_back(unit.level == atlas::Level::total ? std::string{catalogue("total")} : name);
    column.width = std::max(column.width, display_width(column.cells.back()));
  }
  column.width = std::max(column.width, display_width(column.heading[0]));
  return column;
}

void append_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

void append_block(const CoverageReport& report, const TextColumn& units, std::span<const TextColumn> columns,
                  std::string& text) {
  std::size_t heading_lines = 1;
  for (const TextColumn& column : columns) heading_lines = std::max(heading_lines, column.heading.size());
  int width = units.width;
  for (const TextColumn& column : columns) width += static_cast<int>(gap.size()) + column.width;
  for (std::size_t i = 0; i < heading_lines; ++i) {
    const auto heading = [&](const TextColumn& column) {  // bottom-aligned
      const std::size_t blank = heading_lines - column.heading.size();
      return i < blank ? std::string{} : column.heading[i - blank];
    };
    std::string line = pad(heading(units), units.width, true);
    for (const TextColumn& column : columns)
      line += std::string{gap} + pad(heading(column), column.width, false);
    append_line(text, line);
  }
  std::string rule;
  for (int i = 0; i < width; ++i) rule += "─";
  text += rule + "\n";
  for (const std::size_t row : shown_rows(report)) {
    if (row == 0 && report.table.units.size() > 1) text += rule + "\n";
    std::string line = pad(units.cells[row], units.width, true);
    for (const TextColumn& column : columns)
      line += std::string{gap} + pad(column.cells[row], column.width, false);
    append_line(text, line);
  }
  text += "\n";
}

// Where the blocks end that the columns are broken into: at most so many columns and the width in each.
std::vector<std::size_t> block_ends(const TextColumn& units, const std::vector<TextColumn>& columns,
                                    int width, std::size_t most) {
  std::vector<std::size_t> ends;
  for (std::size_t first = 0; first < columns.size(); first = ends.back()) {
    int used = units.width;
    std::size_t end = first;
    while (end < columns.size() && end - first < most &&
           (end == first || used + static_cast<int>(gap.size()) + columns[end].width <= width))
      used += static_cast<int>(gap.size()) + columns[end++].width;
    ends.push_back(end);
  }
  return ends;
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

// The thresholds that the figures were computed with.
std::string thresholds(const CoverageReport& report, const Catalogue& catalogue) {
  std::string text;
  for (const auto& [name, value] : report.provenance.parameters)
    text += (text.empty() ? "" : ", ") + name + " = " + value;
  return text.empty() ? text : std::string{catalogue("thresholds")} + ": " + text + "\n";
}

}  // namespace

std::string shown(const IndicatorInfo& indicator, const Figure& figure) {
  if (!figure.value) return "n/a";
  const double scale = indicator.fraction ? 100 : 1;
  const int decimals = indicator.fraction || indicator.unit_en == "km" ? 1 : 2;
  const auto number = [&](double value) {
    const std::string digits = indicator.fraction || indicator.unit_en == "km"
                                   ? format_fixed(value * scale, decimals)
                                   : format_number(value, decimals);
    return with_thousands(digits);
  };
  std::string text = number(*figure.value) + (indicator.fraction ? "%" : "");
  if (figure.unknown != 0) text += " [" + number(*figure.low) + "–" + number(*figure.high) + "]";
  return text;
}

std::string text_table(const CoverageReport& report, const Catalogue& catalogue, int width) {
  const TextColumn units = unit_column(report, catalogue);
  std::vector<TextColumn> columns;
  for (std::size_t k = 0; k < report.table.indicators.size(); ++k)
    if (has_figure(report, k)) columns.push_back(column_of(report, k, catalogue.language()));
  // As few blocks as the width allows, then about as many columns in each.
  const std::size_t blocks = block_ends(units, columns, width, columns.size()).size();
  const std::size_t most = blocks > 0 ? (columns.size() + blocks - 1) / blocks : 0;
  std::string text;
  std::size_t first = 0;
  for (const std::size_t end : block_ends(units, columns, width, most)) {
    append_block(report, units, std::span{columns}.subspan(first, end - first), text);
    first = end;
  }
  return text + reasons(report, catalogue) + thresholds(report, catalogue);
}

}  // namespace xiangtu::report
