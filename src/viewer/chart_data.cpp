#include "viewer/chart_data.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiangtu::viewer {

namespace {

// The first bin that ends at or beyond the distance.
std::size_t bin_of(std::span<const double> ends_m, double distance_m) {
  return static_cast<std::size_t>(std::lower_bound(ends_m.begin(), ends_m.end(), distance_m) -
                                  ends_m.begin());
}

}  // namespace

std::vector<Bar> unit_bars(const indicators::CoverageTable& table, std::span<const std::size_t> rows,
                           std::size_t indicator, const render::scene::Choropleth* choropleth) {
  std::vector<Bar> bars;
  for (const std::size_t row : rows) {
    Bar bar{table.units[row], table.figure(row, indicator), std::nullopt};
    if (choropleth && choropleth->shown == render::scene::Shown::value && bar.figure.value &&
        choropleth->classes.count() > 0)
      bar.colour = choropleth->colours[choropleth->classes.class_of(*bar.figure.value)];
    bars.push_back(bar);
  }
  return bars;
}

double bar_scale(std::span<const Bar> bars, bool fraction) {
  double most = 0;
  for (const Bar& bar : bars)
    most = std::max({most, bar.figure.value.value_or(0), bar.figure.high.value_or(0)});
  if (most <= 0) return 1;
  return fraction ? std::min(most, 1.0) : most;
}

std::vector<double> distance_ends(double reach_m, double near_m) {
  std::vector<double> ends{100, 250, 500, 1000, 2000, 3000, 5000, 10'000, reach_m, near_m};
  std::erase_if(ends, [](double end) { return !(end > 0); });
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

DistanceHistogram distance_histogram(const workspace::VillageDistances& distances, const atlas::Atlas& atlas,
                                     UnitIx parent, std::span<const double> ends_m) {
  DistanceHistogram histogram;
  for (std::size_t i = 0; i <= ends_m.size(); ++i)
    histogram.bins.push_back({i == 0 ? 0 : ends_m[i - 1],
                              i < ends_m.size() ? ends_m[i] : std::numeric_limits<double>::infinity(),
                              {},
                              0});
  for (std::size_t i = 0; i < distances.rows.size(); ++i) {
    const RowIx row = distances.rows[i];
    if (!atlas.hierarchy.is_within(distances.layer->unit_of[row.value], parent)) continue;
    if (std::isnan(distances.hardened_m[i])) {
      ++histogram.unplaced;
      continue;
    }
    const std::size_t at = bin_of(ends_m, distances.hardened_m[i]);
    DistanceBin& bin = histogram.bins[at];
    bin.rows.push_back(row);
    bin.maybe_nearer += bin_of(ends_m, distances.possibly_m[i]) < at;
    histogram.most = std::max(histogram.most, bin.rows.size());
    ++histogram.villages;
  }
  return histogram;
}

}  // namespace xiangtu::viewer
