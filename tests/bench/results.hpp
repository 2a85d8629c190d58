// Measurements as they are kept: written as JSON, read back to be compared with.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "process.hpp"

namespace xiangtu::bench {

// A task on a region; the best of its runs by wall time.
struct Measurement {
  std::uint64_t villages = 0;
  std::string task;
  int runs = 0;
  Cost cost;
  std::uint64_t rows = 0, bytes = 0;  // of the cells that the task has to read
  double floor_s = 0;                 // wall time of only reading them

  double floor_ratio() const { return cost.wall_s / floor_s; }
  // Peak memory to the bytes of the cells, most of which have to be held at once.
  double memory_ratio() const { return cost.peak_mb * 1e6 / static_cast<double>(bytes); }
};

std::string to_json(std::span<const Measurement> measurements);
// The issue is one of usage: a file was named that is not what to_json writes.
Result<std::vector<Measurement>> from_json(std::string_view text, std::string_view file_name);

Result<std::vector<Measurement>> read_results(const std::string& path);
Status write_results(const std::string& path, std::span<const Measurement> measurements);

}  // namespace xiangtu::bench
