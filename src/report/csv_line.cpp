#include "report/csv_line.hpp"

namespace xiangtu::report {

void append_cell(std::string& text, std::string_view cell) {
  if (!text.empty() && text.back() != '\n') text += ',';
  append_quoted(text, cell);
}

void append_quoted(std::string& text, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    text += cell;
    return;
  }
  text += '"';
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

}  // namespace xiangtu::report
