#include "io/shape_builder.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace xiangtu::io {

namespace {

using geodesy::LonLat;
using table::GeometryKind;

constexpr std::size_t block_vertices = 1 << 17;

bool finite(LonLat p) {
  return std::isfinite(p.lon) && std::isfinite(p.lat);
}
bool in_range(LonLat p) {
  return std::fabs(p.lon) <= 180 && std::fabs(p.lat) <= 90;
}

std::size_t fewest_vertices(GeometryKind kind) {
  if (kind == GeometryKind::point) return 1;
  return kind == GeometryKind::line ? 2 : 3;
}

}  // namespace

void ShapeBuilder::add_null(std::int64_t row) {
  log_.add(Noticed::geometry_null, {}, row);
  wait(row, false);
}

void ShapeBuilder::add(ShapeOutcome outcome, std::int64_t row) {
  if (outcome == ShapeOutcome::empty) log_.add(Noticed::geometry_empty, {}, row);
  if (outcome == ShapeOutcome::other_kind) log_.add(Noticed::geometry_kind, {}, row);
  if (outcome == ShapeOutcome::broken) log_.add(Noticed::geometry_unreadable, {}, row);
  wait(row, outcome == ShapeOutcome::taken && sound(row));
}

bool ShapeBuilder::add_plain(std::span<const std::byte> positions) {
  const std::size_t count = positions.size() / sizeof(LonLat);
  if (way_ || count < fewest_vertices(kind())) return false;
  const std::span<LonLat> vertices = column_.extend(count);
  std::memcpy(vertices.data(), positions.data(), positions.size());
  bool good = kind() != GeometryKind::point || vertices.front() != LonLat{0, 0};
  for (const LonLat p : vertices) good &= in_range(p);  // nothing that is no number is
  if (good)
    column_.end_simple_feature();
  else
    column_.rollback();
  return good;
}

// Judged in source coordinates.
bool ShapeBuilder::sound(std::int64_t row) {
  if (kind() == GeometryKind::point && shape_.vertices.front() == LonLat{0, 0}) {
    log_.add(Noticed::geometry_at_zero, {}, row);
    return false;
  }
  if (std::all_of(shape_.vertices.begin(), shape_.vertices.end(), finite)) return true;
  log_.add(Noticed::geometry_not_finite, {}, row);
  return false;
}

void ShapeBuilder::wait(std::int64_t row, bool taken) {
  if (!way_) return settle(row, taken, shape_.vertices, shape_.parts);
  if (taken) {
    block_.insert(block_.end(), shape_.vertices.begin(), shape_.vertices.end());
    block_parts_.insert(block_parts_.end(), shape_.parts.begin(), shape_.parts.end());
  }
  waiting_.push_back({row, block_.size(), block_parts_.size(), taken});
  if (block_.size() >= block_vertices || waiting_.size() >= block_vertices) flush();
}

// The row in its place in the column, its coordinates now LonLat.
void ShapeBuilder::settle(std::int64_t row, bool taken, std::span<const LonLat> vertices,
                          std::span<const Shape::Part> parts) {
  const auto somewhere = [](LonLat p) { return finite(p) && in_range(p); };
  if (taken && std::all_of(vertices.begin(), vertices.end(), somewhere))
    append(row, vertices, parts);
  else if (taken)
    log_.add(Noticed::geometry_out_of_range, {}, row);
  column_.end_feature();
}

void ShapeBuilder::flush() {
  if (way_) way_->apply(block_);
  std::size_t vertex = 0, part = 0;
  for (const Waiting& waiting : waiting_) {
    const auto vertices = std::span<const LonLat>{block_}.subspan(vertex, waiting.vertices_end - vertex);
    const auto parts = std::span<const Shape::Part>{block_parts_}.subspan(part, waiting.parts_end - part);
    vertex = waiting.vertices_end;
    part = waiting.parts_end;
    settle(waiting.row, waiting.taken, vertices, parts);
  }
  block_.clear();
  block_parts_.clear();
  waiting_.clear();
}

void ShapeBuilder::append(std::int64_t row, std::span<const LonLat> all, std::span<const Shape::Part> parts) {
  std::size_t begin = 0, kept = 0;
  bool shell_kept = false, dropped = false;
  for (const Shape::Part& part : parts) {
    const auto vertices = all.subspan(begin, part.end - begin);
    begin = part.end;
    std::size_t distinct = vertices.size();
    if (kind() == GeometryKind::polygon && distinct > 1 && vertices.front() == vertices.back()) --distinct;
    const bool use = distinct >= fewest_vertices(kind()) && (!part.hole || shell_kept);
    if (!part.hole) shell_kept = use;
    if (!use) {
      dropped = true;
      continue;
    }
    column_.add_vertices(vertices);
    column_.end_part(part.hole);
    ++kept;
  }
  if (kept == 0)
    log_.add(Noticed::geometry_empty, {}, row);
  else if (dropped)
    log_.add(Noticed::geometry_degenerate, {}, row);
}

void ShapeBuilder::append(ShapeBuilder& later) {
  flush();
  later.flush();
  column_.append(later.column_);
  later.column_.clear();
}

table::GeometryColumn ShapeBuilder::take() {
  flush();
  return std::move(column_);
}

}  // namespace xiangtu::io
