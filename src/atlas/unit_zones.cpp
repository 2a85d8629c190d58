#include "atlas/unit_zones.hpp"

#include <algorithm>

namespace xiangtu::atlas {

UnitZones::UnitZones(std::span<const Boundaries> finest_first, const Hierarchy& hierarchy,
                     const Progress& progress) {
  table::GeometryColumn zones(table::GeometryKind::polygon);
  for (const Boundaries& boundaries : finest_first)
    for (std::size_t row = 0; row < boundaries.unit_of.size() && !progress.stop_requested(); ++row) {
      const UnitIx unit = boundaries.unit_of[row];
      if (!unit.exists()) continue;
      const Level level = hierarchy[unit].level;
      zones.add_copy(*boundaries.polygons, row);
      if (level == boundaries.level) own_zones_.emplace_back(unit, RowIx{zones_.size()});
      zones_.push_back({unit, level == boundaries.level});
      finest_ = std::max(finest_, level);
    }
  std::sort(own_zones_.begin(), own_zones_.end());
  locator_ = spatial::PolygonLocator(zones, progress);
}

UnitIx UnitZones::locate(geodesy::LonLat p) const {
  const RowIx zone = locator_.locate(p);
  return zone.exists() ? zones_[zone.value].unit : UnitIx::none();
}

bool UnitZones::contains(UnitIx unit, geodesy::LonLat p) const {
  // Most often the first zone there is the one.
  if (const RowIx zone = locator_.locate(p);
      zone.exists() && zones_[zone.value].unit == unit && zones_[zone.value].own)
    return true;
  const auto by_unit = [](const auto& entry, UnitIx wanted) { return entry.first < wanted; };
  auto own = std::lower_bound(own_zones_.begin(), own_zones_.end(), unit, by_unit);
  for (; own != own_zones_.end() && own->first == unit; ++own)
    if (locator_.contains(own->second, p)) return true;
  return false;
}

}  // namespace xiangtu::atlas
