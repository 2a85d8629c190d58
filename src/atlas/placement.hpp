// How rows find their administrative unit; used while an atlas is assembled.
#pragma once

#include <vector>

#include "atlas/atlas.hpp"
#include "spatial/polygon_locator.hpp"

namespace xiangtu::atlas {

// The polygons of a unit layer with the way from row to unit.
class UnitPolygons {
 public:
  UnitPolygons() = default;
  // unit_of has the unit of each row; rows without a unit are never found.
  // After a requested stop they are of no use.
  UnitPolygons(const table::GeometryColumn& polygons, std::vector<UnitIx> unit_of, const Progress& progress);

  bool exist() const { return !unit_of_.empty(); }
  // The unit whose polygon contains p; none when there is none.
  UnitIx locate(geodesy::LonLat p) const;
  // Whether one of the unit's polygons, of which it may have several, contains p.
  bool contains(UnitIx unit, geodesy::LonLat p) const;

 private:
  spatial::PolygonLocator locator_;
  std::vector<UnitIx> unit_of_;
};

struct PlacementContext {
  const Hierarchy& hierarchy;
  const UnitPolygons& villages;  // where administrative villages have boundaries
  const UnitPolygons& townships;
  const UnitPolygons& counties;
};

// Fills unit_of and placement of a layer that is not roads. By code where a code of the row names a
// unit that is there (village, township, county, finest first; then the prefixes of its own
// standard code), else by location. Adds findings for unknown codes, disagreements, rows nowhere.
void place_rows(Layer& layer, const PlacementContext& context, std::vector<Finding>& findings,
                Progress& progress);

}  // namespace xiangtu::atlas
