#include "table/geometry.hpp"

#include <algorithm>

namespace xiangtu::table {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

// Twice the signed area in degrees²: positive when counter-clockwise.
double signed_area(std::span<const LonLat> ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const LonLat a = ring[i], b = ring[i + 1], o = ring[0];
    sum += (a.lon - o.lon) * (b.lat - o.lat) - (b.lon - o.lon) * (a.lat - o.lat);
  }
  return sum;
}

// The middle of the widest stretch of the polygon's rings along the parallel at half its height.
LonLat inside_of(const GeometryColumn& column, std::size_t feature) {
  const LonLatBox box = column.box_of(feature);
  const double lat = box.centre().lat;
  std::vector<double> crossings;
  for (std::size_t part = column.part_begin(feature); part < column.part_end(feature); ++part) {
    const auto ring = column.part(part);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const LonLat a = ring[i], b = ring[i + 1];
      if ((a.lat > lat) != (b.lat > lat))
        crossings.push_back(a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon));
    }
  }
  std::sort(crossings.begin(), crossings.end());
  LonLat inside = box.centre();
  double widest = 0;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    if (crossings[i + 1] - crossings[i] <= widest) continue;
    widest = crossings[i + 1] - crossings[i];
    inside = {(crossings[i] + crossings[i + 1]) / 2, lat};
  }
  return inside;
}

}  // namespace

void GeometryColumn::end_part(bool hole) {
  const std::size_t begin = part_begin_.back();
  if (kind_ == GeometryKind::polygon && vertices_.size() > begin) {
    if (vertices_[begin] != vertices_.back()) vertices_.push_back(vertices_[begin]);
    const bool counter_clockwise = signed_area(vertices().subspan(begin)) > 0;
    if (counter_clockwise == hole)
      std::reverse(vertices_.begin() + static_cast<std::ptrdiff_t>(begin), vertices_.end());
    hole_.push_back(hole ? 1 : 0);
  } else if (kind_ == GeometryKind::polygon) {
    hole_.push_back(hole ? 1 : 0);
  }
  part_begin_.push_back(static_cast<std::uint32_t>(vertices_.size()));
  note_size();
}

void GeometryColumn::add_copy(const GeometryColumn& other, std::size_t feature) {
  for (std::size_t i = other.part_begin(feature); i < other.part_end(feature); ++i) {
    const auto vertices = other.part(i);
    vertices_.insert(vertices_.end(), vertices.begin(), vertices.end());
    part_begin_.push_back(static_cast<std::uint32_t>(vertices_.size()));
    if (kind_ == GeometryKind::polygon) hole_.push_back(other.hole_[i]);
  }
  end_feature();
}

void GeometryColumn::rollback() {
  const std::size_t parts = feature_begin_.back();
  part_begin_.resize(parts + 1);
  if (kind_ == GeometryKind::polygon) hole_.resize(parts);
  vertices_.resize(part_begin_.back());
}

void GeometryColumn::clear() {
  feature_begin_.resize(1);
  part_begin_.resize(1);
  hole_.clear();
  vertices_.clear();
  countable_ = true;
}

void GeometryColumn::reserve(std::size_t features, std::size_t parts, std::size_t vertices) {
  feature_begin_.reserve(features + 1);
  part_begin_.reserve(parts + 1);
  vertices_.reserve(vertices);
}

LonLatBox GeometryColumn::box_of(std::size_t feature) const {
  LonLatBox box;
  for (const LonLat p : vertices_of(feature)) box.add(p);
  return box;
}

LonLatBox GeometryColumn::box() const {
  LonLatBox box;
  for (const LonLat p : vertices_) box.add(p);
  return box;
}

LonLat GeometryColumn::representative(std::size_t feature) const {
  if (kind_ == GeometryKind::polygon) return inside_of(*this, feature);
  std::size_t longest = part_begin(feature);
  for (std::size_t i = longest; i < part_end(feature); ++i)
    if (part(i).size() > part(longest).size()) longest = i;
  const auto line = part(longest);
  return kind_ == GeometryKind::point ? line.front() : line[line.size() / 2];
}

void GeometryColumn::append(const GeometryColumn& other) {
  const auto parts = static_cast<std::uint32_t>(part_count()),
             vertices = static_cast<std::uint32_t>(vertices_.size());
  vertices_.insert(vertices_.end(), other.vertices_.begin(), other.vertices_.end());
  hole_.insert(hole_.end(), other.hole_.begin(), other.hole_.end());
  for (std::size_t i = 1; i < other.part_begin_.size(); ++i)
    part_begin_.push_back(other.part_begin_[i] + vertices);
  for (std::size_t i = 1; i < other.feature_begin_.size(); ++i)
    feature_begin_.push_back(other.feature_begin_[i] + parts);
  note_size();
}

std::size_t GeometryColumn::bytes() const {
  return vertices_.size() * sizeof(LonLat) + (feature_begin_.size() + part_begin_.size()) * 4 + hole_.size();
}

}  // namespace xiangtu::table
