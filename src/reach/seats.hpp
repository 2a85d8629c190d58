// The seats of townships: the village where a township's government sits (镇政府驻地).
#pragma once

#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"

namespace xiangtu::reach {

struct Seat {
  UnitIx township;
  geodesy::LonLat position;
};

// One for each township in which a village has a position, by the order of units. The seat is the village
// that the data marks: its field `seat`, else the urban-rural class (城乡分类代码) 121 or 210, the centre of
// a town or township; where none is marked, the residents' committee (居委会) of the lowest code, else the
// village of the lowest code. Of several marked ones that of the lowest code. Findings: seats that nothing
// marks, townships with several marked ones.
std::vector<Seat> township_seats(const atlas::Atlas& atlas, std::vector<Finding>& findings);

}  // namespace xiangtu::reach
