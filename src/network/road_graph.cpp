#include "network/road_graph.hpp"

#include <algorithm>
#include <utility>

#include "base/parallel.hpp"

namespace xiangtu::network {

namespace {

constexpr std::size_t edges_per_task = 1 << 12;

}  // namespace

Result<RoadGraph> RoadGraph::build(const table::GeometryColumn& lines, std::span<const std::uint8_t> used,
                                   std::span<const double> row_lengths_m, const NodingRule& rule,
                                   Progress& progress, std::vector<Direction> directions) {
  RoadGraph graph(lines, used);
  const RunIndex* runs = rule.ends_only ? nullptr : &graph.runs(progress);
  if (progress.stop_requested()) return cancelled_issue();
  Result<Junctions> junctions = find_junctions(lines, graph.roads_, runs, rule, progress);
  if (!junctions) return junctions.issue();
  graph.nodes_ = std::move(junctions->nodes);
  graph.directions_ = std::move(directions);
  graph.add_edges(*junctions);
  graph.measure(lines, row_lengths_m, progress);
  if (progress.stop_requested()) return cancelled_issue();
  graph.arcs_from_ = graph.linked(Travelled::to_node);
  if (!graph.directions_.empty()) graph.arcs_into_ = graph.linked(Travelled::from_node);
  return graph;
}

const RunIndex& RoadGraph::runs() const {
  return runs(Progress{});
}

const RunIndex& RoadGraph::runs(const Progress& progress) const {
  std::call_once(runs_->built, [&] { runs_->index = RunIndex(*lines_, roads_, progress); });
  return runs_->index;
}

void RoadGraph::add_edges(const Junctions& junctions) {
  edge_begin_.reserve(roads_.size() + 1);
  edges_.reserve(junctions.stops.size() - roads_.size());
  for (std::size_t road = 0; road < roads_.size(); ++road) {
    edge_begin_.push_back(static_cast<std::uint32_t>(edges_.size()));
    const auto stops = junctions.stops_of(road);
    for (std::size_t i = 1; i < stops.size(); ++i)
      edges_.push_back(
          {stops[i - 1].node, stops[i].node, roads_.rows[road], stops[i - 1].place, stops[i].place});
  }
  edge_begin_.push_back(static_cast<std::uint32_t>(edges_.size()));
  for (const auto& stop : junctions.gate_stops) {
    if (!stop) {
      gate_edges_.push_back(EdgeIx::none());
      continue;
    }
    const auto after = std::upper_bound(junctions.stop_begin.begin(), junctions.stop_begin.end(), *stop);
    const auto road = static_cast<std::size_t>(after - junctions.stop_begin.begin()) - 1;
    gate_edges_.push_back(EdgeIx{*stop - road});  // every road has one edge less than stops
  }
}

void RoadGraph::scale_lengths(std::vector<double> times_of_row) {
  times_of_row_ = std::move(times_of_row);
  for (std::size_t i = 0; i < edges_.size(); ++i) lengths_m_[i] *= times_of_row_[edges_[i].row.value];
}

void RoadGraph::measure(const table::GeometryColumn& lines, std::span<const double> row_lengths_m,
                        Progress& progress) {
  lengths_m_.resize(edges_.size());
  const auto is_whole_row = [&](const Edge& edge) {
    const auto vertices = lines.vertices_of(edge.row.value);
    const auto first = static_cast<std::uint32_t>(vertices.data() - lines.vertices().data());
    return edge.begin == LinePlace{first, 0} &&
           edge.end == LinePlace{first + static_cast<std::uint32_t>(vertices.size()) - 1, 0};
  };
  parallel_for(edges_.size(), edges_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Edge& edge = edges_[i];
      lengths_m_[i] = !row_lengths_m.empty() && is_whole_row(edge)
                          ? row_lengths_m[edge.row.value]
                          : length_between(lines, edge.begin, edge.end).value;
    }
  });
}

RoadGraph::ArcLists RoadGraph::linked(Travelled travelled) const {
  const bool to_node = travelled == Travelled::to_node;
  const auto at_begin = [&](std::size_t i) {
    return to_node ? leads_to_begin(EdgeIx{i}) : leads_to_end(EdgeIx{i});
  };
  const auto at_end = [&](std::size_t i) {
    return to_node ? leads_to_end(EdgeIx{i}) : leads_to_begin(EdgeIx{i});
  };
  ArcLists lists;
  lists.begin.assign(nodes_.size() + 1, 0);
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    if (at_begin(i)) ++lists.begin[edges_[i].from.value + 1];
    if (at_end(i)) ++lists.begin[edges_[i].to.value + 1];
  }
  for (std::size_t node = 0; node < nodes_.size(); ++node) lists.begin[node + 1] += lists.begin[node];
  lists.arcs.resize(lists.begin.back());
  std::vector<std::uint32_t> next(lists.begin.begin(), lists.begin.end() - 1);
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const Edge& edge = edges_[i];
    if (at_begin(i)) lists.arcs[next[edge.from.value]++] = {edge.to, EdgeIx{i}};
    if (at_end(i)) lists.arcs[next[edge.to.value]++] = {edge.from, EdgeIx{i}};
  }
  return lists;
}

EdgeIx RoadGraph::edge_at(std::size_t road, LinePlace place) const {
  const auto begin = edges_.begin() + edge_begin_[road], end = edges_.begin() + edge_begin_[road + 1];
  const auto after =
      std::upper_bound(begin + 1, end, place, [](LinePlace at, const Edge& edge) { return at < edge.begin; });
  return EdgeIx{static_cast<std::size_t>(after - 1 - edges_.begin())};
}

LengthScale RoadGraph::length_scale() const {
  if (lengths_m_.empty()) return {};
  double longest = 0, sum = 0;
  for (const double length : lengths_m_) {
    longest = std::max(longest, length);
    sum += length;
  }
  return {sum / static_cast<double>(lengths_m_.size()), longest};
}

}  // namespace xiangtu::network
