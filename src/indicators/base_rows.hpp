// The rows that an indicator counts over, with their units.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/definitions.hpp"
#include "indicators/parameters.hpp"

namespace xiangtu::indicators {

// All arrays are as long as rows. For roads a position is a piece of a road within one unit, so a
// row may come several times; for every other base each row comes once.
struct BaseRows {
  const atlas::Layer* layer = nullptr;  // null: the region has no such layer
  std::vector<RowIx> rows;
  std::vector<UnitIx> units;
  std::vector<double> geodesic_km;             // roads only
  std::vector<Finding> findings;               // about the rows as a base, not about one indicator
  atlas::Level deepest = atlas::Level::total;  // the finest level that any row is placed at
};

// The layers that may serve a base, best first.
std::vector<table::Role> roles_of(Base base);

// Whether the sources have a layer of the role with that canonical field; an empty field: the layer at all.
using Available = std::function<bool(table::Role role, std::string_view field)>;

// The layers of these sources that rows_of will choose from.
std::vector<table::Role> serving_roles(Base base, const Available& available);

// The rows of a base without their units: no road is cut. Layer null when there is none.
atlas::Selection rows_of(const atlas::Atlas& atlas, Base base, const Parameters& parameters);

Result<BaseRows> base_rows(const atlas::Atlas& atlas, Base base, const Parameters& parameters,
                           Progress& progress);

}  // namespace xiangtu::indicators
