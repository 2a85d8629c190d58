// Cells of a table as reports write them.
#pragma once

#include <string>

#include "base/ids.hpp"
#include "indicators/coverage.hpp"
#include "table/cells.hpp"

namespace xiangtu::report {

// Code and name, as far as they are there; else the number of the row.
std::string code_and_name(const table::FeatureTable& table, RowIx row);
// A share with its bounds where something is not known: "97.2% [96.9–97.3]", "n/a".
std::string share_text(const indicators::Figure& share);
// For a terminal: whole, with separated thousands; kilometres with one digit.
std::string whole_text(double number);
std::string kilometres_text(double metres);

}  // namespace xiangtu::report
