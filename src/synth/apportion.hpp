// Shares that add up exactly.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "synth/random.hpp"

namespace xiangtu::synth {

// Whole parts of a total in proportion to the weights, by largest remainders (ties: the first).
inline std::vector<std::int64_t> apportion(std::int64_t total, std::span<const double> weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::int64_t> parts;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = sum > 0 ? static_cast<double>(total) * weights[i] / sum : 0;
    parts.push_back(static_cast<std::int64_t>(exact));
    given += parts.back();
    remainders.emplace_back(static_cast<double>(parts.back()) - exact, i);
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; given < total && !parts.empty(); ++i, ++given)
    ++parts[remainders[i % parts.size()].second];
  return parts;
}

// `count` of the numbers 0 … size − 1, chosen at random, in random order.
inline std::vector<std::size_t> choose(std::size_t count, std::size_t size, std::uint64_t seed) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(seed);
  for (std::size_t i = 0; i + 1 < size && i < count; ++i)
    std::swap(order[i], order[i + random.below(size - i)]);
  order.resize(std::min(count, size));
  return order;
}

}  // namespace xiangtu::synth
