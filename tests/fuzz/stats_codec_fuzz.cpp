// Any bytes are a kept result or none, never a crash; what is a result can be looked at and kept again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "workspace/stats_cache.hpp"

namespace {

using xiangtu::workspace::StatsResult;

// Copied to where a mapped entry would begin.
std::optional<StatsResult> decoded(const void* data, std::size_t size) {
  const std::shared_ptr<std::uint64_t[]> words(new std::uint64_t[(size + 7) / 8]);
  if (size > 0) std::memcpy(words.get(), data, size);
  return xiangtu::workspace::decode({reinterpret_cast<const std::byte*>(words.get()), size}, words);
}

bool can_be_looked_at(const StatsResult& result) {
  const auto& table = result.table;
  for (std::size_t row = 0; row < table.units.size(); ++row) {
    if (table.units[row].value >= result.atlas->hierarchy.size()) return false;
    for (std::size_t k = 0; k < table.columns.size(); ++k)
      if (const auto figure = table.figure(row, k); figure.why && figure.why->pattern.size() > SIZE_MAX / 2)
        return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto result = decoded(data, size);
  if (!result) return 0;
  if (!can_be_looked_at(*result)) std::abort();
  const std::string bytes = encode(*result);
  if (!decoded(bytes.data(), bytes.size())) std::abort();
  return 0;
}
