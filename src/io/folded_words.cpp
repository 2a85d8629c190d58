#include "io/folded_words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view gaps = " _-\t\r\n";  // runs of them fold to one byte
constexpr std::size_t shrinking = 4;            // a letter of up to four bytes may fold to one

}  // namespace

void FoldedWords::add(std::string_view word) {
  const std::string folded = fold(word);
  longest_ = std::max(longest_, folded.size());
  with_digits_ = with_digits_ || folded.find_first_of(digits) != std::string::npos;
  words_.insert(folded);
}

bool FoldedWords::contains(std::string_view text) const {
  if (!with_digits_ && text.find_first_of(digits) != std::string_view::npos) return false;
  text = trim(text);
  const auto is_letter = [](char c) { return gaps.find(c) == std::string_view::npos; };
  if (text.size() > shrinking * longest_ &&
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_letter)) > shrinking * longest_)
    return false;
  return words_.contains(fold(text));
}

}  // namespace xiangtu::io
