#include "base/catalogue.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace xiangtu;

namespace {

void put(std::string& bytes, std::uint32_t word) {
  bytes.append(reinterpret_cast<const char*>(&word), 4);
}

// A .mo file as msgfmt lays it out: header, two tables of (length, offset), texts.
std::string mo_file(const std::vector<std::pair<std::string, std::string>>& entries) {
  const auto count = static_cast<std::uint32_t>(entries.size());
  std::string header, keys, values, texts;
  for (const std::uint32_t word : {0x950412deu, 0u, count, 28u, 28 + 8 * count, 0u, 0u}) put(header, word);
  const std::uint32_t base = 28 + 16 * count;
  for (const auto& [key, value] : entries) {
    put(keys, static_cast<std::uint32_t>(key.size()));
    put(keys, base + static_cast<std::uint32_t>(texts.size()));
    texts += key + '\0';
    put(values, static_cast<std::uint32_t>(value.size()));
    put(values, base + static_cast<std::uint32_t>(texts.size()));
    texts += value + '\0';
  }
  return header + keys + values + texts;
}

}  // namespace

TEST_CASE("a catalogue translates messages and keeps what it does not know", "[base]") {
  const auto catalogue =
      Catalogue::parse(mo_file({{"", "header"}, {"cannot open {0}", "打不开{0}"}, {"bad {0} {1}", "坏{7}"}}));
  REQUIRE(catalogue);
  CHECK(Message("cannot open {0}", "a.gpkg").in(*catalogue) == "打不开a.gpkg");
  CHECK(Message("unknown {0}", 5).in(*catalogue) == "unknown 5");
  CHECK(Message("bad {0} {1}", 1, 2).in(*catalogue) == "bad 1 2");  // a translator's slip
  CHECK((*catalogue)("nothing") == "nothing");
}

TEST_CASE("a damaged catalogue is refused, never read out of bounds", "[base]") {
  const std::string good = mo_file({{"a", "b"}, {"cc", "dd"}});
  for (std::size_t length = 0; length < good.size(); ++length) (void)Catalogue::parse(good.substr(0, length));
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    std::string bad = good;
    for (int k = 0; k < 3; ++k) bad[random() % bad.size()] = static_cast<char>(random());
    (void)Catalogue::parse(bad);
  }
  CHECK_FALSE(Catalogue::parse("not a catalogue at all, but long enough").ok());
}
