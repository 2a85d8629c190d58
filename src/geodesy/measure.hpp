// Geodesic measures on the CGCS2000 ellipsoid (GRS 80's axes; WGS 84's flattening differs by 1.6e-11).
#pragma once

#include <span>

#include "base/quantities.hpp"
#include "geodesy/position.hpp"

namespace xiangtu::geodesy {

inline constexpr double semi_major_m = 6378137.0;
inline constexpr double flattening = 1 / 298.257222101;

// Geodesic distance, accurate to nanometres (Karney 2013, as in GeographicLib). About 1 µs.
Metres distance(LonLat a, LonLat b);

// The same within 1e-9 relative and much faster for short lines: Gauss' mid-latitude formula up to
// 5 km (outside |lat| > 80°), the geodesic beyond.
Metres segment_length(LonLat a, LonLat b);

// segment_length of one segment after another in a neighbourhood, whose sine and cosine are taken once.
class SegmentMeasure {
 public:
  explicit SegmentMeasure(LonLat near);
  Metres operator()(LonLat a, LonLat b) const;

 private:
  double latitude_, sin_, cos_;  // of `near`, in radians
};

// Sum of segment_length over the line.
Metres length(std::span<const LonLat> line);

// Signed geodesic area of a closed ring: positive when counter-clockwise. Sum over a polygon's rings.
SquareMetres ring_area(std::span<const LonLat> ring);

// Azimuth in degrees clockwise from north at a on the way to b.
double azimuth(LonLat a, LonLat b);

// The end of a geodesic of a given length and start azimuth.
LonLat destination(LonLat from, double azimuth_deg, Metres length);

// Distance from p to the geodesic segment ab, exact to a micrometre for segments up to 1,000 km.
// About 5 µs; kernels ask it only where a quick bound cannot decide.
Metres distance_to_segment(LonLat p, LonLat a, LonLat b);

class LocalFrame;
// Distance from p to where the straight line from a to b in the plane of longitude and latitude, as maps draw
// it, comes nearest; the geodesic between the same ends bulges off it, half a metre over 2.6 km. frame: around
// p, which lies within some kilometres of the line. Of segments over 200 km, and near the poles, the distance
// to the geodesic.
Metres distance_as_drawn(const LocalFrame& frame, LonLat p, LonLat a, LonLat b);

// A flat frame around one position: metres east and north by the ellipsoid's radii there.
// The distance to a segment is off by no more than error_bound.
class LocalFrame {
 public:
  explicit LocalFrame(LonLat origin);

  // Of the segment ab in the plane: its distance from the origin, and its length.
  struct ToSegment {
    Metres distance, length;
  };
  ToSegment to_segment(LonLat a, LonLat b) const;
  // Where on the segment the plane's nearest position is.
  LonLat foot_on(LonLat a, LonLat b) const;
  // How far the planar distance can be from the geodesic one: change of radius with latitude, bulge of
  // the geodesic off the chord. Infinite where the frame is of no use: beyond 20 km, and near a pole.
  Metres error_bound(ToSegment planar) const;
  // A box around the origin that contains everything within the distance.
  LonLatBox box_within(Metres distance) const;

 private:
  struct Planar {
    double x, y;  // metres east and north of the origin
  };
  Planar planar(LonLat p) const;
  static Planar nearest(Planar a, Planar b);  // to the origin, on the segment ab

  LonLat origin_;
  double east_;   // metres per degree of longitude
  double north_;  // metres per degree of latitude
  double tan_lat_;
};

}  // namespace xiangtu::geodesy
