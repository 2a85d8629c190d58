#include "network/graph_overlay.hpp"

#include <algorithm>

namespace xiangtu::network {

GraphOverlay::GraphOverlay(const RoadGraph& graph) : graph_(graph), node_count_(graph.nodes().size()) {}

NodeIx GraphOverlay::add_node(geodesy::LonLat position) {
  positions_.push_back(position);
  arcs_[static_cast<std::uint32_t>(node_count_)];
  return NodeIx(node_count_++);
}

EdgeIx GraphOverlay::add_edge(NodeIx a, NodeIx b, double length_m) {
  const EdgeIx edge(edge_count());
  added_.push_back({a, b, length_m, EdgeIx::none(), {}, {}});
  link(a, {b, edge});
  link(b, {a, edge});
  return edge;
}

NodeIx GraphOverlay::node_on(const EdgePlace& place, geodesy::LonLat position) {
  const double from_begin_m = place.from_begin.value;
  if (from_begin_m <= 0) return graph_[place.edge].from;
  if (from_begin_m >= graph_.lengths_m()[place.edge.value]) return graph_[place.edge].to;
  std::vector<Division>& divisions = divisions_[place.edge.value];
  for (const Division& division : divisions)
    if (division.from_begin_m == from_begin_m) return division.node;
  divisions.push_back({from_begin_m, add_node(position), place.place});
  return divisions.back().node;
}

void GraphOverlay::finish() {
  for (auto& [edge, divisions] : divisions_) replace(EdgeIx(std::size_t{edge}), divisions);
}

void GraphOverlay::replace(EdgeIx edge, std::vector<Division>& divisions) {
  std::sort(divisions.begin(), divisions.end(),
            [](const Division& a, const Division& b) { return a.from_begin_m < b.from_begin_m; });
  const Edge& whole = graph_[edge];
  NodeIx before = whole.from;
  LinePlace begin = whole.begin;
  double at_m = 0;
  const auto add_piece = [&](NodeIx after, double until_m, LinePlace end) {
    const EdgeIx piece(edge_count());
    added_.push_back({before, after, until_m - at_m, edge, begin, end});
    if (graph_.leads_to_end(edge)) link(after, {before, piece});
    if (graph_.leads_to_begin(edge)) link(before, {after, piece});
    before = after;
    begin = end;
    at_m = until_m;
  };
  for (const Division& division : divisions) add_piece(division.node, division.from_begin_m, division.place);
  add_piece(whole.to, graph_.lengths_m()[edge.value], whole.end);
  for (const NodeIx end : {whole.from, whole.to})
    std::erase_if(arcs_of(end), [&](const Arc& arc) { return arc.edge == edge; });
}

std::vector<Arc>& GraphOverlay::arcs_of(NodeIx node) {
  const auto [changed, is_new] = arcs_.try_emplace(node.value);
  if (is_new) {
    const auto own = graph_.arcs_from(node);
    changed->second.assign(own.begin(), own.end());
  }
  return changed->second;
}

void GraphOverlay::link(NodeIx node, Arc arc) {
  arcs_of(node).push_back(arc);
}

LengthScale GraphOverlay::length_scale() const {
  LengthScale scale = graph_.length_scale();
  for (const Added& added : added_) scale.longest_m = std::max(scale.longest_m, added.length_m);
  return scale;
}

GraphOverlay::Around GraphOverlay::around(EdgeIx divided, double from_begin_m) const {
  const std::vector<Division>& divisions = divisions_.at(divided.value);
  const auto after = std::upper_bound(divisions.begin(), divisions.end(), from_begin_m,
                                      [](double at, const Division& one) { return at < one.from_begin_m; });
  const bool is_first = after == divisions.begin(), is_last = after == divisions.end();
  const double before_m = is_first ? 0 : std::prev(after)->from_begin_m;
  const double after_m = is_last ? graph_.lengths_m()[divided.value] : after->from_begin_m;
  return {is_first ? graph_[divided].from : std::prev(after)->node,
          is_last ? graph_[divided].to : after->node, from_begin_m - before_m, after_m - from_begin_m};
}

std::vector<NodeIx> GraphOverlay::nodes_on(EdgeIx divided) const {
  std::vector<NodeIx> nodes;
  for (const Division& division : divisions_.at(divided.value)) nodes.push_back(division.node);
  return nodes;
}

}  // namespace xiangtu::network
