// A sentence for people: an English pattern and the values to put into it. It is turned into text
// at the door (terminal or window), where the language is known: see Catalogue.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace xiangtu {

class Catalogue;

struct Message {
  std::string pattern;              // English, with {0} {1} …; the key of the translation catalogue
  std::vector<std::string> values;  // already formatted

  Message() = default;
  template <class... Values>
  explicit Message(std::string_view english, const Values&... parts)
      : pattern(english), values{fmt::format("{}", parts)...} {}

  std::string english() const;
  std::string in(const Catalogue& catalogue) const;
  bool operator==(const Message&) const = default;
};

}  // namespace xiangtu
