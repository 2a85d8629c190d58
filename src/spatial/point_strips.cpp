#include "spatial/point_strips.hpp"

#include <cmath>
#include <tuple>

#include "base/parallel.hpp"

namespace xiangtu::spatial {

using geodesy::LonLat;

namespace {

constexpr std::size_t strips_per_task = 16;

}  // namespace

PointStrips::PointStrips(std::span<const LonLat> positions, const Progress& progress) {
  geodesy::LonLatBox whole;
  for (const LonLat& at : positions) whole.add(at);
  const double strips = std::max(1.0, std::floor(std::sqrt(static_cast<double>(positions.size()))));
  const double height = whole.max.lat - whole.min.lat;
  south_ = whole.min.lat;
  strips_per_degree_ = height > 0 ? strips / height : 0;
  last_strip_ = strips - 1;

  strip_begin_.assign(static_cast<std::size_t>(strips) + 1, 0);
  for (const LonLat& at : positions) ++strip_begin_[strip_of(at.lat) + 1];
  for (std::size_t strip = 1; strip < strip_begin_.size(); ++strip)
    strip_begin_[strip] += strip_begin_[strip - 1];
  entries_.resize(positions.size());
  std::vector<std::uint32_t> next(strip_begin_.begin(), strip_begin_.end() - 1);
  for (std::size_t item = 0; item < positions.size(); ++item)
    entries_[next[strip_of(positions[item].lat)]++] = {positions[item], static_cast<std::uint32_t>(item)};
  parallel_for(next.size(), strips_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t strip = begin; strip < end; ++strip)
      std::sort(entries_.begin() + strip_begin_[strip], entries_.begin() + strip_begin_[strip + 1],
                [](const Entry& a, const Entry& b) {
                  return std::tie(a.at.lon, a.at.lat, a.item) < std::tie(b.at.lon, b.at.lat, b.item);
                });
  });
  if (progress.stop_requested()) entries_.clear();
}

}  // namespace xiangtu::spatial
