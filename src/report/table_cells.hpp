// Cells of a table as reports write them.
#pragma once

#include <string>

#include "base/ids.hpp"
#include "table/cells.hpp"

namespace xiangtu::report {

// Code and name, as far as they are there; else the number of the row.
std::string code_and_name(const table::FeatureTable& table, RowIx row);
// For a terminal: whole, with separated thousands; kilometres with one digit.
std::string whole_text(double number);
std::string kilometres_text(double metres);

}  // namespace xiangtu::report
