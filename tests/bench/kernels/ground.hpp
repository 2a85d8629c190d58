// Made-up ground for the kernels: the same at every run, as dense however much there is of it.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "geodesy/position.hpp"
#include "synth/random.hpp"
#include "table/geometry.hpp"

namespace xiangtu::bench {

// A square with its south-west corner at 109° E, 37° N; so wide that a thing has about 3 km² to itself.
class Ground {
 public:
  explicit Ground(std::size_t things, std::uint64_t seed = 7)
      : width_(0.02 * std::sqrt(static_cast<double>(things))), random_(seed) {}

  double width() const { return width_; }
  synth::Random& random() { return random_; }
  geodesy::LonLat place() {
    const double lon = random_.between(109, 109 + width_);
    return {lon, random_.between(37, 37 + width_)};
  }

 private:
  double width_;
  synth::Random random_;
};

inline constexpr std::size_t road_vertices = 17;  // as a road section has on average

inline table::GeometryColumn points(Ground& ground, std::size_t count) {
  table::GeometryColumn column(table::GeometryKind::point);
  for (std::size_t i = 0; i < count; ++i) {
    column.add_vertex(ground.place());
    column.end_part();
    column.end_feature();
  }
  return column;
}

// Winding roads of a kilometre or two.
inline table::GeometryColumn roads(Ground& ground, std::size_t count) {
  table::GeometryColumn column(table::GeometryKind::line);
  for (std::size_t i = 0; i < count; ++i) {
    geodesy::LonLat p = ground.place();
    double heading = ground.random().between(0, 6.28);
    for (std::size_t vertex = 0; vertex < road_vertices; ++vertex) {
      column.add_vertex(p);
      heading += ground.random().between(-0.5, 0.5);
      p = {p.lon + 0.001 * std::cos(heading), p.lat + 0.001 * std::sin(heading)};
    }
    column.end_part();
    column.end_feature();
  }
  return column;
}

// side × side units that fill the ground and share wavy borders, each of 4 × 60 vertices.
inline table::GeometryColumn units(const Ground& ground, std::size_t side) {
  table::GeometryColumn column(table::GeometryKind::polygon);
  const double width = ground.width() / static_cast<double>(side);
  const auto bent = [&](double x, double y) {  // in units from the corner
    const double wave = 0.05 * std::sin(6.28 * x) + 0.05 * std::sin(6.28 * y + 1);
    return geodesy::LonLat{109 + (x + wave) * width, 37 + (y + wave) * width};
  };
  constexpr int steps = 60;
  for (std::size_t i = 0; i < side * side; ++i) {
    const auto x = static_cast<double>(i % side), y = static_cast<double>(i / side);
    for (int step = 0; step < steps; ++step) column.add_vertex(bent(x + step / 60.0, y));
    for (int step = 0; step < steps; ++step) column.add_vertex(bent(x + 1, y + step / 60.0));
    for (int step = 0; step < steps; ++step) column.add_vertex(bent(x + 1 - step / 60.0, y + 1));
    for (int step = 0; step < steps; ++step) column.add_vertex(bent(x, y + 1 - step / 60.0));
    column.add_vertex(bent(x, y));
    column.end_part();
    column.end_feature();
  }
  return column;
}

}  // namespace xiangtu::bench
