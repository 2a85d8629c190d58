#include "render/scene/tessellate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace xiangtu::render::scene {

namespace {

struct Edge {
  Point top;
  Point bottom;
  float x_at(float y) const {
    if (y <= top.y) return top.x;
    if (y >= bottom.y) return bottom.x;
    return top.x + (bottom.x - top.x) * ((y - top.y) / (bottom.y - top.y));
  }
};

// Between two neighbouring edges of the sweep line, begun at `from` and still going on.
struct Trapezoid {
  std::uint32_t left;
  std::uint32_t right;
  float from;
};

std::vector<Edge> edges_of(std::span<const std::vector<Point>> rings) {
  std::vector<Edge> edges;
  for (const std::vector<Point>& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point a = ring[i];
      const Point b = ring[i + 1 < ring.size() ? i + 1 : 0];
      if (a.y == b.y) continue;
      edges.push_back(a.y < b.y ? Edge{a, b} : Edge{b, a});
    }
  }
  return edges;
}

class Sweep {
 public:
  Sweep(std::vector<Edge> edges, std::vector<Point>& triangles)
      : edges_(std::move(edges)), triangles_(triangles) {
    std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) { return a.top.y < b.top.y; });
    for (const Edge& edge : edges_) {
      levels_.push_back(edge.top.y);
      levels_.push_back(edge.bottom.y);
    }
    std::sort(levels_.begin(), levels_.end());
    levels_.erase(std::unique(levels_.begin(), levels_.end()), levels_.end());
  }

  void run() {
    for (std::size_t i = 0; i + 1 < levels_.size(); ++i) {
      const float from = levels_[i];
      update_active(from);
      sort_active((from + levels_[i + 1]) / 2);
      match(from);
    }
    if (!levels_.empty())
      for (const Trapezoid& open : open_) emit(open, levels_.back());
  }

 private:
  void update_active(float y) {
    std::erase_if(active_, [&](std::uint32_t edge) { return edges_[edge].bottom.y <= y; });
    while (next_ < edges_.size() && edges_[next_].top.y <= y)
      active_.push_back(static_cast<std::uint32_t>(next_++));
  }

  // Insertion sort: the order hardly changes from one stretch to the next.
  void sort_active(float y) {
    x_.resize(active_.size());
    for (std::size_t i = 0; i < active_.size(); ++i) {
      const std::uint32_t edge = active_[i];
      const float x = edges_[edge].x_at(y);
      std::size_t at = i;
      for (; at > 0 && x_[at - 1] > x; --at) {
        x_[at] = x_[at - 1];
        active_[at] = active_[at - 1];
      }
      x_[at] = x;
      active_[at] = edge;
    }
  }

  // Goes on with the trapezoids whose two edges are still neighbours, ends the others, begins new ones.
  void match(float y) {
    going_on_.clear();
    std::size_t search = 0;
    for (std::size_t i = 0; i + 1 < active_.size(); i += 2) {
      const std::uint32_t left = active_[i];
      const std::uint32_t right = active_[i + 1];
      const std::size_t found = find_open(left, right, search);
      if (found == open_.size()) {
        going_on_.push_back({left, right, y});
        continue;
      }
      going_on_.push_back(open_[found]);
      open_[found].left = open_[found].right;  // taken
      search = found + 1;
    }
    for (const Trapezoid& open : open_)
      if (open.left != open.right) emit(open, y);
    std::swap(open_, going_on_);
  }

  std::size_t find_open(std::uint32_t left, std::uint32_t right, std::size_t begin) const {
    for (std::size_t i = begin; i < open_.size(); ++i)
      if (open_[i].left == left && open_[i].right == right) return i;
    return open_.size();
  }

  void emit(const Trapezoid& trapezoid, float to) {
    const Edge& left = edges_[trapezoid.left];
    const Edge& right = edges_[trapezoid.right];
    const Point a{left.x_at(trapezoid.from), trapezoid.from};
    const Point b{right.x_at(trapezoid.from), trapezoid.from};
    const Point c{right.x_at(to), to};
    const Point d{left.x_at(to), to};
    if (a.x != b.x) triangles_.insert(triangles_.end(), {a, b, c});
    if (c.x != d.x) triangles_.insert(triangles_.end(), {a, c, d});
  }

  std::vector<Edge> edges_;
  std::vector<Point>& triangles_;
  std::vector<float> levels_;
  std::vector<std::uint32_t> active_;
  std::vector<float> x_;
  std::vector<Trapezoid> open_, going_on_;
  std::size_t next_ = 0;
};

}  // namespace

void tessellate(std::span<const std::vector<Point>> rings, std::vector<Point>& triangles) {
  Sweep{edges_of(rings), triangles}.run();
}

Point label_place(std::span<const std::vector<Point>> rings) {
  const std::vector<Edge> edges = edges_of(rings);
  float left = std::numeric_limits<float>::max(), right = -left, top = left, bottom = -left;
  for (const Edge& edge : edges) {
    left = std::min({left, edge.top.x, edge.bottom.x});
    right = std::max({right, edge.top.x, edge.bottom.x});
    top = std::min(top, edge.top.y);
    bottom = std::max(bottom, edge.bottom.y);
  }
  if (edges.empty()) return rings.empty() || rings[0].empty() ? Point{} : rings[0][0];
  Point best{(left + right) / 2, (top + bottom) / 2};
  float best_worth = 0;
  constexpr int lines = 15;
  std::vector<float> crossings;
  for (int i = 1; i < lines; ++i) {
    const float share = static_cast<float>(i) / lines;
    const float y = top + (bottom - top) * share;
    crossings.clear();
    for (const Edge& edge : edges)
      if (edge.top.y <= y && y < edge.bottom.y) crossings.push_back(edge.x_at(y));
    std::sort(crossings.begin(), crossings.end());
    const float centrality = 1 - std::abs(share - 0.5f);  // 0.5 at the edges, 1 in the middle
    for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
      const float worth = (crossings[k + 1] - crossings[k]) * centrality;
      if (worth <= best_worth) continue;
      best_worth = worth;
      best = {(crossings[k] + crossings[k + 1]) / 2, y};
    }
  }
  return best;
}

}  // namespace xiangtu::render::scene
