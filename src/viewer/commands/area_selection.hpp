// Selecting what lies in an area of the map.
#pragma once

#include <span>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

// The features that meet the area: of the visible layers except counties and townships, which lie under
// everything, or of the attribute table's layer where the tools select only there. Rows that a filter leaves
// off the map are not selected; rows that only the zoom hides are. Corners are joined by lines that are
// straight on the map. In the background where there are many rows.
void select_in_polygon(AppState& state, std::span<const geodesy::LonLat> corners, SelectionChange change);
void select_in_box(AppState& state, geodesy::LonLat corner, geodesy::LonLat opposite, SelectionChange change);

}  // namespace xiangtu::viewer
