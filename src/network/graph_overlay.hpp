// Additions to a road graph that leave the graph itself as it is: new roads that join it, on trial.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "network/attachment.hpp"
#include "network/road_graph.hpp"

namespace xiangtu::network {

// New nodes and edges are numbered on from those of the graph. Additions first, then finish(), then searches;
// the graph outlives it. What it costs lies in the additions.
class GraphOverlay {
 public:
  explicit GraphOverlay(const RoadGraph& graph);

  NodeIx add_node(geodesy::LonLat position);
  // May be travelled both ways.
  EdgeIx add_edge(NodeIx a, NodeIx b, double length_m);
  // The node at a place of one of the graph's edges: one of its own nodes at its ends, else a new one, at
  // which the edge is divided.
  NodeIx node_on(const EdgePlace& place, geodesy::LonLat position);
  void finish();

  const RoadGraph& graph() const { return graph_; }
  std::size_t node_count() const { return node_count_; }
  std::size_t edge_count() const { return graph_.edges().size() + added_.size(); }
  std::span<const Arc> arcs_from(NodeIx node) const {
    const auto changed = arcs_.find(node.value);
    return changed == arcs_.end() ? graph_.arcs_from(node) : std::span<const Arc>{changed->second};
  }
  double length_m(EdgeIx edge) const {
    return edge.value < graph_.edges().size() ? graph_.lengths_m()[edge.value]
                                              : added_[edge.value - graph_.edges().size()].length_m;
  }
  LengthScale length_scale() const;

  // The graph's edges that are divided, and are replaced by their pieces.
  bool is_divided(EdgeIx edge) const { return divisions_.contains(edge.value); }
  // The edge of the graph that an added one is a piece of; none for a new road.
  EdgeIx origin_of(EdgeIx added) const { return added_[added.value - graph_.edges().size()].origin; }
  // Calls visit(edge, one end, other end) for every added edge.
  template <class Visit>
  void for_added(const Visit& visit) const {
    for (std::size_t i = 0; i < added_.size(); ++i)
      visit(EdgeIx(graph_.edges().size() + i), added_[i].a, added_[i].b);
  }
  // The nodes around a place of a divided edge, with its distance along the edge from each.
  struct Around {
    NodeIx before, after;
    double from_before_m, to_after_m;
  };
  Around around(EdgeIx divided, double from_begin_m) const;
  geodesy::LonLat position_of(NodeIx node) const {
    return node.value < graph_.nodes().size() ? graph_.nodes()[node.value]
                                              : positions_[node.value - graph_.nodes().size()];
  }
  // The stretch of its origin that an added edge is, from its one end to its other.
  struct Stretch {
    NodeIx from, to;
    LinePlace begin, end;
  };
  Stretch stretch_of(EdgeIx added) const {
    const Added& piece = added_[added.value - graph_.edges().size()];
    return {piece.a, piece.b, piece.begin, piece.end};
  }
  // Where an edge is divided.
  std::vector<NodeIx> nodes_on(EdgeIx divided) const;

 private:
  struct Added {
    NodeIx a, b;
    double length_m;
    EdgeIx origin;
    LinePlace begin, end;  // on the origin
  };
  struct Division {
    double from_begin_m;
    NodeIx node;
    LinePlace place;
  };
  std::vector<Arc>& arcs_of(NodeIx node);  // to be changed
  void link(NodeIx node, Arc arc);
  void replace(EdgeIx edge, std::vector<Division>& divisions);

  const RoadGraph& graph_;
  std::size_t node_count_;
  std::vector<geodesy::LonLat> positions_;  // of new nodes
  std::vector<Added> added_;
  std::map<std::uint32_t, std::vector<Division>> divisions_;  // by edge, along it once finished
  std::map<std::uint32_t, std::vector<Arc>> arcs_;            // of nodes that are new or have new edges
};

}  // namespace xiangtu::network
