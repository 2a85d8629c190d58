#include "network/line_place.hpp"

#include "geodesy/measure.hpp"

namespace xiangtu::network {

using geodesy::LonLat;

LonLat position_of(const table::GeometryColumn& lines, LinePlace place) {
  const LonLat a = lines.vertices()[place.vertex];
  if (place.share == 0) return a;
  const LonLat b = lines.vertices()[place.vertex + 1];
  return {a.lon + place.share * (b.lon - a.lon), a.lat + place.share * (b.lat - a.lat)};
}

Metres length_between(const table::GeometryColumn& lines, LinePlace begin, LinePlace end) {
  LonLat at = position_of(lines, begin);
  const geodesy::SegmentMeasure measure(at);
  Metres length;
  for (std::uint32_t vertex = begin.vertex + 1; vertex <= end.vertex; ++vertex) {
    length += measure(at, lines.vertices()[vertex]);
    at = lines.vertices()[vertex];
  }
  return end.share == 0 ? length : length + measure(at, position_of(lines, end));
}

}  // namespace xiangtu::network
