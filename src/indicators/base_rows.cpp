#include "indicators/base_rows.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "spatial/length_by_zone.hpp"

namespace xiangtu::indicators {

using atlas::Atlas;
using atlas::Layer;
using atlas::Selection;
using table::Role;

namespace {

constexpr std::size_t pieces_per_task = 1 << 14;

Selection both(Selection first, const Selection& second) {
  if (!first.layer) return second;
  std::vector<RowIx> merged;
  std::merge(first.rows.begin(), first.rows.end(), second.rows.begin(), second.rows.end(),
             std::back_inserter(merged));
  first.rows = std::move(merged);
  return first;
}

// Pieces that no unit's boundary holds are in the total alone: how long, and of which roads.
void note_outside(const BaseRows& base, std::vector<Finding>& findings) {
  const table::FeatureTable& table = base.layer->table;
  double outside_km = 0;
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < base.rows.size(); ++i) {
    if (base.units[i] != atlas::Hierarchy::total()) continue;
    outside_km += base.geodesic_km[i];
    rows.push_back(table.row_ids[base.rows[i].value]);
  }
  if (rows.empty()) return;
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  findings.push_back(
      {"roads.outside", Severity::warning, table.source.path, table.source.layer, "",
       Message("{0} km of these roads lie outside the boundaries of all units; they count only "
               "in the total",
               format_fixed(outside_km, 3)),
       std::move(rows)});
}

Result<BaseRows> road_pieces(const Atlas& atlas, Progress& progress) {
  BaseRows base;
  base.layer = atlas.layer(Role::roads);
  if (!base.layer || base.layer->table.geometry.kind() != table::GeometryKind::line) return base;
  // A road that lies in no village is the township's, and one in no township the county's.
  const atlas::UnitZones& zones = atlas.zones;
  const auto pieces = spatial::length_by_zone(base.layer->table.geometry, zones.locator(), progress,
                                              base.layer->table.lengths_m);
  if (!pieces) return pieces.issue();
  base.rows.resize(pieces->size());
  base.units.resize(pieces->size());
  base.geodesic_km.resize(pieces->size());
  parallel_for(pieces->size(), pieces_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const spatial::ZonePiece& piece = (*pieces)[i];
      base.rows[i] = piece.line;
      base.units[i] = piece.zone.exists() ? zones.unit_of(piece.zone) : atlas::Hierarchy::total();
      base.geodesic_km[i] = piece.length.value / 1000;
    }
  });
  if (progress.stop_requested()) return cancelled_issue();
  if (zones.exist()) note_outside(base, base.findings);
  return base;
}

}  // namespace

std::vector<Role> roles_of(Base base) {
  switch (base) {
    case Base::counties:
      return {Role::counties};
    case Base::townships:
      return {Role::townships};
    case Base::natural_villages:
      return {Role::natural_villages, Role::villages};
    case Base::admin_villages:
    case Base::communities:
    case Base::village_units:
      return {Role::admin_villages, Role::villages};
    case Base::settlements:
      return {Role::natural_villages, Role::villages, Role::admin_villages};
    case Base::household_villages:
      return {Role::admin_villages, Role::villages, Role::natural_villages};
    case Base::roads:
      return {Role::roads};
    case Base::bridges:
      return {Role::bridges};
    case Base::water_projects:
      return {Role::water_projects};
    case Base::sanitation:
      return {Role::sanitation};
    case Base::housing:
      return {Role::housing};
    case Base::projects:
      return {Role::projects};
  }
  return {};
}

std::vector<Role> serving_roles(Base base, const Available& available) {
  if (base == Base::household_villages)
    for (const Role role : {Role::admin_villages, Role::villages})
      if (available(role, "households")) return {role};
  if (base == Base::settlements && available(Role::natural_villages, "")) return {Role::natural_villages};
  return roles_of(base);
}

Selection rows_of(const Atlas& atlas, Base base, const Parameters& parameters) {
  switch (base) {
    case Base::natural_villages:
      return atlas.natural_villages();
    case Base::communities:
      return atlas.communities();
    case Base::village_units:
      return both(atlas.admin_villages(), atlas.communities());
    case Base::admin_villages:
      return parameters.include_communities ? both(atlas.admin_villages(), atlas.communities())
                                            : atlas.admin_villages();
    case Base::household_villages: {
      const auto counts = [](const Selection& villages) {
        return villages.layer && villages.layer->table.find("households");
      };
      Selection villages = rows_of(atlas, Base::admin_villages, parameters);
      Selection natural = atlas.natural_villages();
      return !counts(villages) && counts(natural) ? natural : villages;
    }
    case Base::settlements: {
      Selection natural = atlas.natural_villages();
      return natural.layer ? natural : atlas.admin_villages();
    }
    default:
      return atlas.rows_of(roles_of(base).front());
  }
}

Result<BaseRows> base_rows(const Atlas& atlas, Base base, const Parameters& parameters, Progress& progress) {
  BaseRows found;
  if (base == Base::roads) {
    Result<BaseRows> pieces = road_pieces(atlas, progress);
    if (!pieces) return pieces;
    found = std::move(*pieces);
  } else {
    Selection selection = rows_of(atlas, base, parameters);
    found.layer = selection.layer;
    found.rows = std::move(selection.rows);
    for (const RowIx row : found.rows) found.units.push_back(found.layer->unit_of[row.value]);
  }
  for (const UnitIx unit : found.units) found.deepest = std::max(found.deepest, atlas.hierarchy[unit].level);
  return found;
}

}  // namespace xiangtu::indicators
