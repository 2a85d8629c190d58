// A grid over polygons whose cells know the polygon around them, where no boundary passes through them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/ids.hpp"
#include "base/large_vector.hpp"
#include "base/progress.hpp"
#include "geodesy/position.hpp"
#include "table/geometry.hpp"

namespace xiangtu::spatial {

// Most positions lie in such a cell and are placed by one look. Thread-safe after it is built.
class ZoneGrid {
 public:
  ZoneGrid() = default;
  // locate: the row of the polygon at a position, exactly; asked from several threads, once or a few times
  // for each patch of cells. After a requested stop it knows nothing.
  ZoneGrid(const table::GeometryColumn& polygons, const std::function<RowIx(geodesy::LonLat)>& locate,
           const Progress& progress);

  // The row at a position (none: no polygon's); nothing where a boundary is near or the position is outside
  // the grid.
  std::optional<RowIx> zone_at(geodesy::LonLat p) const;
  // The row that all of a box lies in; nothing where a boundary may meet it.
  std::optional<RowIx> zone_of(const geodesy::LonLatBox& box) const;

 private:
  static constexpr std::uint32_t bordered = 0xFFFFFFFE;  // a boundary may pass through the cell

  std::uint32_t column(double lon) const;
  std::uint32_t row(double lat) const;
  void mark(geodesy::LonLat a, geodesy::LonLat b);
  void fill(std::uint32_t first_row, std::uint32_t end_row,
            const std::function<RowIx(geodesy::LonLat)>& locate);

  geodesy::LonLatBox box_;
  double columns_per_degree_ = 0, rows_per_degree_ = 0;
  std::uint32_t columns_ = 0, rows_ = 0;
  LargeVector<std::uint32_t> zone_;  // by cell, row by row; RowIx' values, or bordered
};

}  // namespace xiangtu::spatial
