// Codes, dates and tags as they stand in ledgers.
#include <catch2/catch.hpp>

#include "io/cell.hpp"

using namespace xiangtu::io;

TEST_CASE("a code that became a number gets its digits back") {
  CHECK(code_of("610802001001").text == "610802001001");
  CHECK(code_of(" 610802001001.0 ").text == "610802001001");
  CHECK(code_of("6.10802001001E+11").text == "610802001001");
  CHECK(code_of("６１０８０２").text == "610802");
  CHECK(code_of(610802001001.0).text == "610802001001");
  CHECK(code_of(610802001001234.0).text == "610802001001234");
  CHECK(code_of(0.0).text == "0");
}

TEST_CASE("a code with lost digits is not guessed") {
  CHECK(code_of("6.10802E+11").lost_digits);
  CHECK(code_of("6.1E+11").lost_digits);
  CHECK(code_of(61080200100112345.0).lost_digits);
  CHECK(!code_of("6.10802001001E+11").lost_digits);
}

TEST_CASE("codes that are words stay as they are") {
  for (const char* code : {"X101610802", "C001", "1E5", "G65E", "K12+300", "a.0", ".0", "610802-01"}) {
    CHECK(code_of(code).text == code);
    CHECK(!code_of(code).lost_digits);
  }
}

TEST_CASE("dates in the forms of ledgers") {
  CHECK(iso_date("2023-08-18") == "2023-08-18");
  CHECK(iso_date("2023/8/18") == "2023-08-18");
  CHECK(iso_date("2023年8月18日") == "2023-08-18");
  CHECK(iso_date("2023.8") == "2023-08");
  CHECK(iso_date("2023") == "2023");
  CHECK(iso_date("20230818") == "2023-08-18");
  CHECK(iso_date("2024-02-29") == "2024-02-29");
  CHECK(iso_date("2023-08-18 12:30:00") == "2023-08-18");
  CHECK(iso_date("2023-08-18T12:30:00Z") == "2023-08-18");
  for (const char* text :
       {"2023-02-29", "2023-13-01", "18/08/2023", "soon", "", "2023-1-2-3", "99999999", "23-1-1"})
    CHECK(!iso_date(text));
}

TEST_CASE("the year of a date whose day and month nobody can tell apart") {
  CHECK(year_of("6/8/2017") == 2017);
  CHECK(year_of("10/14/2020") == 2020);
  CHECK(year_of("2016-05-01") == 2016);
  CHECK(!year_of("40/40/2017"));
  CHECK(!year_of("2017/40/40"));
}

TEST_CASE("one tag of many") {
  const char* tags = R"("surface"=>"paved","name:zh"=>"a \"b\", c","x"=>"")";
  CHECK(tag_value(tags, "surface") == "paved");
  CHECK(tag_value(tags, "name:zh") == "a \"b\", c");
  CHECK(tag_value(tags, "x") == "");
  CHECK(!tag_value(tags, "paved"));
  CHECK(!tag_value("\"surface\"=>", "surface"));
  CHECK(!tag_value("surface", "surface"));
}
