// Where roads cross other lines, such as rivers.
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.hpp"
#include "network/run_index.hpp"

namespace xiangtu::network {

struct Crossing {
  std::uint32_t road;  // of the parts under the index
  LinePlace place;     // on it
  RowIx other;         // the row of the other lines
  bool operator==(const Crossing&) const = default;
};

// Road by road and along each. The lines truly cross in the plane of longitude and latitude; one that only
// touches the other does not. One that runs along the other for a while may cross it where it comes and where
// it leaves. Segments across ±180° cross nothing.
std::vector<Crossing> find_crossings(const table::GeometryColumn& lines, const RunIndex& index,
                                     const table::GeometryColumn& others, Progress& progress);

}  // namespace xiangtu::network
