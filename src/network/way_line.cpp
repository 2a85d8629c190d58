#include "network/way_line.hpp"

#include <algorithm>

namespace xiangtu::network {

using geodesy::LonLat;

void append_stretch(const table::GeometryColumn& lines, LinePlace from, LinePlace to,
                    std::vector<LonLat>& line) {
  const auto add = [&](LonLat position) {
    if (line.empty() || !(line.back() == position)) line.push_back(position);
  };
  const auto [begin, end] = std::minmax({from, to});
  add(position_of(lines, from));
  const std::uint32_t first = begin.vertex + 1, last = end.vertex;  // the vertices between
  for (std::uint32_t i = first; i <= last; ++i) add(lines.vertices()[from < to ? i : last - (i - first)]);
  add(position_of(lines, to));
}

}  // namespace xiangtu::network
