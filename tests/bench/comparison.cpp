#include "comparison.hpp"

namespace xiangtu::bench {

namespace {

std::optional<Cost> cost_in(std::span<const Measurement> measurements, const Measurement& like) {
  for (const Measurement& measured : measurements)
    if (measured.villages == like.villages && measured.task == like.task) return measured.cost;
  return std::nullopt;
}

}  // namespace

std::vector<Change> changes(std::span<const Measurement> before, std::span<const Measurement> after) {
  std::vector<Change> found;
  for (const Measurement& now : after)
    found.push_back({now.villages, now.task, cost_in(before, now), now.cost});
  for (const Measurement& then : before)
    if (!cost_in(after, then)) found.push_back({then.villages, then.task, then.cost, std::nullopt});
  return found;
}

}  // namespace xiangtu::bench
