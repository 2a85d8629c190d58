#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>

#include "base/byte_stream.hpp"
#include "support/drawn_geometry.hpp"
#include "workspace/results.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;

namespace {

// Decodes out of memory of just that size, which begins as a mapped entry does and goes with the result.
std::optional<StatsResult> decoded(std::string_view bytes) {
  const std::shared_ptr<std::uint64_t[]> words(new std::uint64_t[(bytes.size() + 7) / 8]);
  auto* begin = reinterpret_cast<std::byte*>(words.get());
  std::transform(bytes.begin(), bytes.end(), begin, [](char c) { return static_cast<std::byte>(c); });
  return workspace::decode({begin, bytes.size()}, words);
}

// Whoever shows a result may look at all of it.
void walk(const StatsResult& result) {
  const indicators::CoverageTable& table = result.table;
  REQUIRE(table.columns.size() == table.indicators.size());
  std::size_t seen = 0;
  for (std::size_t row = 0; row < table.units.size(); ++row) {
    seen += result.atlas->hierarchy[table.units[row]].code.size();
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      const indicators::Figure figure = table.figure(row, k);
      seen += figure.why ? figure.why->pattern.size() : figure.value.has_value();
    }
  }
  for (const Finding& finding : result.findings) seen += finding.message.values.size();
  const auto again = decoded(encode(result));
  REQUIRE(again);
  CHECK(again->table.units.size() + seen >= table.units.size());
}

}  // namespace

TEST_CASE("a result is the same to the bit after being kept as bytes", "[workspace]") {
  const StatsResult small = small_result();
  const auto again = decoded(encode(small));
  REQUIRE(again);
  check_same(*again, small);
  CHECK(again->atlas->layers.empty());
}

TEST_CASE("the demonstration map's figures are the same to the bit after being kept", "[workspace]") {
  StatsOptions all;
  all.levels = {atlas::Level::county, atlas::Level::township, atlas::Level::village};
  StatsOptions bulletin;
  bulletin.set = "bulletin";
  StatsOptions one;
  one.where = "610829";
  one.levels = {atlas::Level::township};
  for (const StatsOptions& options : {all, bulletin, one}) {
    const StatsResult result = demonstration(options);
    const std::string bytes = encode(result);
    const auto again = decoded(bytes);
    REQUIRE(again);
    check_same(*again, result);
    CHECK(encode(*again) == bytes);
    for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 97)
      CHECK_FALSE(decoded(std::string_view{bytes}.substr(0, size)));
  }
}

TEST_CASE("a cut result is none", "[workspace]") {
  const std::string bytes = encode(small_result());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    if (decoded(std::string_view{bytes}.substr(0, size))) FAIL("cut at " << size << " of " << bytes.size());
  CHECK_FALSE(decoded(bytes + '\0'));
}

TEST_CASE("any damage gives nothing or a sound result", "[workspace]") {
  const std::string bytes = encode(small_result());
  const int last = static_cast<int>(bytes.size()) - 1;
  Random random(11);
  int sound = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = bytes;
    for (int places = random.whole(1, 4); places > 0; --places)
      damaged[static_cast<std::size_t>(random.whole(0, last))] = static_cast<char>(random.whole(-128, 127));
    if (const auto result = decoded(damaged)) {
      walk(*result);
      ++sound;
    }
  }
  CHECK(sound > 0);
  for (std::size_t at = 0; at < bytes.size(); ++at)  // counts and positions grow beyond all bounds
    for (const char byte : {'\0', '\x01', '\x7F', '\xFF'}) {
      std::string damaged = bytes;
      damaged[at] = byte;
      if (const auto result = decoded(damaged)) walk(*result);
    }
}

TEST_CASE("a count of very many things that are not there takes neither time nor memory", "[workspace]") {
  ByteWriter to;
  to.put(std::uint64_t{1});  // a hierarchy of the total alone
  to.array(std::span<const UnitIx>{std::vector{UnitIx{0u}}});
  to.put(std::uint64_t{0});  // no indicators
  constexpr std::size_t many = std::size_t{1} << 24;
  to.put(std::uint64_t{many});  // findings
  const auto peak_kib = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  const long before = peak_kib();
  CHECK_FALSE(decoded(to.bytes() + std::string(many, '\xFF')));
  CHECK(peak_kib() - before < 500 * 1024);  // GiB, were they made
}
