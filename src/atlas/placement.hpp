// How rows find their administrative unit; used while an atlas is assembled.
#pragma once

#include <vector>

#include "atlas/atlas.hpp"

namespace xiangtu::atlas {

// Fills unit_of and placement of a layer that is not roads. By code where a code of the row names a
// unit that is there (village, township, county, finest first; then the prefixes of its own
// standard code), else by location. Adds findings for unknown codes, disagreements, rows nowhere.
void place_rows(Layer& layer, const Hierarchy& hierarchy, const UnitZones& zones,
                std::vector<Finding>& findings, Progress& progress);

}  // namespace xiangtu::atlas
