// Tables of a terminal: a line a unit, the total last, or a line a row, in blocks of columns that fit the
// width.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "report/provenance.hpp"

namespace xiangtu::report {

struct TextColumn {
  std::string heading;             // broken into lines where it is long
  std::vector<std::string> cells;  // one per line
};

// units: the total first. Widths are in columns of the terminal.
std::string unit_table(const atlas::Hierarchy& hierarchy, std::span<const UnitIx> units,
                       std::span<const TextColumn> columns, const Catalogue& catalogue, int width);

// names: what stands at the left of each row.
std::string row_table(const TextColumn& names, std::span<const TextColumn> columns, int width);

// The thresholds that figures were computed with, as a line below their table.
std::string threshold_line(const Provenance& provenance, const Catalogue& catalogue);

}  // namespace xiangtu::report
