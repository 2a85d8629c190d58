// Shortest distances when some edges are closed, found again only where their ways led over them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "network/road_graph.hpp"
#include "network/way_tree.hpp"

namespace xiangtu::network {

// The nodes behind the closed edges are searched anew from those around them, whose distances hold: no way of
// theirs is longer than before (Ramalingam & Reps 1996 for one closed edge). One per thread; graph and tree
// outlive it.
class Repair {
 public:
  Repair(const RoadGraph& graph, const WayTree& tree) : graph_(graph), tree_(tree) {}

  // closed: edges; those that no way of the tree leads over change nothing. open: an entry per edge, the one
  // that the tree was searched with.
  void without(std::span<const EdgeIx> closed, std::span<const std::uint8_t> open) {
    find_behind(closed);
    waiting_.clear();
    for (const Range& range : behind_)
      for (std::uint32_t position = range.begin; position < range.end; ++position)
        enter(position, closed, open);
    while (!waiting_.empty()) go_on(closed, open);
  }

  struct Range {
    std::uint32_t begin, end;  // positions of the tree
    std::uint32_t offset;      // of its first in metres_
  };
  // Whose ways led over the closed edges: ascending, apart.
  std::span<const Range> behind() const { return behind_; }
  // The new distance of a node of the tree; infinite where no way is left.
  double metres(NodeIx node) const {
    const std::uint32_t position = tree_.position_of(node);
    const Range* range = range_of(position);
    return range ? metres_[range->offset + position - range->begin] : tree_.metres_at(position);
  }
  // The next node of the new way and the edge between; of a node of the tree that still has a way and is none
  // of its starts.
  Arc next(NodeIx node) const {
    const std::uint32_t position = tree_.position_of(node);
    const Range* range = range_of(position);
    const EdgeIx edge = range ? over_[range->offset + position - range->begin] : tree_.edge_to(position);
    if (!edge.exists()) return {};
    return {graph_[edge].from == node ? graph_[edge].to : graph_[edge].from, edge};
  }
  bool is_behind(NodeIx node) const { return range_of(tree_.position_of(node)) != nullptr; }

 private:
  struct Waiting {
    double metres;
    std::uint32_t position;
  };
  static bool later(const Waiting& a, const Waiting& b) { return a.metres > b.metres; }
  static bool is_among(std::span<const EdgeIx> edges, EdgeIx edge) {
    return std::find(edges.begin(), edges.end(), edge) != edges.end();
  }

  const Range* range_of(std::uint32_t position) const {
    for (const Range& range : behind_)
      if (position >= range.begin && position < range.end) return &range;
    return nullptr;
  }

  void find_behind(std::span<const EdgeIx> closed) {
    behind_.clear();
    for (const EdgeIx edge : closed)
      for (const NodeIx node : {graph_[edge].from, graph_[edge].to})
        if (tree_.has(node) && tree_.edge_to(tree_.position_of(node)) == edge)
          behind_.push_back({tree_.position_of(node), tree_.end_of(tree_.position_of(node)), 0});
    std::sort(behind_.begin(), behind_.end(),
              [](const Range& a, const Range& b) { return a.begin < b.begin; });
    std::uint32_t size = 0, end = 0;
    std::erase_if(behind_, [&](Range& range) {
      if (range.begin < end) return true;  // within the one before
      range.offset = size;
      size += range.end - range.begin;
      end = range.end;
      return false;
    });
    metres_.assign(size, std::numeric_limits<double>::infinity());
    over_.resize(size);
  }

  std::size_t place_of(std::uint32_t position) const {
    const Range* range = range_of(position);
    return range->offset + position - range->begin;
  }

  void better(std::uint32_t position, double metres, EdgeIx over) {
    const std::size_t place = place_of(position);
    if (!(metres < metres_[place])) return;
    metres_[place] = metres;
    over_[place] = over;
    waiting_.push_back({metres, position});
    std::push_heap(waiting_.begin(), waiting_.end(), later);
  }

  // From the nodes around.
  void enter(std::uint32_t position, std::span<const EdgeIx> closed, std::span<const std::uint8_t> open) {
    for (const Arc& arc : graph_.arcs_into(tree_.node_at(position))) {
      if (open[arc.edge.value] == 0 || !tree_.has(arc.to)) continue;
      const std::uint32_t from = tree_.position_of(arc.to);
      if (!range_of(from) && !is_among(closed, arc.edge))
        better(position, tree_.metres_at(from) + graph_.lengths_m()[arc.edge.value], arc.edge);
    }
  }

  void go_on(std::span<const EdgeIx> closed, std::span<const std::uint8_t> open) {
    std::pop_heap(waiting_.begin(), waiting_.end(), later);
    const Waiting next = waiting_.back();
    waiting_.pop_back();
    if (next.metres > metres_[place_of(next.position)]) return;
    for (const Arc& arc : graph_.arcs_from(tree_.node_at(next.position))) {
      if (open[arc.edge.value] == 0 || !tree_.has(arc.to)) continue;
      const std::uint32_t to = tree_.position_of(arc.to);
      if (range_of(to) && !is_among(closed, arc.edge))
        better(to, next.metres + graph_.lengths_m()[arc.edge.value], arc.edge);
    }
  }

  const RoadGraph& graph_;
  const WayTree& tree_;
  std::vector<Range> behind_;
  std::vector<double> metres_;
  std::vector<EdgeIx> over_;  // by which each new distance comes
  std::vector<Waiting> waiting_;
};

}  // namespace xiangtu::network
