// Many short texts in one array of bytes, to be searched through as a whole in a few milliseconds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace xiangtu::workspace {

// Letters, digits and all that is not ASCII: what a reading of a name has a part for.
inline bool counts_as_character(char32_t folded) {
  return folded >= 0x80 || (folded >= U'a' && folded <= U'z') || (folded >= U'0' && folded <= U'9');
}

// Lines of text without line breaks, numbered in the order in which they came.
class SearchLines {
 public:
  void add(std::string_view text) {
    begin_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    bytes_.append(text).push_back(end_of_line);
  }
  // To be called once, after the last line.
  void finish() {
    begin_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    bytes_.append(word, end_of_line);  // so that a word can be read at every byte
    bytes_.shrink_to_fit();
    begin_.shrink_to_fit();
  }

  std::size_t size() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  std::string_view operator[](std::size_t line) const {
    return {bytes_.data() + begin_[line], begin_[line + 1] - begin_[line] - 1};
  }
  std::size_t begin_of(std::size_t line) const { return begin_[line]; }
  std::size_t bytes() const { return bytes_.capacity() + begin_.capacity() * sizeof(begin_.front()); }

  // Calls visit(line) for the lines that begin with the text, in order, until it returns false. A text that
  // ends in a line break finds lines that are the text.
  template <class Visit>
  void beginning_with(std::string_view text, const Visit& visit) const {
    if (text.empty()) return;
    const std::size_t first = std::min(text.size(), word);
    const std::uint64_t mask = first == word ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * first)) - 1;
    std::uint64_t wanted = 0;
    std::memcpy(&wanted, text.data(), first);
    for (std::size_t line = 0; line < size(); ++line) {
      std::uint64_t here = 0;
      std::memcpy(&here, bytes_.data() + begin_[line], word);
      if ((here & mask) != wanted) continue;
      if (text.size() > word && bytes_.compare(begin_[line], text.size(), text) != 0) continue;
      if (!visit(line)) return;
    }
  }

  // Calls visit(line, offset) for places that hold the text, in order; visit returns what is to be done next.
  enum class Next : std::uint8_t { place, line, stop };
  template <class Visit>
  void containing(std::string_view text, const Visit& visit) const {
    if (text.empty()) return;
    std::size_t at = 0;
    while (at < bytes_.size()) {
      const void* found = ::memmem(bytes_.data() + at, bytes_.size() - at, text.data(), text.size());
      if (!found) return;
      const auto place = static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data());
      const auto line = static_cast<std::size_t>(
          std::upper_bound(begin_.begin(), begin_.end(), static_cast<std::uint32_t>(place)) - begin_.begin() -
          1);
      const Next next = visit(line, place - begin_[line]);
      if (next == Next::stop) return;
      at = next == Next::line ? begin_[line + 1] : place + 1;
    }
  }

 private:
  static constexpr std::size_t word = sizeof(std::uint64_t);
  static constexpr char end_of_line = '\n';

  std::string bytes_;
  std::vector<std::uint32_t> begin_;  // of each line, and the end
};

}  // namespace xiangtu::workspace
