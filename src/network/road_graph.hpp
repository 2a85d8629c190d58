// Roads as a graph: nodes where they join or end, edges between them. Compact arrays, read-only after it is
// built. What is asked of it is the way to a destination, so searches run from destinations outward: the arcs
// of a node are those over which it is come to.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "base/quantities.hpp"
#include "base/result.hpp"
#include "network/junctions.hpp"
#include "network/line_place.hpp"
#include "network/run_index.hpp"

namespace xiangtu::network {

// A stretch of one road between two places next to each other at which it meets nodes.
struct Edge {
  NodeIx from, to;  // alike for a loop
  RowIx row;
  LinePlace begin, end;
};

// Which way a road may be travelled: both ways, only as its line runs, or only against it.
enum class Direction : std::uint8_t { both, forward, backward };

// An edge as it is seen from a node: one may travel over it from its other end to the node.
struct Arc {
  NodeIx to;  // the other end, to which a search goes on
  EdgeIx edge;
};

// How long edges are.
struct LengthScale {
  double mean_m = 1, longest_m = 0;
};

class RoadGraph {
 public:
  // used: an entry per row of the lines, 0 for rows to leave out; empty: all rows. row_lengths_m: the
  // geodesic length of each row where it is known already, else empty. directions: of each row; empty: all
  // both ways.
  static Result<RoadGraph> build(const table::GeometryColumn& lines, std::span<const std::uint8_t> used,
                                 std::span<const double> row_lengths_m, const NodingRule& rule,
                                 Progress& progress, std::vector<Direction> directions = {});

  std::span<const geodesy::LonLat> nodes() const { return nodes_; }
  // Road by road in the order of rows and parts, along each.
  std::span<const Edge> edges() const { return edges_; }
  std::span<const Edge> edges_of(std::size_t road) const {
    return edges().subspan(edge_begin_[road], edge_begin_[road + 1] - edge_begin_[road]);
  }
  const Edge& operator[](EdgeIx edge) const { return edges_[edge.value]; }
  // The road that an edge is of.
  std::uint32_t road_of(EdgeIx edge) const {
    const auto after = std::upper_bound(edge_begin_.begin(), edge_begin_.end(), edge.value);
    return static_cast<std::uint32_t>(after - edge_begin_.begin()) - 1;
  }
  // One per edge: geodesic, or scaled.
  std::span<const double> lengths_m() const { return lengths_m_; }
  double length_m(EdgeIx edge) const { return lengths_m_[edge.value]; }
  LengthScale length_scale() const;
  std::size_t node_count() const { return nodes_.size(); }
  Direction direction_of(EdgeIx edge) const {
    return directions_.empty() ? Direction::both : directions_[edges_[edge.value].row.value];
  }
  // Whether one may travel along the edge to its begin, to its end.
  bool leads_to_begin(EdgeIx edge) const { return direction_of(edge) != Direction::forward; }
  bool leads_to_end(EdgeIx edge) const { return direction_of(edge) != Direction::backward; }
  // A loop comes twice where it may be travelled both ways.
  std::span<const Arc> arcs_from(NodeIx node) const { return arcs_from_.of(node); }
  // From which a search comes to the node: one may travel over each from the node to its other end.
  std::span<const Arc> arcs_into(NodeIx node) const {
    return directions_.empty() ? arcs_from(node) : arcs_into_.of(node);
  }
  // The edge without length that was put in for a gate; none where its part is not among the roads.
  EdgeIx edge_of_gate(std::size_t gate) const { return gate_edges_[gate]; }
  // Lengths as a ledger has them: each edge of a row so many times its own. Once at most.
  void scale_lengths(std::vector<double> times_of_row);
  // The geodesic length of a piece of an edge as the graph's lengths have it.
  Metres scaled(EdgeIx edge, Metres geodesic) const {
    return times_of_row_.empty() ? geodesic : geodesic * times_of_row_[edges_[edge.value].row.value];
  }
  // The edge of a part on which a place lies; at a node the edge that begins there, the last at the part's
  // end.
  EdgeIx edge_at(std::size_t road, LinePlace place) const;

  const RoadParts& roads() const { return roads_; }
  // Of the lines, which outlive the graph; built when it is first asked for, by whichever thread asks.
  const RunIndex& runs() const;

 private:
  struct Runs {
    std::once_flag built;
    RunIndex index;
  };
  RoadGraph(const table::GeometryColumn& lines, std::span<const std::uint8_t> used)
      : lines_(&lines), roads_(lines, used) {}
  const RunIndex& runs(const Progress& progress) const;
  void add_edges(const Junctions& junctions);
  void measure(const table::GeometryColumn& lines, std::span<const double> row_lengths_m, Progress& progress);
  // Where arcs of the nodes stand.
  struct ArcLists {
    std::vector<std::uint32_t> begin;  // of each node, and one more
    std::vector<Arc> arcs;

    std::span<const Arc> of(NodeIx node) const {
      return std::span{arcs}.subspan(begin[node.value], begin[node.value + 1] - begin[node.value]);
    }
  };
  enum class Travelled : std::uint8_t { to_node, from_node };
  ArcLists linked(Travelled travelled) const;

  const table::GeometryColumn* lines_;
  RoadParts roads_;
  std::unique_ptr<Runs> runs_ = std::make_unique<Runs>();
  std::vector<geodesy::LonLat> nodes_;
  std::vector<Edge> edges_;
  std::vector<double> lengths_m_;
  std::vector<double> times_of_row_;       // empty: lengths are geodesic
  std::vector<Direction> directions_;      // by row; empty: all both ways
  std::vector<std::uint32_t> edge_begin_;  // of each road, and one more
  std::vector<EdgeIx> gate_edges_;
  ArcLists arcs_from_, arcs_into_;  // into: empty where no directions are given
};

}  // namespace xiangtu::network
