// What is judged on a whole table after its rows are read.
#pragma once

#include <vector>

#include "base/progress.hpp"
#include "geodesy/crs.hpp"
#include "io/dataset.hpp"
#include "io/field_binding.hpp"
#include "io/finding_log.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::io {

// Says how the layer's coordinates became longitude and latitude, when a datum was changed.
void note_way(const geodesy::Crs& crs, const geodesy::ToLonLat& way, FindingLog& log);

// Row ids as in the source; numbered from 0, with a note, where the source repeats them.
void make_row_ids_unique(table::FeatureTable& table, FindingLog& log);

// Lengths whose unit no name tells: metres or kilometres by the median ratio to the geometry's
// geodesic length, said as a finding; missing where the ratio fits neither.
void settle_length_units(table::FeatureTable& table, const std::vector<FieldBinding>& bindings,
                         FindingLog& log);

// Leaves out the rows that add up others (ledgers have them), by their name or code, and lists them.
void leave_out_totals(const Schema& schema, table::FeatureTable& table, FindingLog& log);

// Lists roads whose ledger length differs from the geometry's by more than 5 % (domain rule; and by more
// than 50 m, below which rounding in the ledger shows).
void check_ledger_lengths(table::FeatureTable& table, FindingLog& log, const Progress& progress);

// Lists rows of units, villages, bridges and water works that share a code.
void check_codes(const table::FeatureTable& table, Role role, FindingLog& log);

// Needed fields that were asked for and that the source does not have.
void note_absent_fields(const LayerSpec& spec, const ReadRequest& request, const table::FeatureTable& table,
                        FindingLog& log);

}  // namespace xiangtu::io
