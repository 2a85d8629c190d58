// A column of geometries as offset and coordinate arrays, after GeoArrow's layout but with one
// level of parts for all kinds: a point's part is one vertex, a line's part is a line, a polygon's
// part is a ring. Nothing is allocated per feature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/large_vector.hpp"
#include "geodesy/position.hpp"

namespace xiangtu::table {

enum class GeometryKind : std::uint8_t { none, point, line, polygon };

class GeometryColumn {
 public:
  explicit GeometryColumn(GeometryKind kind = GeometryKind::none) : kind_(kind) {}

  GeometryKind kind() const { return kind_; }
  std::size_t size() const { return feature_begin_.size() - 1; }
  bool empty_at(std::size_t feature) const { return feature_begin_[feature] == feature_begin_[feature + 1]; }

  // The parts of a feature are part_begin(feature) … part_end(feature).
  std::size_t part_begin(std::size_t feature) const { return feature_begin_[feature]; }
  std::size_t part_end(std::size_t feature) const { return feature_begin_[feature + 1]; }
  std::size_t part_count() const { return part_begin_.size() - 1; }
  std::span<const geodesy::LonLat> part(std::size_t part) const {
    return vertices().subspan(part_begin_[part], part_begin_[part + 1] - part_begin_[part]);
  }
  // Polygons only: whether the ring is a hole in the exterior ring before it. Rings are closed
  // (first vertex = last); exteriors run counter-clockwise, holes clockwise.
  bool is_hole(std::size_t part) const { return hole_[part] != 0; }

  std::span<const geodesy::LonLat> vertices() const { return {vertices_.data(), vertices_.size()}; }
  // All vertices of a feature, its parts one after another.
  std::span<const geodesy::LonLat> vertices_of(std::size_t feature) const {
    const std::size_t begin = part_begin_[feature_begin_[feature]];
    return vertices().subspan(begin, part_begin_[feature_begin_[feature + 1]] - begin);
  }
  geodesy::LonLatBox box_of(std::size_t feature) const;
  geodesy::LonLatBox box() const;
  // A position that stands for the feature: a point's first vertex, the middle vertex of the longest
  // line, a position inside the polygon (the middle of its widest stretch at half height). Only when
  // not empty.
  geodesy::LonLat representative(std::size_t feature) const;

  // Building: vertices, then end_part for each part, then end_feature, once per row, in row order.
  void add_vertex(geodesy::LonLat vertex) { vertices_.push_back(vertex); }
  void add_vertices(std::span<const geodesy::LonLat> vertices) {
    vertices_.insert(vertices_.end(), vertices.begin(), vertices.end());
  }
  void end_part(bool hole = false);
  void end_feature() { feature_begin_.push_back(static_cast<std::uint32_t>(part_count())); }
  void reserve(std::size_t features, std::size_t parts, std::size_t vertices);
  // A feature of one part: the vertices that were added since the last part.
  void end_simple_feature() {
    end_part();
    end_feature();
  }
  // Vertices that wait for their part to be ended, for one who knows how many come; to be filled, or given
  // back by rollback().
  std::span<geodesy::LonLat> extend(std::size_t count) {
    vertices_.resize(vertices_.size() + count);
    return std::span{vertices_}.last(count);
  }
  void clear();
  // Offsets have 32 bits: whether that was enough for all that was added. Only then parts and features are
  // sound.
  bool countable() const { return countable_; }
  // Copies a feature of another column of the same kind as the next one here.
  void add_copy(const GeometryColumn& other, std::size_t feature);
  // All features of another column of the same kind, after those here.
  void append(const GeometryColumn& other);
  // Forgets vertices and parts added since the last end_feature.
  void rollback();
  std::size_t bytes() const;

 private:
  void note_size() {
    constexpr std::size_t most = 0xFFFF0000;  // some below 2^32, so that loops over offsets end
    countable_ = countable_ && vertices_.size() <= most && part_begin_.size() <= most;
  }

  GeometryKind kind_;
  bool countable_ = true;
  LargeVector<std::uint32_t> feature_begin_{0};  // feature → first part; size + 1 entries
  LargeVector<std::uint32_t> part_begin_{0};     // part → first vertex; part_count + 1 entries
  std::vector<std::uint8_t> hole_;               // polygons: one per part; else empty
  LargeVector<geodesy::LonLat> vertices_;
};

}  // namespace xiangtu::table
