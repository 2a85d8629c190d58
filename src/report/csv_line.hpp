// Lines of CSV as RFC 4180 has them.
#pragma once

#include <string>
#include <string_view>

namespace xiangtu::report {

// Appends a cell to the line in work at the end of the text, after a comma where cells are before it.
void append_cell(std::string& text, std::string_view cell);
// Appends the cell alone, quoted where it must be.
void append_quoted(std::string& text, std::string_view cell);

}  // namespace xiangtu::report
