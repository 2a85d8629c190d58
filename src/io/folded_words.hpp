// A short list of words that cells of data are looked for in, compared folded (base/text.hpp).
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace xiangtu::io {

class FoldedWords {
 public:
  void add(std::string_view word);
  // Whether the text folds to one of the words. Most cells are none of them, and most of those are known by
  // their length or a digit, without folding: of a word, more than four bytes to one, as of many invisible
  // characters, are not looked through.
  bool contains(std::string_view text) const;

 private:
  std::set<std::string, std::less<>> words_;  // folded
  std::size_t longest_ = 0;                   // in bytes
  bool with_digits_ = false;                  // one of them has a digit
};

}  // namespace xiangtu::io
