#include "base/pinyin.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace xiangtu;

namespace {

std::vector<std::string> of(Pinyin& pinyin, char32_t character) {
  const auto readings = pinyin.readings(character);
  return {readings.begin(), readings.end()};
}

}  // namespace

TEST_CASE("a Chinese character is read in plain Latin letters", "[base]") {
  Pinyin pinyin;
  CHECK(of(pinyin, U'张') == std::vector<std::string>{"zhang"});
  CHECK(of(pinyin, U'家') == std::vector<std::string>{"jia"});
  CHECK(of(pinyin, U'坪') == std::vector<std::string>{"ping"});
  CHECK(of(pinyin, U'绿') == std::vector<std::string>{"lu"});  // ü is not on the keyboard
  CHECK(of(pinyin, U'张') == std::vector<std::string>{"zhang"});
}

TEST_CASE("what is no Chinese character has no reading", "[base]") {
  Pinyin pinyin;
  for (const char32_t character :
       {U'a', U'7', U'_', U'（', U'é', U'あ', U'한', char32_t{0xFFFD}, char32_t{0}})
    CHECK(pinyin.readings(character).empty());
}

TEST_CASE("further readings come after ICU's, each once, and what is no reading is passed over", "[base]") {
  Pinyin pinyin("# remark\n张 zhang zhan\n长 chang zhang # both\n\n家\n坪 PING p1\nab x\n绿 lv");
  CHECK(of(pinyin, U'张') == std::vector<std::string>{"zhang", "zhan"});
  CHECK(of(pinyin, U'家') == std::vector<std::string>{"jia"});
  CHECK(of(pinyin, U'坪') == std::vector<std::string>{"ping"});
  CHECK(of(pinyin, U'绿') == std::vector<std::string>{"lu", "lv"});
  const auto both = of(pinyin, U'长');
  CHECK(std::is_permutation(both.begin(), both.end(), std::vector<std::string>{"chang", "zhang"}.begin()));
}

TEST_CASE("the readings that come with the program", "[base]") {
  Pinyin pinyin = Pinyin::load();
  const auto has = [&](char32_t character, const char* reading) {
    const auto all = pinyin.readings(character);
    return std::find(all.begin(), all.end(), reading) != all.end();
  };
  for (const char* reading : {"chong", "zhong"}) CHECK(has(U'重', reading));
  for (const char* reading : {"chang", "zhang"}) CHECK(has(U'长', reading));
  for (const char* reading : {"bao", "bu"}) CHECK(has(U'堡', reading));
}
