#include "base/character_set.hpp"

#include <catch2/catch.hpp>

using xiangtu::CharacterSet;

TEST_CASE("a set of characters has each once, in order, and none of what is not text") {
  CharacterSet set;
  CHECK(set.utf8().empty());
  set.add("村b\xE5\xE5 a村");           // two bytes of a character that is cut off
  set.add("\xF0\xA0\x9C\x8E\xC3\xA9");  // U+2070E, é
  CHECK(set.utf8() == " ab\xC3\xA9村\xF0\xA0\x9C\x8E");
  CharacterSet other;
  other.add("zb");
  other.add(set);
  CHECK(other.utf8() == " abz\xC3\xA9村\xF0\xA0\x9C\x8E");
}
