#include "reach/cheapest_links.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>
#include <utility>

namespace xiangtu::reach {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// The cheapest ways from the root as a forest of branches: a branch is what hangs on one place beside the
// root. After a step only the branches are looked at again that gained or lost places.
class Links {
 public:
  Links(std::span<const PaidEdge> edges, std::span<const double> gains, std::span<const std::uint8_t> is_root)
      : edges_(edges),
        gains_(gains.begin(), gains.end()),
        price_to_(gains.size(), infinity),
        by_(gains.size(), none),
        branch_(gains.size(), none),
        gain_to_(gains.size()),
        members_(gains.size()),
        version_(gains.size()),
        touched_mark_(gains.size()) {
    index_edges();
    for (std::uint32_t place = 0; place < gains.size(); ++place)
      if (is_root[place] != 0) make_root(place);
    spread();
    std::vector<std::uint32_t> all;
    for (std::uint32_t place = 0; place < gains.size(); ++place)
      if (price_to_[place] > 0 && price_to_[place] < infinity) all.push_back(place);
    arrange(all);
  }

  const std::vector<double>& prices() const { return price_to_; }

  // False when nothing is left to gain.
  bool next(LinkStep& step) {
    while (!best_.empty()) {
      const Best best = best_.top();
      best_.pop();
      if (best.version != version_[best.branch]) continue;
      step = way_to(best.place);
      pay(step, best.branch);
      return true;
    }
    return false;
  }

 private:
  struct Waiting {
    double price;
    std::uint32_t place;
    bool operator<(const Waiting& other) const { return price > other.price; }
  };
  struct Best {
    double ratio, price;
    std::uint32_t place, branch, version;
    bool operator<(const Best& other) const {
      return std::tie(ratio, other.price, other.place) < std::tie(other.ratio, price, place);
    }
  };

  void index_edges() {
    edge_begin_.assign(gains_.size() + 1, 0);
    for (const PaidEdge& edge : edges_) {
      ++edge_begin_[edge.a + 1];
      ++edge_begin_[edge.b + 1];
    }
    for (std::size_t place = 0; place < gains_.size(); ++place) edge_begin_[place + 1] += edge_begin_[place];
    edges_at_.resize(2 * edges_.size());
    std::vector<std::uint32_t> next(edge_begin_.begin(), edge_begin_.end() - 1);
    for (std::uint32_t edge = 0; edge < edges_.size(); ++edge) {
      edges_at_[next[edges_[edge].a]++] = edge;
      edges_at_[next[edges_[edge].b]++] = edge;
    }
  }

  std::uint32_t other_end(std::uint32_t edge, std::uint32_t place) const {
    return edges_[edge].a == place ? edges_[edge].b : edges_[edge].a;
  }

  void make_root(std::uint32_t place) {
    price_to_[place] = 0;
    by_[place] = none;
    branch_[place] = none;
    gains_[place] = 0;
    waiting_.push({0, place});
  }

  // Places that get cheaper; their branches are touched.
  void spread() {
    while (!waiting_.empty()) {
      const Waiting at = waiting_.top();
      waiting_.pop();
      if (at.price > price_to_[at.place]) continue;
      for (std::uint32_t i = edge_begin_[at.place]; i < edge_begin_[at.place + 1]; ++i) {
        const std::uint32_t edge = edges_at_[i], to = other_end(edge, at.place);
        const double price = at.price + edges_[edge].price;
        if (!(price < price_to_[to])) continue;
        price_to_[to] = price;
        by_[to] = edge;
        touch(branch_[to]);
        waiting_.push({price, to});
      }
    }
  }

  void touch(std::uint32_t branch) {
    if (branch == none || touched_mark_[branch] != 0) return;
    touched_mark_[branch] = 1;
    touched_.push_back(branch);
  }

  LinkStep way_to(std::uint32_t place) const {
    LinkStep step;
    step.price = price_to_[place];
    for (; by_[place] != none; place = other_end(by_[place], place)) {
      step.edges.push_back(by_[place]);
      step.places.push_back(place);
    }
    std::reverse(step.edges.begin(), step.edges.end());
    std::reverse(step.places.begin(), step.places.end());
    return step;
  }

  void pay(const LinkStep& step, std::uint32_t branch) {
    touch(branch);
    for (const std::uint32_t place : step.places) make_root(place);
    spread();
    std::vector<std::uint32_t> moved;
    for (const std::uint32_t each : touched_) {
      for (const std::uint32_t member : members_[each])
        if (price_to_[member] > 0) moved.push_back(member);
      members_[each].clear();
      ++version_[each];
      touched_mark_[each] = 0;
    }
    touched_.clear();
    arrange(moved);
  }

  // Puts places, whole branches of them, into their branches by their ways.
  void arrange(std::vector<std::uint32_t>& places) {
    std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(price_to_[a], a) < std::tie(price_to_[b], b);
    });
    std::vector<std::uint32_t> branches;
    for (const std::uint32_t place : places) {
      const std::uint32_t before = other_end(by_[place], place);
      const bool begins = price_to_[before] == 0;
      branch_[place] = begins ? place : branch_[before];
      gain_to_[place] = gains_[place] + (begins ? 0 : gain_to_[before]);
      if (begins) branches.push_back(place);
      members_[branch_[place]].push_back(place);
    }
    for (const std::uint32_t branch : branches) push_best(branch);
  }

  void push_best(std::uint32_t branch) {
    Best best{0, 0, none, branch, version_[branch]};
    for (const std::uint32_t place : members_[branch]) {
      if (gains_[place] <= 0) continue;
      const Best candidate{gain_to_[place] / price_to_[place], price_to_[place], place, branch,
                           version_[branch]};
      if (best.place == none || best < candidate) best = candidate;
    }
    if (best.place != none) best_.push(best);
  }

  std::span<const PaidEdge> edges_;
  std::vector<std::uint32_t> edge_begin_, edges_at_;  // of each place
  std::vector<double> gains_;                         // that are left
  std::vector<double> price_to_;
  std::vector<std::uint32_t> by_;      // the edge over which the cheapest way comes; none at the root
  std::vector<std::uint32_t> branch_;  // named by its first place
  std::vector<double> gain_to_;        // along the way
  std::vector<std::vector<std::uint32_t>> members_;  // of each branch
  std::vector<std::uint32_t> version_;               // of each branch
  std::vector<std::uint8_t> touched_mark_;
  std::vector<std::uint32_t> touched_;
  std::priority_queue<Waiting> waiting_;
  std::priority_queue<Best> best_;
};

}  // namespace

LinkPlan cheapest_links(std::span<const PaidEdge> edges, std::span<const double> gains,
                        std::span<const std::uint8_t> is_root, const Progress& progress) {
  Links links(edges, gains, is_root);
  LinkPlan plan{links.prices(), {}};
  for (LinkStep step; !progress.stop_requested() && links.next(step);) plan.steps.push_back(std::move(step));
  return plan;
}

}  // namespace xiangtu::reach
