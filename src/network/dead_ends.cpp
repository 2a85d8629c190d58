#include "network/dead_ends.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "base/parallel.hpp"
#include "network/components.hpp"
#include "network/local_search.hpp"
#include "network/side_of_line.hpp"

namespace xiangtu::network {

using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t ends_per_task = 64;
constexpr double gaps_around = 10;  // a way of so many gaps makes joining needless

// From a position along a line, in degrees.
struct Heading {
  double east, north;
};

// How an edge leaves its begin; none where it has no length.
std::optional<Heading> leaving_begin(const Edge& edge, const table::GeometryColumn& lines) {
  const LonLat at = position_of(lines, edge.begin);
  LonLat next = at;
  for (std::uint32_t v = edge.begin.vertex + 1; v <= edge.end.vertex && next == at; ++v)
    next = lines.vertices()[v];
  if (next == at) next = position_of(lines, edge.end);
  return next == at ? std::nullopt : std::optional{Heading{next.lon - at.lon, next.lat - at.lat}};
}

std::optional<Heading> leaving_end(const Edge& edge, const table::GeometryColumn& lines) {
  const LonLat at = position_of(lines, edge.end);
  LonLat next = at;
  for (std::uint32_t v = edge.end.vertex; v > edge.begin.vertex && next == at; --v)
    next = lines.vertices()[v];
  if (next == at) next = position_of(lines, edge.begin);
  return next == at ? std::nullopt : std::optional{Heading{next.lon - at.lon, next.lat - at.lat}};
}

// Within half a degree.
bool is_one_direction(Heading a, Heading b, double latitude) {
  constexpr double most_sine = 0.01;
  const double shrink = std::cos(latitude * std::numbers::pi / 180);
  a.east *= shrink;
  b.east *= shrink;
  return a.east * b.east + a.north * b.north > 0 &&
         std::abs(a.east * b.north - a.north * b.east) <=
             most_sine * std::hypot(a.east, a.north) * std::hypot(b.east, b.north);
}

// An entry of 1 for each edge without length: vertices that are repeated.
std::vector<std::uint8_t> edges_without_length(const RoadGraph& graph, const table::GeometryColumn& lines) {
  std::vector<std::uint8_t> without(graph.edges().size());
  for (std::size_t i = 0; i < without.size(); ++i) without[i] = !leaving_begin(graph.edges()[i], lines);
  return without;
}

// Which nodes all edges leave in one direction. Nodes with no length between them are one.
class NodeHeadings {
 public:
  NodeHeadings(const RoadGraph& graph, const table::GeometryColumn& lines)
      : graph_(graph),
        spots_(graph, edges_without_length(graph, lines)),
        first_(spots_.size()),
        state_(spots_.size(), State::untouched) {
    for (const Edge& edge : graph.edges()) {
      if (const auto heading = leaving_begin(edge, lines)) add(edge.from, *heading);
      if (const auto heading = leaving_end(edge, lines)) add(edge.to, *heading);
    }
  }
  // True once for a place that all edges leave in one direction.
  bool take(NodeIx node) {
    State& state = state_[spots_.of(node).value];
    if (state != State::one) return false;
    state = State::taken;
    return true;
  }

 private:
  enum class State : std::uint8_t { untouched, one, several, taken };

  void add(NodeIx node, Heading heading) {
    const ComponentIx spot = spots_.of(node);
    State& state = state_[spot.value];
    if (state == State::untouched) {
      first_[spot.value] = heading;
      state = State::one;
    } else if (state == State::one &&
               !is_one_direction(first_[spot.value], heading, graph_.nodes()[node.value].lat)) {
      state = State::several;
    }
  }

  const RoadGraph& graph_;
  Components spots_;
  std::vector<Heading> first_;
  std::vector<State> state_;
};

// The piece of its road before an end: from the last place where it meets others.
const Edge& tail_of(const RoadGraph& graph, const DeadEnd& end) {
  const auto edges = graph.edges_of(end.road);
  const auto has_length = [&](const Edge& edge) {
    return graph.length_m(EdgeIx{static_cast<std::size_t>(&edge - graph.edges().data())}) > 0;
  };
  if (end.at_begin) {
    const auto tail = std::find_if(edges.begin(), edges.end(), has_length);
    return tail == edges.end() ? edges.front() : *tail;
  }
  const auto tail = std::find_if(edges.rbegin(), edges.rend(), has_length);
  return tail == edges.rend() ? edges.back() : *tail;
}

int level_of(std::span<const std::int8_t> levels, RowIx row) {
  return levels.empty() ? 0 : levels[row.value];
}

bool ends_at(const RoadGraph& graph, std::uint32_t road, NodeIx node) {
  return graph.edges_of(road).front().from == node || graph.edges_of(road).back().to == node;
}

class NearMissFinder {
 public:
  NearMissFinder(const RoadGraph& graph, const table::GeometryColumn& lines,
                 std::span<const std::int8_t> levels, Metres within)
      : graph_(graph), lines_(lines), levels_(levels), within_(within) {}

  void find(const DeadEnd& end, std::uint32_t number, LocalSearch& search,
            std::vector<NearMiss>& found) const {
    const std::size_t before = found.size();
    for (const NearestPlace& place :
         places_within(graph_.runs(), graph_.roads(), lines_, {}, end.at, within_))
      if (may_join(end, place)) found.push_back({number, place, false});
    if (found.size() == before) return;
    const Start start{end.node, 0};
    search.begin({&start, 1});
    search.settle_within(found.back().to.distance.value * gaps_around, [](EdgeIx) { return true; });
    for (std::size_t i = before; i < found.size(); ++i)
      found[i].joined_nearby = metres_to(found[i].to, search) <= found[i].to.distance.value * gaps_around;
  }

