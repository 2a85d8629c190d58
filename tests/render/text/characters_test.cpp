#include "render/text/characters.hpp"

#include <catch2/catch.hpp>

using xiangtu::render::text::characters;

TEST_CASE("UTF-8 is taken apart, and what is not UTF-8 does no harm") {
  CHECK(characters("aé乡𠀀") == std::vector<char32_t>{U'a', U'é', U'乡', U'𠀀'});
  CHECK(characters("a\xff\xe4\xb9") == std::vector<char32_t>{U'a', 0xFFFD, 0xFFFD, 0xFFFD});
  CHECK(characters("").empty());
}
