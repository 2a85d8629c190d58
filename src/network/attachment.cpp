#include "network/attachment.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <vector>

namespace xiangtu::network {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

struct NearestSegment {
  Metres distance{std::numeric_limits<double>::infinity()};
  std::uint32_t road = 0, vertex = 0;
};

// What may be the nearest of all that are shown, by their distances in the plane of a frame: the geodesic is
// asked only of what is left.
template <class Item>
class Contenders {
 public:
  Contenders(const LocalFrame& frame, Metres within) : frame_(frame), at_most_(within) { all().clear(); }

  void add(LonLat a, LonLat b, Item item) {
    const LocalFrame::ToSegment planar = frame_.to_segment(a, b);
    const Metres bound = frame_.error_bound(planar);
    if (planar.distance - bound > at_most_) return;
    all().push_back({planar.distance - bound, item});
    at_most_ = std::min(at_most_, planar.distance + bound);
  }
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Contender& contender : all())
      if (contender.at_least <= at_most_) visit(contender.item);
  }

 private:
  struct Contender {
    Metres at_least;
    Item item;
  };
  // One question at a time on a thread.
  static std::vector<Contender>& all() {
    thread_local std::vector<Contender> contenders;
    return contenders;
  }
  const LocalFrame& frame_;
  Metres at_most_;  // of the nearest, where there is one
};

NearestSegment nearest_segment(const RunIndex& index, const RoadParts& roads,
                               std::span<const LonLat> vertices, RowMarks marks, const LocalFrame& frame,
                               LonLat position, Metres within) {
  struct Segment {
    std::uint32_t road, vertex;
  };
  Contenders<Segment> contenders(frame, within);
  index.query(frame.box_within(within), [&](std::size_t i) {
    const Run& run = index.runs()[i];
    if (!marks.empty() && marks[roads.rows[run.road].value] == 0) return;
    for (std::uint32_t v = run.first; v < run.last; ++v)
      contenders.add(vertices[v], vertices[v + 1], {run.road, v});
  });
  NearestSegment best;
  contenders.for_each([&](const Segment& segment) {
    const std::uint32_t v = segment.vertex;
    const Metres exact = geodesy::distance_to_segment(position, vertices[v], vertices[v + 1]);
    if (exact <= within && std::tie(exact, segment.road, v) < std::tie(best.distance, best.road, best.vertex))
      best = {exact, segment.road, v};
  });
  return best;
}

// Looks within wider and wider circles, the last of them `within`: most of what is looked for is near.
// look(distance) gives what it found, or none.
template <class Look>
auto look_around(Metres first_look, Metres within, const Look& look) {
  constexpr double wider = 4;
  constexpr Metres half_earth{20'004'000};
  Metres distance = std::min(first_look, within);
  while (true) {
    auto found = look(distance);
    if (found || distance >= within) return found;
    distance = distance >= half_earth ? within : std::min(distance * wider, within);
  }
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
  return look_around(first_look, within, [&](Metres distance) -> std::optional<NearestPlace> {
    const NearestSegment best =
        nearest_segment(index, roads, lines.vertices(), marks, frame, position, distance);
    if (best.distance > distance) return std::nullopt;
    return place_of(best, lines.vertices(), frame);
  });
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
      const LonLat a = vertices[v], b = vertices[v + 1];
      const LocalFrame::ToSegment planar = frame.to_segment(a, b);
      if (planar.distance - frame.error_bound(planar) > within) continue;
      const Metres exact = geodesy::distance_as_drawn(frame, position, a, b);
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
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> first_at(graph.node_count(), none);  // most ends of a node are at one position
  std::vector<LonLat> positions;
  const auto add = [&](LonLat at, NodeIx node) {
    std::uint32_t& first = first_at[node.value];
    if (first != none && positions[first] == at) return;
    if (first == none) first = static_cast<std::uint32_t>(positions.size());
    positions.push_back(at);
    nodes_.push_back(node);
  };
  for (std::size_t road = 0; road < graph.roads().size(); ++road) {
    if (!marks.empty() && marks[graph.roads().rows[road].value] == 0) continue;
    const auto edges = graph.edges_of(road);
    add(position_of(lines, edges.front().begin), edges.front().from);
    add(position_of(lines, edges.back().end), edges.back().to);
  }
  ends_ = spatial::PointStrips(positions, progress);
}

std::optional<RoadEnds::Nearest> RoadEnds::nearest(LonLat position, Metres within) const {
  constexpr Metres first_look{125};
  const LocalFrame frame(position);
  return look_around(first_look, within, [&](Metres distance) { return nearest(frame, position, distance); });
}

std::optional<RoadEnds::Nearest> RoadEnds::nearest(const LocalFrame& frame, LonLat position,
                                                   Metres within) const {
  using End = spatial::PointStrips::Entry;
  Contenders<const End*> contenders(frame, within);
  ends_.query(frame.box_within(within), [&](const End& end) { contenders.add(end.at, end.at, &end); });
  const End* best = nullptr;
  Metres best_distance = within;
  contenders.for_each([&](const End* end) {
    const Metres distance = geodesy::segment_length(position, end->at);
    if (distance > best_distance) return;
    if (best && distance == best_distance &&
        std::tie(best->at.lon, best->at.lat) <= std::tie(end->at.lon, end->at.lat))
      return;
    best = end;
    best_distance = distance;
  });
  if (!best) return std::nullopt;
  return Nearest{nodes_[best->item], best_distance};
}

std::vector<NodeIx> RoadEnds::within(LonLat position, Metres distance) const {
  std::vector<NodeIx> nodes;
  ends_.query(LocalFrame(position).box_within(distance), [&](const spatial::PointStrips::Entry& end) {
    if (geodesy::segment_length(position, end.at) <= distance) nodes.push_back(nodes_[end.item]);
  });
  return nodes;
}

}  // namespace xiangtu::network
