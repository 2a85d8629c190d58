#include "render/scene/natural_breaks.hpp"

#include <algorithm>
#include <limits>

namespace xiangtu::render::scene {

namespace {

// Distinct values with running sums over them, of which the spread of any stretch follows at once.
class Spreads {
 public:
  explicit Spreads(std::span<const double> sorted) {
    // About their middle, so that the squares do not swallow small differences between large values.
    const double middle = sorted.front() + (sorted.back() - sorted.front()) / 2;
    for (std::size_t begin = 0; begin < sorted.size();) {
      const auto end =
          std::upper_bound(sorted.begin() + static_cast<std::ptrdiff_t>(begin), sorted.end(), sorted[begin]);
      const double number = static_cast<double>(end - sorted.begin()) - static_cast<double>(begin);
      const double value = sorted[begin] - middle;
      values_.push_back(sorted[begin]);
      sums_.push_back({sums_.back().number + number, sums_.back().value + number * value,
                       sums_.back().square + number * value * value});
      begin = static_cast<std::size_t>(end - sorted.begin());
    }
  }
  std::size_t size() const { return values_.size(); }
  double value(std::size_t i) const { return values_[i]; }
  // Sum of squared distances to their mean of the distinct values [begin, end).
  double of(std::size_t begin, std::size_t end) const {
    const double number = sums_[end].number - sums_[begin].number;
    const double value = sums_[end].value - sums_[begin].value;
    return std::max(sums_[end].square - sums_[begin].square - value * value / number, 0.0);
  }

 private:
  struct Sums {
    double number = 0, value = 0, square = 0;
  };
  std::vector<double> values_;
  std::vector<Sums> sums_{1};
};

// The best way to share the first `end` values among one class more than before, for all ends: where the last
// class begins never moves back as the end moves on, so half of the choices fall away with each halving.
class OneMore {
 public:
  OneMore(const Spreads& spreads, const std::vector<double>& before, std::size_t classes)
      : spreads_(spreads), before_(before) {
    best.assign(spreads.size() + 1, std::numeric_limits<double>::infinity());
    begin_of_last.assign(spreads.size() + 1, 0);
    solve(classes, spreads.size(), classes - 1, spreads.size() - 1);
  }
  std::vector<double> best;                // by end
  std::vector<std::size_t> begin_of_last;  // by end

 private:
  void solve(std::size_t first, std::size_t last, std::size_t least, std::size_t most) {
    if (first > last) return;
    const std::size_t end = first + (last - first) / 2;
    for (std::size_t begin = least; begin <= std::min(most, end - 1); ++begin) {
      const double sum = before_[begin] + spreads_.of(begin, end);
      if (sum >= best[end]) continue;
      best[end] = sum;
      begin_of_last[end] = begin;
    }
    solve(first, end - 1, least, begin_of_last[end]);
    solve(end + 1, last, begin_of_last[end], most);
  }

  const Spreads& spreads_;
  const std::vector<double>& before_;
};

}  // namespace

std::vector<double> natural_breaks(std::span<const double> sorted, int count) {
  const Spreads spreads(sorted);
  const std::size_t classes = std::min(static_cast<std::size_t>(std::max(count, 1)), spreads.size());
  std::vector<double> best(spreads.size() + 1, 0);
  for (std::size_t end = 1; end < best.size(); ++end) best[end] = spreads.of(0, end);
  std::vector<std::vector<std::size_t>> begins;  // of the last class, by end, for two classes and more
  for (std::size_t number = 2; number <= classes; ++number) {
    OneMore more(spreads, best, number);
    best = std::move(more.best);
    begins.push_back(std::move(more.begin_of_last));
  }
  std::vector<double> firsts(classes, spreads.value(0));
  std::size_t end = spreads.size();
  for (std::size_t number = classes; number > 1; --number) {
    end = begins[number - 2][end];
    firsts[number - 1] = spreads.value(end);
  }
  return firsts;
}

}  // namespace xiangtu::render::scene
