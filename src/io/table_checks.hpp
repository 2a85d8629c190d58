// What is judged on a whole table after its rows are read.
#pragma once

#include <vector>

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

// Lists rows of administrative layers and villages that share a code.
void check_codes(const table::FeatureTable& table, Role role, FindingLog& log);

// Needed fields that were asked for and that the source does not have.
void note_absent_fields(const LayerSpec& spec, const ReadRequest& request, const table::FeatureTable& table,
                        FindingLog& log);

}  // namespace xiangtu::io
