// Distances from some places to others near by, again and again on one graph.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "network/road_graph.hpp"
#include "network/shortest_distances.hpp"

namespace xiangtu::network {

// A search that goes no further than it must and can be taken up again: what it costs lies in the nodes that
// it visits, not in the size of the graph. One per thread; the graph outlives it.
class LocalSearch {
 public:
  explicit LocalSearch(const RoadGraph& graph)
      : graph_(graph), seen_(graph.nodes().size()), state_(graph.nodes().size()) {}

  // Forgets the search before.
  void begin(std::span<const Start> starts) {
    ++round_;
    waiting_.clear();
    settled_.clear();
    for (const Start& start : starts) better(start.node, start.distance_m, Arc{});
  }

  // Goes on, nearest first, until all the targets are settled or no way leads to more of them.
  template <class IsOpen>
  void settle(std::span<const NodeIx> targets, const IsOpen& is_open) {
    std::size_t missing = 0;
    for (const NodeIx target : targets) {
      State& state = at(target);
      if (state.settled || state.wanted) continue;
      state.wanted = true;
      ++missing;
    }
    while (missing > 0 && !waiting_.empty())
      if (const NodeIx node = settle_next(is_open); node.exists() && at(node).wanted) --missing;
    for (const NodeIx target : targets) at(target).wanted = false;
  }

  // Goes on until all that is no farther is settled.
  template <class IsOpen>
  void settle_within(double metres, const IsOpen& is_open) {
    while (!waiting_.empty() && waiting_.front().metres <= metres) settle_next(is_open);
  }

  // In the order of their distances.
  std::span<const NodeIx> settled() const { return settled_; }
  // All that is nearer is settled; infinite when no way leads to more.
  double radius() const {
    return waiting_.empty() ? std::numeric_limits<double>::infinity() : waiting_.front().metres;
  }
  // Infinite for what is not settled.
  double metres(NodeIx node) const {
    return is_settled(node) ? state_[node.value].metres : std::numeric_limits<double>::infinity();
  }
  bool is_settled(NodeIx node) const { return seen_[node.value] == round_ && state_[node.value].settled; }
  // The node before on the way from the start and the edge between; none at starts.
  Arc back(NodeIx node) const { return state_[node.value].back; }

 private:
  struct State {
    double metres;
    Arc back;
    bool settled, wanted;
  };
  struct Waiting {
    double metres;
    NodeIx node;
  };
  static bool later(const Waiting& a, const Waiting& b) { return a.metres > b.metres; }

  State& at(NodeIx node) {
    State& state = state_[node.value];
    if (seen_[node.value] != round_) {
      seen_[node.value] = round_;
      state = {std::numeric_limits<double>::infinity(), {}, false, false};
    }
    return state;
  }

  void better(NodeIx node, double metres, Arc back) {
    State& state = at(node);
    if (!(metres < state.metres)) return;
    state.metres = metres;
    state.back = back;
    waiting_.push_back({metres, node});
    std::push_heap(waiting_.begin(), waiting_.end(), later);
  }

  // None where the nearest that waits is settled already.
  template <class IsOpen>
  NodeIx settle_next(const IsOpen& is_open) {
    std::pop_heap(waiting_.begin(), waiting_.end(), later);
    const Waiting next = waiting_.back();
    waiting_.pop_back();
    State& state = at(next.node);
    if (state.settled) return NodeIx::none();
    state.settled = true;
    settled_.push_back(next.node);
    for (const Arc& arc : graph_.arcs_from(next.node))
      if (is_open(arc.edge))
        better(arc.to, next.metres + graph_.lengths_m()[arc.edge.value], {next.node, arc.edge});
    return next.node;
  }

  const RoadGraph& graph_;
  std::vector<std::uint32_t> seen_;  // the round in which the state was written
  std::vector<State> state_;
  std::vector<Waiting> waiting_;
  std::vector<NodeIx> settled_;
  std::uint32_t round_ = 0;
};

}  // namespace xiangtu::network
