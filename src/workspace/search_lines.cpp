#include "workspace/search_lines.hpp"

#include <algorithm>

namespace xiangtu::workspace {

void SearchLines::add(std::string_view text) {
  const std::size_t begin = bytes_.size();
  begin_.push_back(static_cast<std::uint32_t>(begin));
  bytes_.append(text).push_back(end_of_line);
  for (const char byte : text) occurring_.set(static_cast<unsigned char>(byte));
  if (!text.empty()) beginnings_.set(pair_of(std::string_view{bytes_}.substr(begin)));
}

void SearchLines::finish() {
  begin_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  bytes_.append(2 * word, end_of_line);  // so that a word can be read at every byte, and one further on
  bytes_.shrink_to_fit();
  begin_.shrink_to_fit();
}

bool SearchLines::has_all_bytes_of(std::string_view text) const {
  return std::all_of(text.begin(), text.end(),
                     [&](char byte) { return occurring_[static_cast<unsigned char>(byte)]; });
}

std::size_t SearchLines::line_at(std::size_t place) const {
  const auto after = std::upper_bound(begin_.begin(), begin_.end(), static_cast<std::uint32_t>(place));
  return static_cast<std::size_t>(after - begin_.begin()) - 1;
}

}  // namespace xiangtu::workspace
