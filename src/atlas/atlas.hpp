// The layers of one region at one date, with meaning: every row knows its administrative unit.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "atlas/unit_zones.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "table/feature_table.hpp"
#include "table/role.hpp"

namespace xiangtu::atlas {

using table::Role;

// How a row came to its unit. By both: a code names a coarser unit, the position the finer one in it.
enum class Placement : std::uint8_t { none, by_code, by_location, by_both };

// One layer. `unit_of` is the finest unit that is known for a row: by a code in the row, else by the
// polygon that contains it; the total where neither tells. A position refines a coarse code. Lines and
// polygons that are units themselves: by code; roads are not placed here but cut at boundaries (see
// spatial::length_by_zone).
struct Layer {
  Role role = Role::roads;
  table::FeatureTable table;
  std::vector<UnitIx> unit_of;       // one per row; empty for roads
  std::vector<Placement> placement;  // one per row; empty for roads
  // One per row where some row repeats an earlier one's key, else empty: such rows are not counted.
  std::vector<std::uint8_t> repeats{};
};

// Rows of one layer, ascending: what an indicator counts over.
struct Selection {
  const Layer* layer = nullptr;  // null: the region has no such layer
  std::vector<RowIx> rows;
};

struct Atlas {
  std::vector<Layer> layers;  // at most one of each role
  Hierarchy hierarchy;
  UnitZones zones;  // the boundaries of units that were read
  std::vector<Finding> findings;

  // Null when the region has no such layer.
  const Layer* layer(Role role) const;

  // Every row of a layer that is counted; null layer when there is none.
  Selection rows_of(Role role) const;
  // The rows that are a unit themselves: its boundary, or a village's own row. Null layer for none.
  Selection rows_that_are(UnitIx unit) const;
  Selection natural_villages() const;
  Selection admin_villages() const;  // village committees (村委会)
  Selection communities() const;     // residents' committees (居委会)
};

// Builds the hierarchy and places the rows of freshly read tables. Findings: codes whose parent is
// not there, rows whose code and position disagree, rows that are nowhere.
Result<Atlas> assemble(std::vector<Layer> layers, std::vector<Finding> findings, Progress& progress);

// Whether codes alone tell the unit of every row at that level, and the parents of all units: then
// positions could not change any unit's figure.
bool placed_by_codes(const Atlas& atlas, Level level);

}  // namespace xiangtu::atlas