 private:
  bool may_join(const DeadEnd& end, const NearestPlace& place) const {
    if (ends_at(graph_, place.road, end.node)) return false;
    const auto edges = graph_.edges_of(place.road);
    if (level_of(levels_, graph_.roads().rows[place.road]) ==
        level_of(levels_, graph_.roads().rows[end.road]))
      return true;
    return place.place == edges.front().begin || place.place == edges.back().end;
  }

  double metres_to(const NearestPlace& place, const LocalSearch& search) const {
    const EdgeIx edge = graph_.edge_at(place.road, place.place);
    const double from_begin = on_edge(graph_, lines_, place).from_begin.value;
    return std::min(search.metres(graph_[edge].from) + from_begin,
                    search.metres(graph_[edge].to) + graph_.lengths_m()[edge.value] - from_begin);
  }

  const RoadGraph& graph_;
  const table::GeometryColumn& lines_;
  std::span<const std::int8_t> levels_;
  Metres within_;
};

// Whether they have a position in common.
bool meet(LonLat a, LonLat b, LonLat c, LonLat d) {
  const auto apart = [](double p, double q) { return (p > 0 && q > 0) || (p < 0 && q < 0); };
  return !apart(side_of_line(a, b, c), side_of_line(a, b, d)) &&
         !apart(side_of_line(c, d, a), side_of_line(c, d, b));
}

// How many edges come to each node.
std::vector<std::uint32_t> degrees(const RoadGraph& graph) {
  std::vector<std::uint32_t> degrees(graph.nodes().size());
  for (const Edge& edge : graph.edges()) {
    ++degrees[edge.from.value];
    ++degrees[edge.to.value];
  }
  return degrees;
}

}  // namespace

std::vector<DeadEnd> dead_ends(const RoadGraph& graph, const table::GeometryColumn& lines) {
  NodeHeadings headings(graph, lines);
  std::vector<DeadEnd> ends;
  for (std::uint32_t road = 0; road < graph.roads().size(); ++road) {
    const Edge &first = graph.edges_of(road).front(), &last = graph.edges_of(road).back();
    if (headings.take(first.from)) ends.push_back({road, true, first.from, position_of(lines, first.begin)});
    if (headings.take(last.to)) ends.push_back({road, false, last.to, position_of(lines, last.end)});
  }
  return ends;
}

std::vector<NearMiss> near_misses(const RoadGraph& graph, const table::GeometryColumn& lines,
                                  std::span<const DeadEnd> ends, std::span<const std::int8_t> levels,
                                  Metres within, Progress& progress) {
  const NearMissFinder finder(graph, lines, levels, within);
  PerThread<LocalSearch> searches([&] { return LocalSearch(graph); });
  progress.begin("looking for roads that almost join", ends.size());
  const auto found = parallel_collect<std::vector<NearMiss>>(
      ends.size(), ends_per_task, progress, [&](std::size_t i, std::vector<NearMiss>& misses) {
        finder.find(ends[i], static_cast<std::uint32_t>(i), searches.local(), misses);
      });
  std::vector<NearMiss> misses;
  for (const std::vector<NearMiss>& some : found) misses.insert(misses.end(), some.begin(), some.end());
  return misses;
}

bool is_behind_road(const RoadGraph& graph, const table::GeometryColumn& lines, const DeadEnd& end,
                    const NearestPlace& place) {
  const LonLat to = position_of(lines, place.place);
  LonLatBox between;
  between.add(end.at);
  between.add(to);
  bool behind = false;
  graph.runs().query(between, [&](std::size_t i) {
    const Run& run = graph.runs().runs()[i];
    if (run.road == place.road || ends_at(graph, run.road, end.node)) return;
    for (std::uint32_t v = run.first; v < run.last && !behind; ++v) {
      const LonLat a = lines.vertices()[v], b = lines.vertices()[v + 1];
      LonLatBox box;
      box.add(a);
      box.add(b);
      behind = box.intersects(between) && side_of_line(a, b, to) != 0 && meet(end.at, to, a, b);
    }
  });
  return behind;
}

std::vector<Overshoot> overshoots(const RoadGraph& graph, const table::GeometryColumn& lines,
                                  std::span<const DeadEnd> ends, Metres within) {
  const std::vector<std::uint32_t> degree = degrees(graph);
  std::vector<Overshoot> found;
  for (std::uint32_t i = 0; i < ends.size(); ++i) {
    const auto edges = graph.edges_of(ends[i].road);
    const Edge& tail = tail_of(graph, ends[i]);
    const NodeIx crossing = ends[i].at_begin ? tail.to : tail.from;
    std::uint32_t own = 0;
    for (const Edge& edge : edges) own += (edge.from == crossing) + (edge.to == crossing);
    if (degree[crossing.value] < own + 2) continue;
    const Metres length = length_between(lines, tail.begin, tail.end);
    const Metres all = length_between(lines, edges.front().begin, edges.back().end);
    if (length > within || all - length <= length) continue;
    std::uint32_t crossed = ends[i].road;
    for (const Arc& arc : graph.arcs_from(crossing))
      if (const std::uint32_t road = graph.road_of(arc.edge);
          road != ends[i].road && (crossed == ends[i].road || road < crossed))
        crossed = road;
    found.push_back({i, crossed, crossing, length});
  }
  return found;
}

}  // namespace xiangtu::network
