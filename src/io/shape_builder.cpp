#include "io/shape_builder.hpp"

#include <cmath>
#include <span>

namespace xiangtu::io {

namespace {

using geodesy::LonLat;
using table::GeometryKind;

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
  column_.end_feature();
}

void ShapeBuilder::add(ShapeOutcome outcome, std::int64_t row) {
  switch (outcome) {
    case ShapeOutcome::taken:
      if (located(row)) append(row);
      break;
    case ShapeOutcome::empty:
      log_.add(Noticed::geometry_empty, {}, row);
      break;
    case ShapeOutcome::other_kind:
      log_.add(Noticed::geometry_kind, {}, row);
      break;
    case ShapeOutcome::broken:
      log_.add(Noticed::geometry_unreadable, {}, row);
      break;
  }
  column_.end_feature();
}

// Takes the vertices to LonLat; false when one of them is nowhere.
bool ShapeBuilder::located(std::int64_t row) {
  // In source coordinates, so also projected ones left at zero.
  if (kind() == GeometryKind::point && shape_.vertices.front() == LonLat{0, 0}) {
    log_.add(Noticed::geometry_at_zero, {}, row);
    return false;
  }
  for (const LonLat p : shape_.vertices)
    if (!finite(p)) {
      log_.add(Noticed::geometry_not_finite, {}, row);
      return false;
    }
  if (way_) way_->apply(shape_.vertices);
  for (const LonLat p : shape_.vertices)
    if (!finite(p) || !in_range(p)) {
      log_.add(Noticed::geometry_out_of_range, {}, row);
      return false;
    }
  return true;
}

void ShapeBuilder::append(std::int64_t row) {
  std::size_t begin = 0, kept = 0;
  bool shell_kept = false, dropped = false;
  for (const Shape::Part& part : shape_.parts) {
    const auto vertices = std::span{shape_.vertices}.subspan(begin, part.end - begin);
    begin = part.end;
    std::size_t distinct = vertices.size();
    if (kind() == GeometryKind::polygon && distinct > 1 && vertices.front() == vertices.back()) --distinct;
    const bool use = distinct >= fewest_vertices(kind()) && (!part.hole || shell_kept);
    if (!part.hole) shell_kept = use;
    if (!use) {
      dropped = true;
      continue;
    }
    for (const LonLat vertex : vertices) column_.add_vertex(vertex);
    column_.end_part(part.hole);
    ++kept;
  }
  if (kept == 0)
    log_.add(Noticed::geometry_empty, {}, row);
  else if (dropped)
    log_.add(Noticed::geometry_degenerate, {}, row);
}

}  // namespace xiangtu::io
