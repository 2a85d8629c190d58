// Indexes, distances, places in polygons, lengths.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "geodesy/measure.hpp"
#include "ground.hpp"
#include "spatial/length_by_zone.hpp"
#include "spatial/packed_index.hpp"
#include "spatial/polygon_locator.hpp"
#include "spatial/within_distance.hpp"

namespace xiangtu::bench {

namespace {

using benchmark::State;
using geodesy::LonLat;
using geodesy::LonLatBox;
using table::GeometryColumn;

constexpr std::size_t query_count = 4096;  // asked in turn, so that no answer stays in the processor's cache

std::size_t size_of(const State& state) {
  return static_cast<std::size_t>(state.range(0));
}

// So many items each iteration; n is what the complexity is in.
void count_items(State& state, std::size_t items_each) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items_each));
  state.SetComplexityN(state.range(0));
}

std::vector<LonLatBox> boxes_of(const GeometryColumn& column) {
  std::vector<LonLatBox> boxes(column.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) boxes[i] = column.box_of(i);
  return boxes;
}

std::vector<LonLat> places(Ground& ground, std::size_t count) {
  std::vector<LonLat> found(count);
  for (LonLat& p : found) p = ground.place();
  return found;
}

void packed_index_build(State& state) {
  Ground ground(size_of(state));
  const std::vector<LonLatBox> boxes = boxes_of(roads(ground, size_of(state)));
  for (auto _ : state) benchmark::DoNotOptimize(spatial::PackedIndex(boxes));
  count_items(state, boxes.size());
}
BENCHMARK(packed_index_build)
    ->RangeMultiplier(8)
    ->Range(1 << 9, 1 << 18)
    ->Complexity(benchmark::oNLogN)
    ->UseRealTime();

void packed_index_query(State& state) {
  Ground ground(size_of(state));
  const std::vector<LonLatBox> boxes = boxes_of(roads(ground, size_of(state)));
  const spatial::PackedIndex index(boxes);
  const std::vector<LonLat> queries = places(ground, query_count);
  std::size_t next = 0, found = 0;
  for (auto _ : state) {
    const LonLat p = queries[next++ % query_count];
    index.query({p, {p.lon + 0.02, p.lat + 0.02}}, [&](std::size_t item) { return found += item, true; });
  }
  benchmark::DoNotOptimize(found);
  count_items(state, 1);
}
BENCHMARK(packed_index_query)->RangeMultiplier(8)->Range(1 << 9, 1 << 18)->Complexity(benchmark::oLogN);

void segment_index_build(State& state) {
  Ground ground(size_of(state));
  const GeometryColumn lines = roads(ground, size_of(state));
  for (auto _ : state) benchmark::DoNotOptimize(spatial::SegmentIndex(lines));
  count_items(state, lines.size());
}
BENCHMARK(segment_index_build)
    ->RangeMultiplier(8)
    ->Range(1 << 9, 1 << 15)
    ->Complexity(benchmark::oNLogN)
    ->UseRealTime();

// The second number: the distance in metres. One road in three counts, as hardened roads do among others.
void within_distance(State& state) {
  Ground ground(size_of(state));
  const GeometryColumn lines = roads(ground, size_of(state));
  const spatial::SegmentIndex index(lines);
  std::vector<spatial::Counts> counts(lines.size(), spatial::Counts::no);
  for (std::size_t i = 0; i < counts.size(); i += 3) counts[i] = spatial::Counts::yes;
  const std::vector<LonLat> queries = places(ground, query_count);
  const Metres distance{static_cast<double>(state.range(1))};
  std::size_t next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(index.within(queries[next++ % query_count], distance, counts));
  count_items(state, 1);
}
BENCHMARK(within_distance)->ArgsProduct({{1 << 9, 1 << 12, 1 << 15}, {500, 2000}});

void nearest_feature(State& state) {
  Ground ground(size_of(state));
  const GeometryColumn lines = roads(ground, size_of(state));
  const spatial::SegmentIndex index(lines);
  const std::vector<LonLat> queries = places(ground, query_count);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(index.nearest(queries[next++ % query_count], Metres{2000}));
  count_items(state, 1);
}
BENCHMARK(nearest_feature)->RangeMultiplier(8)->Range(1 << 9, 1 << 15);

// A range over the units' number: side × side.
void polygon_locator(State& state) {
  Ground ground(size_of(state));
  const auto side = static_cast<std::size_t>(std::sqrt(static_cast<double>(size_of(state))));
  const spatial::PolygonLocator locator(units(ground, side));
  const std::vector<LonLat> queries = places(ground, query_count);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(locator.locate(queries[next++ % query_count]));
  count_items(state, 1);
}
BENCHMARK(polygon_locator)->RangeMultiplier(4)->Range(16, 4096)->Complexity(benchmark::oLogN);

// As many roads as the number says, a hundred of them to a unit; items are segments.
void length_by_zone(State& state) {
  Ground ground(size_of(state));
  const GeometryColumn lines = roads(ground, size_of(state));
  const auto side = static_cast<std::size_t>(std::sqrt(static_cast<double>(size_of(state)) / 100)) + 1;
  const GeometryColumn zones = units(ground, side);
  Progress progress;
  for (auto _ : state) {
    const spatial::PolygonLocator locator(zones);
    benchmark::DoNotOptimize(spatial::length_by_zone(lines, locator, progress));
  }
  count_items(state, lines.size() * (road_vertices - 1));
}
BENCHMARK(length_by_zone)
    ->RangeMultiplier(8)
    ->Range(1 << 9, 1 << 15)
    ->Complexity(benchmark::oNLogN)
    ->UseRealTime();

// The number: metres of a segment. From 5 km on the geodesic is solved.
void segment_length(State& state) {
  Ground ground(query_count);
  const double metres = static_cast<double>(state.range(0));
  std::vector<LonLat> vertices{{109, 37}};
  for (std::size_t i = 0; i < query_count; ++i)
    vertices.push_back(
        geodesy::destination(vertices.back(), ground.random().between(0, 360), Metres{metres}));
  for (auto _ : state) benchmark::DoNotOptimize(geodesy::length(vertices));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(query_count));
}
BENCHMARK(segment_length)->Arg(10)->Arg(100)->Arg(1000)->Arg(10000);

}  // namespace

}  // namespace xiangtu::bench
