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

NearestPlace place_of(const NearestSegment& segment, std::span<const LonLat> vertices,
                      const LocalFrame& frame) {
  const LonLat a = vertices[segment.vertex], b = vertices[segment.vertex + 1];
  return {segment.distance, segment.road, segment.vertex,
          place_on(segment.vertex, a, b, frame.foot_on(a, b))};
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
  return place_of(best, lines.vertices(), frame);
}

std::vector<NearestPlace> places_within(const RunIndex& index, const RoadParts& roads,
                                        const table::GeometryColumn& lines, RowMarks marks, LonLat position,
                                        Metres within) {
  const std::span<const LonLat> vertices = lines.vertices();
  const LocalFrame frame(position);
  std::vector<NearestSegment> nearest;  // of each road
  index.query(frame.box_within(within), [&](std::size_t i) {
    const Run& run = index.runs()[i];
    if (!marks.empty() && marks[roads.rows[run.road].value] == 0) return;
    for (std::uint32_t v = run.first; v < run.last; ++v) {
      const LocalFrame::ToSegment planar = frame.to_segment(vertices[v], vertices[v + 1]);
      if (planar.distance - frame.error_bound(planar) > within) continue;
      const Metres exact = geodesy::distance_to_segment(position, vertices[v], vertices[v + 1]);
      if (exact > within) continue;
      const auto known = std::find_if(nearest.begin(), nearest.end(),
                                      [&](const NearestSegment& other) { return other.road == run.road; });
      if (known == nearest.end())
        nearest.push_back({exact, run.road, v});
      else if (std::tie(exact, v) < std::tie(known->distance, known->vertex))
        *known = {exact, run.road, v};
    }
  });
  std::sort(nearest.begin(), nearest.end(), [](const NearestSegment& a, const NearestSegment& b) {
    return std::tie(a.distance, a.road) < std::tie(b.distance, b.road);
  });
  std::vector<NearestPlace> places;
  for (const NearestSegment& segment : nearest) places.push_back(place_of(segment, vertices, frame));
  return places;
}

EdgePlace on_edge(const RoadGraph& graph, const table::GeometryColumn& lines, const NearestPlace& place) {
  const EdgeIx edge = graph.edge_at(place.road, place.place);
  const Metres from_begin = graph.scaled(edge, length_between(lines, graph[edge].begin, place.place));
  return {edge, place.distance, std::min(from_begin, Metres{graph.lengths_m()[edge.value]}), place.place};
}

std::optional<EdgePlace> nearest_edge(const RoadGraph& graph, const table::GeometryColumn& lines,
                                      RowMarks marks, LonLat position, Metres within) {
  const auto nearest = nearest_place(graph.runs(), graph.roads(), lines, marks, position, within);
  return nearest ? std::optional{on_edge(graph, lines, *nearest)} : std::nullopt;
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

std::vector<NodeIx> RoadEnds::within(LonLat position, Metres distance) const {
  std::vector<NodeIx> nodes;
  index_.query(LocalFrame(position).box_within(distance), [&](std::size_t i) {
    if (geodesy::distance(position, at_[i]) <= distance) nodes.push_back(node_[i]);
    return true;
  });
  return nodes;
}

}  // namespace xiangtu::network
