#include "network/junctions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "base/parallel.hpp"
#include "geodesy/measure.hpp"
#include "network/side_of_line.hpp"
#include "spatial/point_strips.hpp"

namespace xiangtu::network {

using geodesy::LocalFrame;
using geodesy::LonLat;
using geodesy::LonLatBox;

namespace {

constexpr std::size_t ends_per_task = 1 << 10, runs_per_task = 1 << 10;

// What joins: item 2r is the begin of road r, 2r + 1 its end; the cuts follow.
using Item = std::uint32_t;

struct Cut {
  std::uint32_t road;
  LinePlace place;
  LonLat at;
};

// What the threads find: two ends that join, an end that joins the inside of a road, two insides that join.
struct EndToEnd {
  Item a, b;
};
struct EndToInside {
  Item end;
  Cut cut;
};
struct InsideToInside {
  Cut a, b;
};
struct Found {
  std::vector<EndToEnd> ends;
  std::vector<EndToInside> touches;
  std::vector<InsideToInside> crossings;
};

// The least item stands for all that are joined to it.
class JoinedItems {
 public:
  explicit JoinedItems(std::size_t count) : above_(count) {
    std::iota(above_.begin(), above_.end(), Item{0});
  }
  Item first_of(Item item) {
    while (above_[item] != item) item = above_[item] = above_[above_[item]];
    return item;
  }
  std::size_t size() const { return above_.size(); }
  void join(Item a, Item b) {
    a = first_of(a);
    b = first_of(b);
    above_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<Item> above_;
};

// The short way between two vertices leads across ±180°: in the plane there is no such segment.
bool crosses_180(LonLat a, LonLat b) {
  return std::abs(a.lon - b.lon) > 180;
}

LonLatBox box_of(LonLat a, LonLat b) {
  return {{std::min(a.lon, b.lon), std::min(a.lat, b.lat)}, {std::max(a.lon, b.lon), std::max(a.lat, b.lat)}};
}

using EndsThere = std::span<const spatial::PointStrips::Entry>;

// The ends that stand at one position, one such group after another.
std::vector<EndsThere> groups_of(const spatial::PointStrips& ends) {
  std::vector<EndsThere> groups;
  EndsThere left = ends.entries();
  while (!left.empty()) {
    std::size_t count = 1;
    while (count < left.size() && left[count].at == left.front().at) ++count;
    groups.push_back(left.first(count));
    left = left.subspan(count);
  }
  return groups;
}

class Finder {
 public:
  Finder(const table::GeometryColumn& lines, const RoadParts& roads, const RunIndex* runs,
         const NodingRule& rule)
      : lines_(lines), vertices_(lines.vertices()), roads_(roads), runs_(runs), rule_(rule) {}

  // What the ends of roads at one position join. `same`: all of them, of `ends`.
  void find_of_ends(const spatial::PointStrips& ends, EndsThere same, Found& found) const {
    for (std::size_t i = 1; i < same.size(); ++i) found.ends.push_back({same[i - 1].item, same[i].item});
    const LonLat p = same.front().at;
    const LocalFrame frame(p);
    if (rule_.tolerance > Metres{0})
      ends.query(frame.box_within(rule_.tolerance), [&](const spatial::PointStrips::Entry& other) {
        if (other.item > same.front().item && other.at != p && is_near(frame, p, other.at))
          found.ends.push_back({same.front().item, other.item});
      });
    if (!rule_.ends_only) find_touches(frame, same, found);
  }

