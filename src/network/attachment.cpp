#include "network/attachment.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "geodesy/measure.hpp"

namespace xiangtu::network {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

struct NearestPlace {
  Metres distance{std::numeric_limits<double>::infinity()};
  std::uint32_t road = 0;
  std::uint32_t vertex = 0;  // of the segment
};

// Roads come in the order of their edges, vertices along them.
NearestPlace nearest_place(const RoadGraph& graph, std::span<const LonLat> vertices, const LocalFrame& frame,
                           LonLat position, Metres within) {
  NearestPlace best;
  graph.runs().query(frame.box_within(within), [&](std::size_t i) {
    const Run& run = graph.runs().runs()[i];
    for (std::uint32_t v = run.first; v < run.last; ++v) {
      const LonLat a = vertices[v], b = vertices[v + 1];
      const LocalFrame::ToSegment planar = frame.to_segment(a, b);
      if (planar.distance - frame.error_bound(planar) > std::min(best.distance, within)) continue;
      const Metres exact = geodesy::distance_to_segment(position, a, b);
      if (exact <= within && std::tie(exact, run.road, v) < std::tie(best.distance, best.road, best.vertex))
        best = {exact, run.road, v};
    }
  });
  return best;
}

}  // namespace

std::optional<EdgePlace> nearest_edge(const RoadGraph& graph, const table::GeometryColumn& lines,
                                      LonLat position, Metres within) {
  constexpr Metres first_look{60};  // most villages lie at a road
  const LocalFrame frame(position);
  NearestPlace best = nearest_place(graph, lines.vertices(), frame, position, std::min(first_look, within));
  if (best.distance > within && within > first_look)
    best = nearest_place(graph, lines.vertices(), frame, position, within);
  if (best.distance > within) return std::nullopt;
  const LonLat a = lines.vertices()[best.vertex], b = lines.vertices()[best.vertex + 1];
  const LinePlace place = place_on(best.vertex, a, b, frame.foot_on(a, b));
  const EdgeIx edge = graph.edge_at(best.road, place);
  const double from_begin = length_between(lines, graph[edge].begin, place).value;
  return EdgePlace{edge, best.distance, {std::min(from_begin, graph.lengths_m()[edge.value])}};
}

RoadEnds::RoadEnds(const RoadGraph& graph, const table::GeometryColumn& lines, const Progress& progress) {
  struct End {
    LonLat at;
    NodeIx node;
  };
  std::vector<End> ends;
  ends.reserve(2 * graph.roads().size());
  for (std::size_t road = 0; road < graph.roads().size(); ++road) {
    const auto edges = graph.edges_of(road);
    ends.push_back({position_of(lines, edges.front().begin), edges.front().from});
    ends.push_back({position_of(lines, edges.back().end), edges.back().to});
  }
  const auto by_position = [](const End& a, const End& b) {
    return std::tie(a.at.lon, a.at.lat) < std::tie(b.at.lon, b.at.lat);
  };
  std::sort(ends.begin(), ends.end(), by_position);
  ends.erase(std::unique(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.at == b.at; }),
             ends.end());
  std::vector<LonLatBox> boxes;
  boxes.reserve(ends.size());
  for (const End& end : ends) {
    at_.push_back(end.at);
    node_.push_back(end.node);
    boxes.push_back({end.at, end.at});
  }
  index_ = spatial::PackedIndex(boxes, progress);
}

std::optional<RoadEnds::Nearest> RoadEnds::nearest(LonLat position, Metres within) const {
  const LocalFrame frame(position);
  std::size_t best = at_.size();
  Metres best_distance = within;
  index_.query(frame.box_within(within), [&](std::size_t i) {
    const Metres distance = geodesy::distance(position, at_[i]);
    if (distance < best_distance || (distance == best_distance && i < best)) {
      best = i;
      best_distance = distance;
    }
    return true;
  });
  if (best == at_.size()) return std::nullopt;
  return Nearest{node_[best], best_distance};
}

}  // namespace xiangtu::network
