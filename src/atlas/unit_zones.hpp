// The boundaries of administrative units as zones that a position lies in and that lines are cut at.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "spatial/polygon_locator.hpp"
#include "table/geometry.hpp"

namespace xiangtu::atlas {

// Thread-safe after it is built.
class UnitZones {
 public:
  // The polygons of one layer, of units of one level, and the unit of each; those without a unit are left
  // out. A village whose own unit nobody knows, but its township by a code, is a part of that township.
  struct Boundaries {
    const table::GeometryColumn* polygons;
    Level level;
    std::vector<UnitIx> unit_of;
  };

  UnitZones() = default;
  // Where boundaries overlap the first has the position: of a village in its township, the village.
  // After a requested stop nothing is found.
  UnitZones(std::span<const Boundaries> finest_first, const Hierarchy& hierarchy, const Progress& progress);

  bool exist() const { return !zones_.empty(); }
  // Of the finest units that have boundaries; the total without any.
  Level finest() const { return finest_; }
  // The unit whose boundary contains p, the finest one; none when there is none.
  UnitIx locate(geodesy::LonLat p) const;
  // Whether one of the unit's own boundaries, of which it may have several, contains p.
  bool contains(UnitIx unit, geodesy::LonLat p) const;

  // The zones by themselves, and the unit of each.
  const spatial::PolygonLocator& locator() const { return locator_; }
  UnitIx unit_of(RowIx zone) const { return zones_[zone.value].unit; }

 private:
  struct Zone {
    UnitIx unit;
    bool own;  // the unit's own boundary, not that of a part of it
  };

  spatial::PolygonLocator locator_;
  std::vector<Zone> zones_;
  std::vector<std::pair<UnitIx, RowIx>> own_zones_;  // of each unit, sorted
  Level finest_ = Level::total;
};

}  // namespace xiangtu::atlas