  // Where segments of a run and of runs after it, or of itself, cross or touch inside their lines.
  void find_of_run(std::size_t i, Found& found) const {
    runs_->query(runs_->box_of(i), [&](std::size_t j) {
      if (j < i) return;
      const Run &a = runs_->runs()[i], &b = runs_->runs()[j];
      if (level_of(a.road) != level_of(b.road)) return;
      const LonLatBox& box_b = runs_->box_of(j);
      for (std::uint32_t v = a.first; v < a.last; ++v) {
        if (crosses_180(vertices_[v], vertices_[v + 1])) continue;
        const LonLatBox box = box_of(vertices_[v], vertices_[v + 1]);
        if (!box.intersects(box_b)) continue;
        for (std::uint32_t w = i == j ? v + 1 : b.first; w < b.last; ++w)
          if (box.intersects(box_of(vertices_[w], vertices_[w + 1]))) meet(a.road, v, b.road, w, found);
      }
    });
  }

  std::uint32_t first_of(std::uint32_t road) const {
    return static_cast<std::uint32_t>(lines_.part(roads_.parts[road].value).data() - vertices_.data());
  }
  std::uint32_t last_of(std::uint32_t road) const {
    return first_of(road) + static_cast<std::uint32_t>(lines_.part(roads_.parts[road].value).size()) - 1;
  }
  LonLat position_of(LinePlace place) const { return network::position_of(lines_, place); }
  LonLat end_at(Item item) const { return vertices_[item % 2 == 0 ? first_of(item / 2) : last_of(item / 2)]; }

 private:
  // Where a road comes near an end: a segment of it, and the place on that.
  struct Near {
    std::uint32_t road, segment;
    Metres distance;
    LinePlace place;
  };

  int level_of(std::uint32_t road) const {
    return rule_.levels.empty() ? 0 : rule_.levels[roads_.rows[road].value];
  }

  // Whether the origin of the frame, a, and b are within the tolerance.
  bool is_near(const LocalFrame& frame, LonLat a, LonLat b) const {
    if (a == b) return true;
    if (rule_.tolerance == Metres{0}) return false;
    const LocalFrame::ToSegment planar = frame.to_segment(b, b);
    const Metres bound = frame.error_bound(planar);
    if (planar.distance - bound > rule_.tolerance) return false;
    return planar.distance + bound <= rule_.tolerance || geodesy::distance(a, b) <= rule_.tolerance;
  }

  // Where roads pass the ends at one position.
  void find_touches(const LocalFrame& frame, EndsThere same, Found& found) const {
    const LonLat p = same.front().at;
    for (const Near& pass : passes(frame, p, segments_near(frame, p))) {
      const bool at_vertex = pass.place.share == 0 && vertices_[pass.place.vertex] == p;
      for (const auto& end : same)
        if (at_vertex || level_of(pass.road) == level_of(end.item / 2))
          found.touches.push_back({end.item, {pass.road, pass.place, p}});
    }
  }

  // The segments within the tolerance of a position, along each road.
  std::vector<Near> segments_near(const LocalFrame& frame, LonLat p) const {
    LonLatBox around;
    around.add(p);
    if (rule_.tolerance > Metres{0}) around.add(frame.box_within(rule_.tolerance));
    std::vector<Near> near;
    runs_->query(around, [&](std::size_t i) {
      const Run& run = runs_->runs()[i];
      for (std::uint32_t v = run.first; v < run.last; ++v) {
        const LonLat a = vertices_[v], b = vertices_[v + 1];
        if (!box_of(a, b).intersects(around)) continue;
        if (const auto distance = distance_within(frame, p, a, b))
          near.push_back({run.road, v, *distance, nearest_on(frame, p, v)});
      }
    });
    std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.segment < b.segment; });
    return near;
  }

