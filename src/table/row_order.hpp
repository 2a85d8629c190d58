// The rows of a table in the order of one column.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/progress.hpp"
#include "table/column.hpp"

namespace xiangtu::table {

// What a reader sees for a text of the dictionary; asked from several threads.
using ShownText = std::function<std::string(std::string_view)>;

// All rows by the column's numbers, or by its texts as `shown` gives them (null: as they are) in the order of
// base/collation. Rows that are equal stay in the order of the table whichever way it goes, and rows without
// a value come last. On several threads, a million rows in less than a second; after a requested stop the
// order means nothing.
std::vector<RowIx> sorted_rows(const Column& column, bool ascending, const ShownText& shown,
                               const Progress& progress);

}  // namespace xiangtu::table
