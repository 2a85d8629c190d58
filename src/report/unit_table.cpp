#include "report/unit_table.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"

namespace xiangtu::report {

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

// A column as it is laid out.
struct Laid {
  std::vector<std::string> heading;
  std::span<const std::string> cells;
  int width = 0;
};

Laid laid_out(std::vector<std::string> heading, std::span<const std::string> cells) {
  Laid column{std::move(heading), cells, 0};
  for (const std::string& line : column.heading) column.width = std::max(column.width, display_width(line));
  for (const std::string& cell : cells) column.width = std::max(column.width, display_width(cell));
  return column;
}

std::vector<std::string> names_of(const atlas::Hierarchy& hierarchy, std::span<const UnitIx> units,
                                  const Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const UnitIx ix : units) {
    const atlas::Unit& unit = hierarchy[ix];
    const std::string name = unit.name.empty() ? unit.code : unit.code + " " + unit.name;
    names.push_back(unit.level == atlas::Level::total ? std::string{catalogue("total")} : name);
  }
  return names;
}

void append_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

// The first row stands below the others, where it is their total.
enum class First : std::uint8_t { total, row };

void append_block(const Laid& units, std::span<const Laid> columns, First first, std::string& text) {
  std::size_t heading_lines = units.heading.size();
  for (const Laid& column : columns) heading_lines = std::max(heading_lines, column.heading.size());
  int width = units.width;
  for (const Laid& column : columns) width += static_cast<int>(gap.size()) + column.width;
  for (std::size_t i = 0; i < heading_lines; ++i) {
    const auto heading = [&](const Laid& column) {  // bottom-aligned
      const std::size_t blank = heading_lines - column.heading.size();
      return i < blank ? std::string{} : column.heading[i - blank];
    };
    std::string line = pad(heading(units), units.width, true);
    for (const Laid& column : columns) line += std::string{gap} + pad(heading(column), column.width, false);
    append_line(text, line);
  }
  std::string rule;
  for (int i = 0; i < width; ++i) rule += "─";
  const auto append_unit = [&](std::size_t row) {
    std::string line = pad(units.cells[row], units.width, true);
    for (const Laid& column : columns) line += std::string{gap} + pad(column.cells[row], column.width, false);
    append_line(text, line);
  };
  text += rule + "\n";
  const std::size_t begin = first == First::total ? 1 : 0;
  for (std::size_t row = begin; row < units.cells.size(); ++row) append_unit(row);
  if (first == First::total && units.cells.size() > 1) text += rule + "\n";
  if (first == First::total) append_unit(0);
  text += "\n";
}

// Where the blocks end that the columns are broken into: at most so many columns and the width in each.
std::vector<std::size_t> block_ends(const Laid& units, const std::vector<Laid>& columns, int width,
                                    std::size_t most) {
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

std::string table_of(const TextColumn& names, std::span<const TextColumn> columns, First first_row,
                     int width) {
  const Laid name_column = laid_out(wrapped(names.heading, widest_heading), names.cells);
  std::vector<Laid> laid;
  for (const TextColumn& column : columns)
    laid.push_back(laid_out(wrapped(column.heading, widest_heading), column.cells));
  // As few blocks as the width allows, then about as many columns in each.
  const std::size_t blocks = block_ends(name_column, laid, width, laid.size()).size();
  const std::size_t most = blocks > 0 ? (laid.size() + blocks - 1) / blocks : 0;
  std::string text;
  std::size_t first = 0;
  for (const std::size_t end : block_ends(name_column, laid, width, most)) {
    append_block(name_column, std::span{laid}.subspan(first, end - first), first_row, text);
    first = end;
  }
  return text;
}

}  // namespace

std::string unit_table(const atlas::Hierarchy& hierarchy, std::span<const UnitIx> units,
                       std::span<const TextColumn> columns, const Catalogue& catalogue, int width) {
  return table_of({std::string{catalogue("unit")}, names_of(hierarchy, units, catalogue)}, columns,
                  First::total, width);
}

std::string row_table(const TextColumn& names, std::span<const TextColumn> columns, int width) {
  return table_of(names, columns, First::row, width);
}

std::string threshold_line(const Provenance& provenance, const Catalogue& catalogue) {
  std::string text;
  for (const auto& [name, value] : provenance.parameters)
    if (!value.empty()) text += (text.empty() ? "" : ", ") + name + " = " + value;
  return text.empty() ? text : std::string{catalogue("thresholds")} + ": " + text + "\n";
}

}  // namespace xiangtu::report