  // The nearest place each time that a road passes a position, but for where it begins or ends there.
  std::vector<Near> passes(const LocalFrame& frame, LonLat p, std::span<const Near> near) const {
    std::vector<Near> nearest;
    while (!near.empty()) {
      std::size_t segments = 1;
      while (segments < near.size() && goes_on(frame, p, near[segments - 1], near[segments])) ++segments;
      const std::span<const Near> pass = near.first(segments);
      near = near.subspan(segments);
      const std::uint32_t road = pass.front().road, first = pass.front().segment,
                          last = pass.back().segment + 1;
      if (first == first_of(road) && is_near(frame, p, vertices_[first])) continue;
      if (last == last_of(road) && is_near(frame, p, vertices_[last])) continue;
      nearest.push_back(*std::min_element(pass.begin(), pass.end(), [](const Near& a, const Near& b) {
        return std::tie(a.distance, a.place) < std::tie(b.distance, b.place);
      }));
    }
    return nearest;
  }
  // Whether a road stays near from one segment to the next.
  bool goes_on(const LocalFrame& frame, LonLat p, const Near& before, const Near& after) const {
    return before.road == after.road && before.segment + 1 == after.segment &&
           is_near(frame, p, vertices_[after.segment]);
  }

  LinePlace nearest_on(const LocalFrame& frame, LonLat p, std::uint32_t v) const {
    const LonLat a = vertices_[v], b = vertices_[v + 1];
    if (p == a) return {v, 0};
    if (p == b) return {v + 1, 0};
    return place_on(v, a, b, frame.foot_on(a, b));
  }

  // None where it is more than the tolerance.
  std::optional<Metres> distance_within(const LocalFrame& frame, LonLat p, LonLat a, LonLat b) const {
    if (p == a || p == b) return Metres{0};
    if (crosses_180(a, b)) return std::nullopt;
    if (box_of(a, b).contains(p) && side_of_line(a, b, p) == 0) return Metres{0};
    if (rule_.tolerance == Metres{0}) return std::nullopt;
    const Metres distance = geodesy::distance_as_drawn(frame, p, a, b);
    return distance <= rule_.tolerance ? std::optional{distance} : std::nullopt;
  }

  // Two segments whose boxes meet. A vertex belongs to the segment that begins there; begins and ends of
  // roads are looked at by find_of_ends.
  void meet(std::uint32_t road_a, std::uint32_t v, std::uint32_t road_b, std::uint32_t w,
            Found& found) const {
    const LonLat p0 = vertices_[v], p1 = vertices_[v + 1], q0 = vertices_[w], q1 = vertices_[w + 1];
    if (v + 1 == w && p0 == p1) return;  // a vertex that is repeated
    if (crosses_180(q0, q1)) return;
    const double q0_side = side_of_line(p0, p1, q0), q1_side = side_of_line(p0, p1, q1);
    if ((q0_side > 0 && q1_side > 0) || (q0_side < 0 && q1_side < 0)) return;
    const double p0_side = side_of_line(q0, q1, p0), p1_side = side_of_line(q0, q1, p1);
    if ((p0_side > 0 && p1_side > 0) || (p0_side < 0 && p1_side < 0)) return;
    if (q0_side != 0 && q1_side != 0 && p0_side != 0 && p1_side != 0) {
      const double share_b = q0_side / (q0_side - q1_side), share_a = p0_side / (p0_side - p1_side);
      const LonLat at{q0.lon + share_b * (q1.lon - q0.lon), q0.lat + share_b * (q1.lat - q0.lat)};
      found.crossings.push_back({{road_a, place_at(v, share_a), at}, {road_b, place_at(w, share_b), at}});
      return;
    }
    const bool inside_a = v > first_of(road_a), inside_b = w > first_of(road_b);
    if (p0 == q0) {
      if (inside_a && inside_b && !runs_along(v, w))
        found.crossings.push_back({{road_a, {v, 0}, p0}, {road_b, {w, 0}, p0}});
      return;
    }
    if (inside_b && q0_side == 0 && q0 != p1 && box_of(p0, p1).contains(q0))
      found.crossings.push_back({{road_a, place_on(v, p0, p1, q0), q0}, {road_b, {w, 0}, q0}});
    if (inside_a && p0_side == 0 && p0 != q1 && box_of(q0, q1).contains(p0))
      found.crossings.push_back({{road_a, {v, 0}, p0}, {road_b, place_on(w, q0, q1, p0), p0}});
  }

