#include "network/attachment.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <vector>

#include "geodesy/measure.hpp"

namespace xiangtu::network {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

struct NearestSegment {
  Metres distance{std::numeric_limits<double>::infinity()};
  std::uint32_t road = 0, vertex = 0;
};

// In the plane first; the geodesic is asked only of segments that may be the nearest.
NearestSegment nearest_segment(const RunIndex& index, const RoadParts& roads,
                               std::span<const LonLat> vertices, RowMarks marks, const LocalFrame& frame,
                               LonLat position, Metres within) {
  struct Candidate {
    Metres at_least;
    std::uint32_t road, vertex;
  };
  thread_local std::vector<Candidate> candidates;
  candidates.clear();
  Metres at_most = within;  // of the nearest, where there is one
  index.query(frame.box_within(within), [&](std::size_t i) {
    const Run& run = index.runs()[i];
    if (!marks.empty() && marks[roads.rows[run.road].value] == 0) return;
    for (std::uint32_t v = run.first; v < run.last; ++v) {
      const LocalFrame::ToSegment planar = frame.to_segment(vertices[v], vertices[v + 1]);
      const Metres bound = frame.error_bound(planar);
      if (planar.distance - bound > at_most) continue;
      candidates.push_back({planar.distance - bound, run.road, v});
      at_most = std::min(at_most, planar.distance + bound);
    }
  });
  NearestSegment best;
  for (const Candidate& candidate : candidates) {
    if (candidate.at_least > at_most) continue;
    const std::uint32_t v = candidate.vertex;
    const Metres exact = geodesy::distance_to_segment(position, vertices[v], vertices[v + 1]);
    if (exact <= within &&
        std::tie(exact, candidate.road, v) < std::tie(best.distance, best.road, best.vertex))
      best = {exact, candidate.road, v};
  }
  return best;
}

}  // namespace

std::optional<NearestPlace> nearest_place(const RunIndex& index, const RoadParts& roads,
                                          const table::GeometryColumn& lines, RowMarks marks, LonLat position,
                                          Metres within) {
  constexpr Metres first_look{60};  // most villages lie at a road
  const LocalFrame frame(position);
  const auto look = [&](Metres distance) {
    return nearest_segment(index, roads, lines.vertices(), marks, frame, position, distance);
  };
  NearestSegment best = look(std::min(first_look, within));
  if (best.distance > within && within > first_look) best = look(within);
  if (best.distance > within) return std::nullopt;
  const LonLat a = lines.vertices()[best.vertex], b = lines.vertices()[best.vertex + 1];
  return NearestPlace{best.distance, best.road, place_on(best.vertex, a, b, frame.foot_on(a, b))};
}

std::optional<EdgePlace> nearest_edge(const RoadGraph& graph, const table::GeometryColumn& lines,
                                      RowMarks marks, LonLat position, Metres within) {
  const auto nearest = nearest_place(graph.runs(), graph.roads(), lines, marks, position, within);
  if (!nearest) return std::nullopt;
  const EdgeIx edge = graph.edge_at(nearest->road, nearest->place);
  const double from_begin = length_between(lines, graph[edge].begin, nearest->place).value;
  return EdgePlace{edge, nearest->distance, {std::min(from_begin, graph.lengths_m()[edge.value])}};
}

RoadEnds::RoadEnds(const RoadGraph& graph, const table::GeometryColumn& lines, RowMarks marks,
                   const Progress& progress) {
  struct End {
    LonLat at;
    NodeIx node;
  };
  std::vector<End> ends;
  ends.reserve(2 * graph.roads().size());
  for (std::size_t road = 0; road < graph.roads().size(); ++road) {
    if (!marks.empty() && marks[graph.roads().rows[road].value] == 0) continue;
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
    const LocalFrame::ToSegment planar = frame.to_segment(at_[i], at_[i]);
    if (planar.distance - frame.error_bound(planar) > best_distance) return true;
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
