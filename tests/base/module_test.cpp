#include "base/module.hpp"

#include <catch2/catch.hpp>

using namespace xiangtu;

TEST_CASE("a part of the program is refused when it is not there or of another version") {
  const auto absent = load_module("no_such_part.so");
  REQUIRE_FALSE(absent);
  CHECK(absent.issue().message.english().find("no_such_part.so") != std::string::npos);
  const auto other = load_module("xiangtu_other_version.so");
  REQUIRE_FALSE(other);
  CHECK(other.issue().message.english().find("it is of another version") != std::string::npos);
}