  // Whether two lines have the vertices before and after in common as well: inside a stretch that they share,
  // whose ends join them.
  bool runs_along(std::uint32_t v, std::uint32_t w) const {
    const LonLat before_v = vertices_[v - 1], after_v = vertices_[v + 1], before_w = vertices_[w - 1],
                 after_w = vertices_[w + 1];
    return (before_v == before_w && after_v == after_w) || (before_v == after_w && after_v == before_w);
  }

  const table::GeometryColumn& lines_;
  std::span<const LonLat> vertices_;
  const RoadParts& roads_;
  const RunIndex* runs_;
  const NodingRule& rule_;
};

// Everything that joins: cuts in an order of their own, and which items belong together.
struct Joins {
  std::vector<Cut> cuts;
  std::vector<EndToEnd> pairs;  // of items
};

Joins gather(std::size_t roads, const std::vector<Found>& at_ends, const std::vector<Found>& inside) {
  Joins joins;
  const auto add = [&](const Cut& cut) {
    joins.cuts.push_back(cut);
    return static_cast<Item>(2 * roads + joins.cuts.size() - 1);
  };
  for (const Found& found : at_ends) {
    joins.pairs.insert(joins.pairs.end(), found.ends.begin(), found.ends.end());
    for (const EndToInside& touch : found.touches) joins.pairs.push_back({touch.end, add(touch.cut)});
  }
  for (const Found& found : inside)
    for (const InsideToInside& crossing : found.crossings) {
      const Item a = add(crossing.a);
      joins.pairs.push_back({a, add(crossing.b)});
    }
  return joins;
}

// A stop before its node is known.
struct Met {
  LinePlace place;
  Item item;
};

// The items along each road, those at one place joined and only the first of them kept.
class RoadWalk {
 public:
  RoadWalk(const Finder& finder, std::size_t roads, Joins& joins, std::span<const LinePlace> gates)
      : finder_(finder),
        roads_(roads),
        cuts_(joins.cuts),
        cut_order_(joins.cuts.size()),
        gates_(gates),
        gate_order_(gates.size()),
        gate_stops_(gates.size()),
        joined_(2 * roads + cuts_.size() + 2 * gates.size()) {
    for (const auto& [a, b] : joins.pairs) joined_.join(a, b);
    std::iota(cut_order_.begin(), cut_order_.end(), Item{0});
    std::sort(cut_order_.begin(), cut_order_.end(), [&](Item a, Item b) {
      return std::tie(cuts_[a].road, cuts_[a].place, a) < std::tie(cuts_[b].road, cuts_[b].place, b);
    });
    std::iota(gate_order_.begin(), gate_order_.end(), Item{0});
    std::sort(gate_order_.begin(), gate_order_.end(),
              [&](Item a, Item b) { return std::tie(gates_[a], a) < std::tie(gates_[b], b); });
  }

  Junctions walk() {
    met_.reserve(joined_.size());
    junctions_.stop_begin.reserve(roads_ + 1);
    junctions_.stop_begin.push_back(0);
    for (std::uint32_t road = 0; road < roads_; ++road) {
      add_road(road);
      junctions_.stop_begin.push_back(static_cast<std::uint32_t>(met_.size()));
    }
    number_nodes();
    junctions_.gate_stops = std::move(gate_stops_);
    return std::move(junctions_);
  }

 private:
  void add_road(std::uint32_t road) {
    const LinePlace begin{finder_.first_of(road), 0}, end{finder_.last_of(road), 0};
    met_.push_back({begin, 2 * road});
    while (next_gate_ < gates_.size() && gates_[gate_order_[next_gate_]] < begin) ++next_gate_;
    for (; next_gate_ < gates_.size() && gates_[gate_order_[next_gate_]] <= end; ++next_gate_) {
      const Item gate = gate_order_[next_gate_];
      add_cuts(road, gates_[gate], end);
      add_gate(road, gate, end);
    }
    add_cuts(road, end, end);
    met_.push_back({end, 2 * road + 1});
  }

