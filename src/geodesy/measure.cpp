#include "geodesy/measure.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <GeographicLib/PolygonArea.hpp>

namespace xiangtu::geodesy {

namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double e2 = flattening * (2 - flattening);  // first eccentricity squared
constexpr double ep2 = e2 / (1 - e2);                 // second eccentricity squared
constexpr double short_line_deg = 5000.0 / 111320.0;  // mid-latitude formula up to here
constexpr double polar_lat = 80;
constexpr double series_reach = 0.005;   // radians of latitude; 32 km
constexpr double frame_reach_m = 20000;  // beyond this a flat frame has no useful bound
constexpr double drawn_reach_m = 200000;

const GeographicLib::Geodesic& ellipsoid() {
  static const GeographicLib::Geodesic geodesic(semi_major_m, flattening);
  return geodesic;
}

struct Inverse {
  double distance_m;
  double azimuth_a;
};

Inverse inverse(LonLat a, LonLat b) {
  Inverse result{};
  double azimuth_b = 0;
  ellipsoid().Inverse(a.lat, a.lon, b.lat, b.lon, result.distance_m, result.azimuth_a, azimuth_b);
  return result;
}

struct Radii {
  double meridian_m;  // M, north–south
  double normal_m;    // N, in the prime vertical
};

Radii radii(double sin_lat) {
  const double w2 = 1 - e2 * sin_lat * sin_lat;
  const double n = semi_major_m / std::sqrt(w2);
  return {n * (1 - e2) / w2, n};
}

// Gauss' mid-latitude formula with its second-order terms (e.g. Jordan/Eggert, Handbuch der
// Vermessungskunde III; Lenzmann): S sin A and S cos A from the differences of the coordinates; s and c are
// sine and cosine of the middle latitude. With t = s/c, η² = e'²c², l = c Δλ, V² = 1 + η² = W²/(1 − e²), so
// that one division is enough.
double mid_latitude_m(LonLat a, LonLat b, double s, double c) {
  const double dlat = (b.lat - a.lat) * degree, dlon = (b.lon - a.lon) * degree;
  const double s2 = s * s, c2 = c * c, per_w2 = 1 / (1 - e2 * s2), per_v2 = (1 - e2) * per_w2;
  const double normal_m = semi_major_m * std::sqrt(per_w2), meridian_m = normal_m * per_v2;
  const double eta2 = ep2 * c2, eta2_t2 = ep2 * s2;
  const double l2 = dlon * dlon * c2, t2_l2 = dlon * dlon * s2, b2 = dlat * dlat * per_v2 * per_v2;
  const double east = normal_m * dlon * c * (1 + ((1 - 9 * eta2_t2 + eta2) * b2 - t2_l2) / 24);
  const double north =
      meridian_m * dlat * (1 + (3 * (eta2 - eta2_t2) * b2 - 2 * (1 + eta2) * l2 - 3 * t2_l2) / 24);
  return std::sqrt(east * east + north * north);
}

double normalised(double lon_difference) {
  if (lon_difference > 180) return lon_difference - 360;
  if (lon_difference < -180) return lon_difference + 360;
  return lon_difference;
}

}  // namespace

Metres distance(LonLat a, LonLat b) {
  return {inverse(a, b).distance_m};
}

double azimuth(LonLat a, LonLat b) {
  return inverse(a, b).azimuth_a;
}

LonLat destination(LonLat from, double azimuth_deg, Metres length) {
  LonLat to;
  ellipsoid().Direct(from.lat, from.lon, azimuth_deg, length.value, to.lat, to.lon);
  return to;
}

Metres segment_length(LonLat a, LonLat b) {
  return SegmentMeasure(a)(a, b);
}

SegmentMeasure::SegmentMeasure(LonLat near) {
  latitude_ = near.lat * degree;
  sin_ = std::sin(latitude_);
  cos_ = std::cos(latitude_);
}

Metres SegmentMeasure::operator()(LonLat a, LonLat b) const {
  const bool is_short = std::abs(b.lat - a.lat) < short_line_deg && std::abs(b.lon - a.lon) < short_line_deg;
  if (!is_short || std::abs(a.lat) >= polar_lat) return distance(a, b);
  const double lat = (a.lat + b.lat) / 2 * degree, d = lat - latitude_;
  if (std::abs(d) > series_reach) return {mid_latitude_m(a, b, std::sin(lat), std::cos(lat))};
  // Taylor's series of sine and cosine: the next terms are below 1e-17.
  const double d2 = d * d;
  const double sin_d = d * (1 - d2 / 6 * (1 - d2 / 20)), cos_d = 1 - d2 / 2 * (1 - d2 / 12 * (1 - d2 / 30));
  return {mid_latitude_m(a, b, sin_ * cos_d + cos_ * sin_d, cos_ * cos_d - sin_ * sin_d)};
}

Metres length(std::span<const LonLat> line) {
  Metres sum;
  if (line.empty()) return sum;
  const SegmentMeasure measure(line.front());
  for (std::size_t i = 0; i + 1 < line.size(); ++i) sum += measure(line[i], line[i + 1]);
  return sum;
}

