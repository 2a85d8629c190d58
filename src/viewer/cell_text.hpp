// Cells as the user reads them: choices and yes or no in words of the user's language.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.hpp"
#include "base/quantities.hpp"
#include "io/schema.hpp"
#include "table/row_order.hpp"

namespace xiangtu::viewer {

// Empty where the cell is missing.
std::string cell_text(const io::Schema& schema, table::Role role, const table::Column& column,
                      std::size_t row, const Catalogue& catalogue);
// The same for the texts of a column's dictionary; null where they are shown as they are. The schema outlives
// it.
table::ShownText shown_texts(const io::Schema& schema, table::Role role, const table::Column& column,
                             Language language);

// A near measure of the definitions in words, with its distance.
std::string measure_label(std::string_view measure, Metres within, const Catalogue& catalogue);

}  // namespace xiangtu::viewer
