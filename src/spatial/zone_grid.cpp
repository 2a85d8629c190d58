#include "spatial/zone_grid.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr double cells_per_vertex = 8;
constexpr double most_cells = 1 << 24;
constexpr std::size_t cells_per_task = 1 << 18, rings_per_task = 64, rows_per_task = 32;
constexpr std::size_t fewest_vertices = 64;  // below, looking at the edges is as quick

std::uint32_t position(double value, double low, double per_degree, std::uint32_t count) {
  const double cell = (value - low) * per_degree;
  return cell <= 0 ? 0 : cell >= count ? count - 1 : static_cast<std::uint32_t>(cell);
}

}  // namespace

std::uint32_t ZoneGrid::column(double lon) const {
  return position(lon, box_.min.lon, columns_per_degree_, columns_);
}
std::uint32_t ZoneGrid::row(double lat) const {
  return position(lat, box_.min.lat, rows_per_degree_, rows_);
}

ZoneGrid::ZoneGrid(const table::GeometryColumn& polygons, const std::function<RowIx(LonLat)>& locate,
                   const Progress& progress) {
  const std::size_t vertices = polygons.vertices().size();
  const LonLatBox box = polygons.box();
  if (vertices < fewest_vertices || box.empty()) return;
  const double width = box.max.lon - box.min.lon, height = box.max.lat - box.min.lat;
  if (!(width > 1e-6 && height > 1e-6)) return;  // too flat for cells
  box_ = box;
  const double cells = std::min(cells_per_vertex * static_cast<double>(vertices), most_cells);
  const double side = std::sqrt(width * height / cells);
  columns_ = static_cast<std::uint32_t>(std::clamp(width / side, 1.0, cells));
  rows_ = static_cast<std::uint32_t>(std::clamp(height / side, 1.0, cells));
  columns_per_degree_ = columns_ / width;
  rows_per_degree_ = rows_ / height;
  zone_.resize(std::size_t{columns_} * rows_);
  parallel_for(zone_.size(), cells_per_task, progress, [&](std::size_t begin, std::size_t end) {
    std::fill(zone_.begin() + begin, zone_.begin() + end, RowIx::none_value);
  });
  parallel_for(polygons.part_count(), rings_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t part = begin; part < end; ++part) {
      const auto ring = polygons.part(part);
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) mark(ring[i], ring[i + 1]);
    }
  });
  parallel_for(rows_, rows_per_task, progress, [&](std::size_t begin, std::size_t end) {
    fill(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), locate);
  });
  if (progress.stop_requested()) zone_.clear();  // some cells are not filled
}

// Every cell that the edge passes through: in each row of cells those between its ends there, and, because
// of rounding, the neighbours. An edge of a few cells marks its whole box.
void ZoneGrid::mark(LonLat a, LonLat b) {
  if (a.lat > b.lat) std::swap(a, b);
  const std::uint32_t first = row(a.lat), last = row(b.lat);
  for (std::uint32_t r = first; r <= last; ++r) {
    double west = std::min(a.lon, b.lon), east = std::max(a.lon, b.lon);
    if (last - first > 1) {
      const double slope = (b.lon - a.lon) / (b.lat - a.lat);
      const double south = box_.min.lat + r / rows_per_degree_,
                   north = box_.min.lat + (r + 1) / rows_per_degree_;
      const double at_south = a.lon + (std::max(south, a.lat) - a.lat) * slope,
                   at_north = a.lon + (std::min(north, b.lat) - a.lat) * slope;
      west = std::max(west, std::min(at_south, at_north));
      east = std::min(east, std::max(at_south, at_north));
    }
    const std::uint32_t from = column(west), to = column(east);
    const std::uint32_t margin = last - first > 1 ? 1 : 0;
    for (std::uint32_t c = from - std::min(from, margin); c <= std::min(to + margin, columns_ - 1); ++c)
      std::atomic_ref(zone_[std::size_t{r} * columns_ + c]).store(bordered, std::memory_order_relaxed);
  }
}

// Neighbours without a boundary between them lie in the same zone.
void ZoneGrid::fill(std::uint32_t first_row, std::uint32_t end_row,
                    const std::function<RowIx(LonLat)>& locate) {
  for (std::uint32_t r = first_row; r < end_row; ++r)
    for (std::uint32_t c = 0; c < columns_; ++c) {
      const std::size_t cell = std::size_t{r} * columns_ + c;
      if (zone_[cell] == bordered) continue;
      if (c > 0 && zone_[cell - 1] != bordered)
        zone_[cell] = zone_[cell - 1];
      else if (r > first_row && zone_[cell - columns_] != bordered)
        zone_[cell] = zone_[cell - columns_];
      else
        zone_[cell] = locate({box_.min.lon + (c + 0.5) / columns_per_degree_,
                              box_.min.lat + (r + 0.5) / rows_per_degree_})
                          .value;
    }
}

std::optional<RowIx> ZoneGrid::zone_at(LonLat p) const {
  if (zone_.empty() || !box_.contains(p)) return std::nullopt;
  const std::uint32_t zone = zone_[std::size_t{row(p.lat)} * columns_ + column(p.lon)];
  if (zone == bordered) return std::nullopt;
  return zone == RowIx::none_value ? RowIx::none() : RowIx{zone};
}

std::optional<RowIx> ZoneGrid::zone_of(const LonLatBox& box) const {
  constexpr std::uint32_t most_cells_looked_at = 64;
  if (zone_.empty() || box.empty() || !box_.contains(box.min) || !box_.contains(box.max)) return std::nullopt;
  const std::uint32_t west = column(box.min.lon), east = column(box.max.lon), south = row(box.min.lat),
                      north = row(box.max.lat);
  if ((east - west + 1) * (north - south + 1) > most_cells_looked_at) return std::nullopt;
  for (std::uint32_t r = south; r <= north; ++r)
    for (std::uint32_t c = west; c <= east; ++c)
      if (zone_[std::size_t{r} * columns_ + c] == bordered) return std::nullopt;
  return zone_at(box.min);
}

}  // namespace xiangtu::spatial