SquareMetres ring_area(std::span<const LonLat> ring) {
  GeographicLib::PolygonArea polygon(ellipsoid());
  const std::size_t open = ring.size() > 1 && ring.front() == ring.back() ? ring.size() - 1 : ring.size();
  for (std::size_t i = 0; i < open; ++i) polygon.AddPoint(ring[i].lat, ring[i].lon);
  double area = 0, perimeter = 0;
  polygon.Compute(false, true, perimeter, area);
  return {area};
}

// From any position on the geodesic the foot of p lies, on a sphere, atan(tan(d/R)·cos A) further along it,
// with the distance d of p and the angle A between p and the line there; on the ellipsoid a few such steps
// end within nanometres (Baselga & Martínez-Llario 2018).
Metres distance_to_segment(LonLat p, LonLat a, LonLat b) {
  constexpr double radius_m = 6371000, close_enough_m = 1e-9;
  constexpr int most_steps = 40;
  using Line = GeographicLib::GeodesicLine;
  const Inverse ab = inverse(a, b);
  const Line line = ellipsoid().Line(a.lat, a.lon, ab.azimuth_a,
                                     Line::LATITUDE | Line::LONGITUDE | Line::AZIMUTH | Line::DISTANCE_IN);
  double nearest = std::min(inverse(p, a).distance_m, inverse(p, b).distance_m);
  double along = ab.distance_m / 2;
  for (int step = 0; step < most_steps && ab.distance_m > 0; ++step) {
    LonLat q;
    double line_azimuth = 0;
    line.Position(along, q.lat, q.lon, line_azimuth);
    const Inverse to_p = inverse(q, p);
    nearest = std::min(nearest, to_p.distance_m);
    const double angle = (to_p.azimuth_a - line_azimuth) * degree, arc = to_p.distance_m / radius_m;
    const double further = radius_m * std::atan2(std::sin(arc) * std::cos(angle), std::cos(arc));
    const double next = std::clamp(along + further, 0.0, ab.distance_m);
    if (std::abs(next - along) < close_enough_m) break;
    along = next;
  }
  return {nearest};
}

// The frame is affine: what is straight in it is straight on the map.
Metres distance_as_drawn(const LocalFrame& frame, LonLat p, LonLat a, LonLat b) {
  if (std::abs(p.lat) > polar_lat || frame.to_segment(a, b).length.value > drawn_reach_m)
    return distance_to_segment(p, a, b);
  return segment_length(p, frame.foot_on(a, b));
}

LocalFrame::LocalFrame(LonLat origin) : origin_(origin) {
  const double s = std::sin(origin.lat * degree), c = std::cos(origin.lat * degree);
  const Radii r = radii(s);
  east_ = r.normal_m * c * degree;
  north_ = r.meridian_m * degree;
  tan_lat_ = c > 0 ? std::abs(s / c) : 0;
}

LocalFrame::Planar LocalFrame::planar(LonLat p) const {
  return {normalised(p.lon - origin_.lon) * east_, (p.lat - origin_.lat) * north_};
}

LocalFrame::Planar LocalFrame::nearest(Planar a, Planar b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double squared = dx * dx + dy * dy;
  const double t = squared > 0 ? std::clamp(-(a.x * dx + a.y * dy) / squared, 0.0, 1.0) : 0.0;
  return {a.x + t * dx, a.y + t * dy};
}

LocalFrame::ToSegment LocalFrame::to_segment(LonLat a, LonLat b) const {
  const Planar from = planar(a), to = planar(b), foot = nearest(from, to);
  const double dx = to.x - from.x, dy = to.y - from.y;
  return {{std::sqrt(foot.x * foot.x + foot.y * foot.y)}, {std::sqrt(dx * dx + dy * dy)}};
}

LonLat LocalFrame::foot_on(LonLat a, LonLat b) const {
  const Planar foot = nearest(planar(a), planar(b));
  return {normalised(origin_.lon + foot.x / east_), origin_.lat + foot.y / north_};
}

// East–west radii change by tan(lat)·Δlat relative to latitude: at distance d a point is off by at
// most d²·tan/R (first order), and so is every point of the segment up to its nearest one. The
// geodesic bulges off the straight chord of the frame by at most s²·tan/(8R). 1.5 covers the higher
// orders within 20 km; a kilometre off the segment's nearest point does not count twice.
Metres LocalFrame::error_bound(ToSegment planar) const {
  constexpr double smallest_radius = 6335000;
  const double reach = planar.distance.value + planar.length.value;
  if (reach > frame_reach_m || std::abs(origin_.lat) > polar_lat)
    return {std::numeric_limits<double>::infinity()};
  return {1e-4 + 1.5 * (tan_lat_ + 0.01) / smallest_radius *
                     (reach * reach + planar.length.value * planar.length.value / 8)};
}

LonLatBox LocalFrame::box_within(Metres distance) const {
  const double padded = distance.value * 1.01 + 1;
  const double dlat = padded / north_;
  // East–west radii shrink towards the pole: take those of the box's far edge. Around a pole: all longitudes.
  const double far = std::abs(origin_.lat) + dlat;
  const double east = radii(std::sin(far * degree)).normal_m * std::cos(far * degree) * degree;
  const double dlon = far < 90 ? std::min(padded / east, 180.0) : 180.0;
  return {{origin_.lon - dlon, origin_.lat - dlat}, {origin_.lon + dlon, origin_.lat + dlat}};
}

}  // namespace xiangtu::geodesy
