// Shares of villages, or of people, that are reached, with the bounds of what is not known.
#pragma once

#include "indicators/coverage.hpp"
#include "reach/road_reach.hpp"

namespace xiangtu::reach {

// Of the villages of a unit, those that are connected.
indicators::Figure share_connected(const UnitReach& reach);
// Of the villages of a unit; for the Rural Access Index of their people. Without a layer of bridges there is
// no value with bridges closed, only its bounds.
indicators::Figure share_reached(const RoadReach& reach, const VariantFigure& figure, Variant variant);

// Whether it is known of any of the villages how many people live there; in a unit without villages it is.
bool knows_people(const UnitReach& reach);

}  // namespace xiangtu::reach
