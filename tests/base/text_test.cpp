#include "base/text.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

using namespace xiangtu;

TEST_CASE("fold compares names as people mean them", "[base]") {
  CHECK(fold("  Road Class ") == "road_class");
  CHECK(fold("ROAD_CLASS") == fold("Road-Class"));
  CHECK(fold("Ｎａｍｅ") == "name");
  CHECK(fold("　村名　") == "村名");
  CHECK(fold("人口（人）") == "人口(人)");
  CHECK(fold("") == "");
  CHECK(fold(" -1 ") == "-1");
  CHECK(fold("－９９９９") == "-9999");
  CHECK(fold("a-1") == "a_1");
  CHECK(fold("-a") == "a");
}

TEST_CASE("numbers are read whole or not at all", "[base]") {
  CHECK(parse_number("12.5") == 12.5);
  CHECK(parse_number(" -3e2 ") == -300);
  CHECK(parse_number("+7") == 7);
  CHECK(parse_number("１２３") == 123);
  CHECK(parse_number("1,234,567.5") == 1234567.5);
  for (const char* text : {"", " ", "abc", "12a", "1 2", "nan", "inf", "1e999", "--1", "+-1", ",1", "1,23",
                           "12,34,567", "0x10"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
  CHECK(parse_integer("610802001001") == 610802001001LL);
  CHECK_FALSE(parse_integer("6.1E11").has_value());
}

TEST_CASE("numbers are written without a locale and without surprises", "[base]") {
  CHECK(format_number(1.50, 3) == "1.5");
  CHECK(format_number(-0.0001, 2) == "0");
  CHECK(format_fixed(-0.0001, 2) == "0.00");
  CHECK(format_exact(0.1) == "0.1");
  CHECK(format_exact(-0.0) == "0");
  CHECK(format_exact(1.0 / 3) == "0.3333333333333333");
  CHECK(format_exact(98190500) == "98190500");
}

TEST_CASE("width on a terminal", "[base]") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("榆阳区") == 6);
  CHECK(display_width("a榆\xFF") == 4);
}

TEST_CASE("invalid UTF-8 is seen and scrubbed", "[base]") {
  CHECK(valid_utf8("榆林"));
  CHECK_FALSE(valid_utf8("\xD3\xDC\xC1\xD6"));
  CHECK(valid_utf8(scrub_utf8("\xD3\xDC x")));
}

TEST_CASE("commas that part no thousands make no number", "[base]") {
  CHECK(parse_number("1,234") == 1234);
  CHECK(parse_number("1,234,567.5") == 1234567.5);
  for (const char* text : {"1,2e2", "1,234.5,6", "12,34", "1,,234", ",123", "1,234e,5"})
    CHECK_FALSE(parse_number(text));
}

TEST_CASE("a text falls into its characters", "[base]") {
  CHECK(characters_of("a坪\xF0\xA0\xAE\xB7") == U"a坪𠮷");
  CHECK(characters_of("").empty());
  CHECK(characters_of("a\xE5") == U"a\xFFFD");
}
