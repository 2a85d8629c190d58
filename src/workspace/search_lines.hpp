// Many short texts in one array of bytes, to be searched through as a whole in a few milliseconds.
#pragma once

#include <bit>
#include <bitset>
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
  void add(std::string_view text);
  // To be called once, after the last line.
  void finish();

  std::size_t size() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  std::string_view operator[](std::size_t line) const {
    return {bytes_.data() + begin_[line], begin_[line + 1] - begin_[line] - 1};
  }
  std::size_t begin_of(std::size_t line) const { return begin_[line]; }
  std::size_t bytes() const { return bytes_.capacity() + begin_.capacity() * sizeof(std::uint32_t); }

  // Calls visit(line) for the lines that begin with the text, in order, until it returns false. A text that
  // ends in a line break finds lines that are the text.
  template <class Visit>
  void beginning_with(std::string_view text, const Visit& visit) const;

  // The line that a place is in: a byte, counted through all lines with their breaks.
  std::size_t line_at(std::size_t place) const;
  // Calls visit(place) where the text begins, in order; visit returns where it is looked for next.
  enum class Next : std::uint8_t { place, line, nowhere };
  template <class Visit>
  void containing(std::string_view text, const Visit& visit) const;

 private:
  static constexpr std::size_t word = sizeof(std::uint64_t);
  static constexpr char end_of_line = '\n';
  static_assert(std::endian::native == std::endian::little);

  std::uint64_t word_at(std::size_t place) const {
    std::uint64_t bytes;
    std::memcpy(&bytes, bytes_.data() + place, word);
    return bytes;
  }
  static std::uint64_t repeated(char byte) {
    return std::uint64_t{static_cast<unsigned char>(byte)} * 0x0101010101010101;
  }
  bool has_all_bytes_of(std::string_view text) const;
  // Of the first two bytes of a line with its line break.
  static std::size_t pair_of(std::string_view text) {
    return static_cast<unsigned char>(text[0]) | std::size_t{static_cast<unsigned char>(text[1])} << 8;
  }

  std::string bytes_;
  std::vector<std::uint32_t> begin_;  // of each line, and the end
  std::bitset<1 << 8> occurring_;     // bytes that are in some line
  std::bitset<1 << 16> beginnings_;   // pairs of bytes that some line begins with
};

template <class Visit>
void SearchLines::beginning_with(std::string_view text, const Visit& visit) const {
  if (text.empty() || (text.size() > 1 && !beginnings_[pair_of(text)])) return;
  const std::size_t first = std::min(text.size(), word);
  const std::uint64_t mask = ~std::uint64_t{0} >> (8 * (word - first));
  std::uint64_t wanted = 0;
  std::memcpy(&wanted, text.data(), first);
  for (std::size_t line = 0; line < size(); ++line) {
    if ((word_at(begin_[line]) & mask) != wanted) continue;
    if (text.size() > word && bytes_.compare(begin_[line], text.size(), text) != 0) continue;
    if (!visit(line)) return;
  }
}

// Eight places at a time are looked at for the text's first and last byte.
template <class Visit>
void SearchLines::containing(std::string_view text, const Visit& visit) const {
  if (text.empty() || !has_all_bytes_of(text)) return;
  constexpr std::uint64_t low = 0x0101010101010101, high = 0x8080808080808080;
  const std::uint64_t first = repeated(text.front()), last = repeated(text.back());
  const std::size_t length = text.size(), end = begin_.back();
  for (std::size_t at = 0; at + length <= end;) {
    const std::uint64_t differ = (word_at(at) ^ first) | (word_at(at + length - 1) ^ last);
    std::uint64_t same = (differ - low) & ~differ & high;
    std::size_t next = at + word;
    for (; same != 0; same &= same - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(same)) / 8;
      if (bytes_.compare(place, length, text) != 0) continue;
      const Next wish = visit(place);
      if (wish == Next::nowhere) return;
      if (wish == Next::place) continue;
      next = begin_[line_at(place) + 1];
      break;
    }
    at = next;
  }
}

}  // namespace xiangtu::workspace