  // The cuts of a road as far as a place.
  void add_cuts(std::uint32_t road, LinePlace last, LinePlace end) {
    for (; next_cut_ < cut_order_.size(); ++next_cut_) {
      const Cut& cut = cuts_[cut_order_[next_cut_]];
      if (cut.road != road || cut.place > last) return;
      const auto item = static_cast<Item>(2 * roads_ + cut_order_[next_cut_]);
      if (cut.place == end)
        joined_.join(item, 2 * road + 1);
      else if (cut.place == met_.back().place)
        joined_.join(item, met_.back().item);
      else
        met_.push_back({cut.place, item});
    }
  }

  // Two stops at one place; one of them is there already where the road joins others.
  void add_gate(std::uint32_t road, Item gate, LinePlace end) {
    const LinePlace place = gates_[gate];
    const auto add = [&] {
      met_.push_back({place, static_cast<Item>(2 * roads_ + cuts_.size())});
      cuts_.push_back({road, place, finder_.position_of(place)});
    };
    if (place != end && met_.back().place != place) add();
    add();
    gate_stops_[gate] = static_cast<std::uint32_t>(met_.size() - (place == end ? 1 : 2));
  }

  void number_nodes() {
    std::vector<NodeIx> node_of(2 * roads_ + cuts_.size());
    junctions_.stops.reserve(met_.size());
    junctions_.nodes.reserve(met_.size());
    for (const Met& stop : met_) {
      const Item first = joined_.first_of(stop.item);
      if (!node_of[first].exists()) {
        node_of[first] = NodeIx{junctions_.nodes.size()};
        junctions_.nodes.push_back(first < 2 * roads_ ? finder_.end_at(first) : cuts_[first - 2 * roads_].at);
      }
      junctions_.stops.push_back({stop.place, node_of[first]});
    }
  }

  const Finder& finder_;
  std::size_t roads_;
  std::vector<Cut>& cuts_;  // those of gates are added behind
  std::vector<Item> cut_order_;
  std::span<const LinePlace> gates_;
  std::vector<Item> gate_order_;
  std::vector<std::optional<std::uint32_t>> gate_stops_;
  JoinedItems joined_;
  std::vector<Met> met_;
  std::size_t next_cut_ = 0, next_gate_ = 0;
  Junctions junctions_;
};

}  // namespace

Result<Junctions> find_junctions(const table::GeometryColumn& lines, const RoadParts& roads,
                                 const RunIndex* runs, const NodingRule& rule, Progress& progress) {
  const Finder finder(lines, roads, runs, rule);
  LargeVector<LonLat> positions(2 * roads.size());
  parallel_for(positions.size(), ends_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t item = begin; item < end; ++item)
      positions[item] = finder.end_at(static_cast<Item>(item));
  });
  if (progress.stop_requested()) return cancelled_issue();
  const spatial::PointStrips ends(positions, progress);
  const std::vector<EndsThere> groups = groups_of(ends);
  const std::size_t run_count = rule.ends_only ? 0 : runs->runs().size();
  progress.begin("joining roads", groups.size() + run_count);
  const auto at_ends = parallel_collect<Found>(
      groups.size(), ends_per_task, progress,
      [&](std::size_t group, Found& found) { finder.find_of_ends(ends, groups[group], found); });
  const auto inside =
      parallel_collect<Found>(run_count, runs_per_task, progress,
                              [&](std::size_t run, Found& found) { finder.find_of_run(run, found); });
  if (progress.stop_requested()) return cancelled_issue();
  Joins joins = gather(roads.size(), at_ends, inside);
  return RoadWalk(finder, roads.size(), joins, rule.gates).walk();
}

}  // namespace xiangtu::network
