#include "atlas/unit_zones.hpp"

#include <algorithm>

namespace xiangtu::atlas {

UnitZones::UnitZones(std::span<const Boundaries> finest_first, const Progress& progress) {
  table::GeometryColumn zones(table::GeometryKind::polygon);
  for (const Boundaries& boundaries : finest_first)
    for (std::size_t row = 0; row < boundaries.unit_of.size() && !progress.stop_requested(); ++row) {
      const UnitIx unit = boundaries.unit_of[row];
      if (!unit.exists()) continue;
      zones.add_copy(*boundaries.polygons, row);
      zones_of_unit_.emplace_back(unit, RowIx{unit_of_.size()});
      unit_of_.push_back(unit);
      finest_ = std::max(finest_, boundaries.level);
    }
  std::sort(zones_of_unit_.begin(), zones_of_unit_.end());
  locator_ = spatial::PolygonLocator(zones, progress);
}

UnitIx UnitZones::locate(geodesy::LonLat p) const {
  const RowIx zone = unit_of_.empty() ? RowIx::none() : locator_.locate(p);
  return zone.exists() ? unit_of_[zone.value] : UnitIx::none();
}

bool UnitZones::contains(UnitIx unit, geodesy::LonLat p) const {
  if (locate(p) == unit) return true;
  const auto by_unit = [](const auto& entry, UnitIx wanted) { return entry.first < wanted; };
  auto zone = std::lower_bound(zones_of_unit_.begin(), zones_of_unit_.end(), unit, by_unit);
  for (; zone != zones_of_unit_.end() && zone->first == unit; ++zone)
    if (locator_.contains(zone->second, p)) return true;
  return false;
}

}  // namespace xiangtu::atlas
