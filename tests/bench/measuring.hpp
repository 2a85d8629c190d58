// A task measured on a region, beside the floor under it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "results.hpp"
#include "tasks.hpp"

namespace xiangtu::bench {

// What is measured and where it may write.
struct Bench {
  std::filesystem::path program, floor;  // xiangtu and xiangtu_bench_floor
  std::filesystem::path cache;           // a folder of our own, so that the user's cache is left alone
  bool program_caches = false;           // it knows --no-cache
};

// Whether the program keeps a cache that can be left out.
Result<bool> keeps_cache(const std::filesystem::path& program);

// The best of so many runs; the floor is run first, so that the region's pages are in memory.
Result<Measurement> measure(const Bench& bench, const Task& task, const std::filesystem::path& region,
                            std::uint64_t villages, int runs);

}  // namespace xiangtu::bench
