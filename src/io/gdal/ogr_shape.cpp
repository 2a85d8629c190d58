#include "io/gdal/ogr_shape.hpp"

#include <memory>

namespace xiangtu::io {

namespace {

using table::GeometryKind;

static_assert(sizeof(OGRRawPoint) == sizeof(geodesy::LonLat));

class Taker {
 public:
  Taker(GeometryKind kind, Shape& shape) : kind_(kind), shape_(shape) {}

  void take(const OGRGeometry& geometry) {
    if (geometry.IsEmpty()) return;
    switch (wkbFlatten(geometry.getGeometryType())) {
      case wkbPoint:
        return take_point(*geometry.toPoint());
      case wkbLineString:
      case wkbLinearRing:
        return take_line(*geometry.toSimpleCurve());
      case wkbPolygon:
      case wkbTriangle:
        return take_polygon(*geometry.toPolygon());
      case wkbMultiPoint:
      case wkbMultiLineString:
      case wkbMultiPolygon:
      case wkbGeometryCollection:
        for (const OGRGeometry* member : *geometry.toGeometryCollection()) take(*member);
        return;
      case wkbPolyhedralSurface:
      case wkbTIN:
        for (const OGRPolygon* face : *geometry.toPolyhedralSurface()) take(*face);
        return;
      default:
        return take_curved(geometry);
    }
  }
  bool saw_other() const { return saw_other_; }

 private:
  bool wanted(GeometryKind kind) {
    if (kind == kind_) return true;
    saw_other_ = true;
    return false;
  }

  void add_vertices(const OGRSimpleCurve& curve) {
    const std::size_t first = shape_.vertices.size();
    shape_.vertices.resize(first + static_cast<std::size_t>(curve.getNumPoints()));
    curve.getPoints(reinterpret_cast<OGRRawPoint*>(shape_.vertices.data() + first));
  }

  void take_point(const OGRPoint& point) {
    if (!wanted(GeometryKind::point)) return;
    shape_.vertices.push_back({point.getX(), point.getY()});
    shape_.end_part();
  }

  void take_line(const OGRSimpleCurve& line) {
    if (!wanted(GeometryKind::line)) return;
    add_vertices(line);
    shape_.end_part();
  }

  void take_polygon(const OGRPolygon& polygon) {
    if (!wanted(GeometryKind::polygon)) return;
    bool hole = false;
    for (const OGRLinearRing* ring : polygon) {
      if (!ring->IsEmpty()) {
        add_vertices(*ring);
        shape_.end_part(hole);
      }
      hole = true;
    }
  }

  void take_curved(const OGRGeometry& geometry) {
    const std::unique_ptr<OGRGeometry> straight{geometry.getLinearGeometry()};
    if (straight && !straight->hasCurveGeometry()) take(*straight);
  }

  GeometryKind kind_;
  Shape& shape_;
  bool saw_other_ = false;
};

}  // namespace

ShapeOutcome shape_of(const OGRGeometry& geometry, GeometryKind kind, Shape& shape) {
  shape.clear();
  Taker taker(kind, shape);
  taker.take(geometry);
  if (!shape.parts.empty()) return ShapeOutcome::taken;
  return taker.saw_other() ? ShapeOutcome::other_kind : ShapeOutcome::empty;
}

GeometryKind kind_of(OGRwkbGeometryType type) {
  switch (wkbFlatten(type)) {
    case wkbPoint:
    case wkbMultiPoint:
      return GeometryKind::point;
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
    case wkbCurve:
      return GeometryKind::line;
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbCurvePolygon:
    case wkbMultiSurface:
    case wkbSurface:
    case wkbPolyhedralSurface:
    case wkbTIN:
    case wkbTriangle:
      return GeometryKind::polygon;
    default:
      return GeometryKind::none;
  }
}

GeometryKind kind_of(const OGRGeometry& geometry) {
  if (geometry.IsEmpty()) return GeometryKind::none;
  if (wkbFlatten(geometry.getGeometryType()) != wkbGeometryCollection)
    return kind_of(geometry.getGeometryType());
  for (const OGRGeometry* member : *geometry.toGeometryCollection())
    if (const GeometryKind kind = kind_of(*member); kind != GeometryKind::none) return kind;
  return GeometryKind::none;
}

}  // namespace xiangtu::io
