// Long texts, made in blocks on several threads and given away in order, so that none is in memory as a
// whole.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "base/result.hpp"

namespace xiangtu::report {

// Takes a text piece by piece.
using TextSink = std::function<Status(std::string_view text)>;

// Puts the pieces together; the text outlives the sink.
inline TextSink collect_into(std::string& text) {
  return [&text](std::string_view piece) {
    text += piece;
    return Status{};
  };
}

// Appends the text of items first … last − 1.
using BlockText = std::function<void(std::size_t first, std::size_t last, std::string& text)>;

// Errors: cancelled, and what the sink says.
Status write_blocks(std::size_t items, std::size_t items_per_block, const BlockText& text_of,
                    const TextSink& sink, const Progress& progress);

}  // namespace xiangtu::report
