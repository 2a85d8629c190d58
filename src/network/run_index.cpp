#include "network/run_index.hpp"

#include <algorithm>

#include "base/parallel.hpp"

namespace xiangtu::network {

namespace {

constexpr std::size_t runs_per_task = 1 << 13;

}  // namespace

RoadParts::RoadParts(const table::GeometryColumn& lines, std::span<const std::uint8_t> used) {
  for (std::size_t row = 0; row < lines.size(); ++row) {
    if (!used.empty() && used[row] == 0) continue;
    for (std::size_t part = lines.part_begin(row); part < lines.part_end(row); ++part) {
      if (lines.part(part).size() < 2) continue;
      parts.push_back(PartIx{part});
      rows.push_back(RowIx{row});
    }
  }
}

RunIndex::RunIndex(const table::GeometryColumn& lines, const RoadParts& roads, const Progress& progress) {
  const auto vertices = lines.vertices();
  for (std::size_t road = 0; road < roads.size(); ++road) {
    const auto line = lines.part(roads.parts[road].value);
    const auto begin = static_cast<std::uint32_t>(line.data() - vertices.data()),
               end = begin + static_cast<std::uint32_t>(line.size()) - 1;
    for (std::uint32_t first = begin; first < end; first += segments_per_run)
      runs_.push_back({first, std::min(first + segments_per_run, end), static_cast<std::uint32_t>(road)});
  }
  boxes_.resize(runs_.size());
  parallel_for(runs_.size(), runs_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      boxes_[i] = {};
      for (std::uint32_t v = runs_[i].first; v <= runs_[i].last; ++v) boxes_[i].add(vertices[v]);
    }
  });
  if (!progress.stop_requested()) index_ = spatial::PackedIndex({boxes_.data(), boxes_.size()}, progress);
}

}  // namespace xiangtu::network
