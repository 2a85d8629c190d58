#include "report/text_blocks.hpp"

#include <algorithm>
#include <array>

#include "base/parallel.hpp"

namespace xiangtu::report {

namespace {

constexpr std::size_t blocks_at_once = 16;

}  // namespace

Status write_blocks(std::size_t items, std::size_t items_per_block, const BlockText& text_of,
                    const TextSink& sink, const Progress& progress) {
  const std::size_t blocks = (items + items_per_block - 1) / items_per_block;
  std::array<std::string, blocks_at_once> texts;
  for (std::size_t first = 0; first < blocks; first += blocks_at_once) {
    const std::size_t count = std::min(blocks_at_once, blocks - first);
    parallel_for(count, 1, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const std::size_t from = (first + i) * items_per_block;
        texts[i].clear();
        text_of(from, std::min(from + items_per_block, items), texts[i]);
      }
    });
    if (progress.stop_requested()) return cancelled_issue();
    for (std::size_t i = 0; i < count; ++i)
      if (Status written = sink(texts[i]); !written) return written;
  }
  return {};
}

}  // namespace xiangtu::report
