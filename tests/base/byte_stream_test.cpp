#include "base/byte_stream.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <memory>
#include <vector>

using namespace xiangtu;

namespace {

// Bytes in a piece of memory of just their size, so that a sanitizer sees who reads on.
class Piece {
 public:
  explicit Piece(std::string_view bytes)
      : words_(std::make_unique<std::uint64_t[]>((bytes.size() + 7) / 8)),
        begin_(reinterpret_cast<std::byte*>(words_.get())),
        size_(bytes.size()) {
    std::transform(bytes.begin(), bytes.end(), begin_, [](char c) { return static_cast<std::byte>(c); });
  }
  std::span<const std::byte> bytes() const { return {begin_, size_}; }

 private:
  std::unique_ptr<std::uint64_t[]> words_;
  std::byte* begin_;
  std::size_t size_;
};

struct Read {
  std::uint8_t small = 0;
  std::string_view text;
  std::span<const double> numbers;
  std::size_t items = 0;
  std::int32_t last = 0;
};

const std::vector<double> numbers{1.5, -0.0, std::numeric_limits<double>::infinity()};

std::string written() {
  ByteWriter to;
  to.put(std::uint8_t{7});
  to.text("榆林");
  to.array(std::span<const double>{numbers});
  to.put(std::uint64_t{2});  // items, of which one byte each would be there
  to.put(std::int32_t{-5});
  return to.bytes();
}

Read read(ByteReader& from) {
  Read read;
  read.small = from.get<std::uint8_t>();
  read.text = from.text();
  read.numbers = from.array<double>();
  read.items = from.count();
  read.last = from.get<std::int32_t>();
  return read;
}

bool lies_in(const void* begin, std::size_t size, std::span<const std::byte> bytes) {
  const auto* first = static_cast<const std::byte*>(begin);
  return size == 0 || (first >= bytes.data() && first + size <= bytes.data() + bytes.size());
}

}  // namespace

TEST_CASE("what was written is read, arrays where they lie", "[base]") {
  const Piece piece{written()};
  ByteReader from{piece.bytes()};
  const Read got = read(from);
  CHECK_FALSE(from.failed());
  CHECK(from.at_end());
  CHECK(got.small == 7);
  CHECK(got.text == "榆林");
  REQUIRE(got.numbers.size() == numbers.size());
  CHECK(std::memcmp(got.numbers.data(), numbers.data(), numbers.size() * sizeof(double)) == 0);
  CHECK(lies_in(got.numbers.data(), got.numbers.size_bytes(), piece.bytes()));
  CHECK(reinterpret_cast<std::uintptr_t>(got.numbers.data()) % 8 == 0);
  CHECK(got.items == 2);
  CHECK(got.last == -5);
}

TEST_CASE("empty texts and arrays are texts and arrays", "[base]") {
  ByteWriter to;
  to.text("");
  to.array(std::span<const double>{});
  const Piece piece{to.bytes()};
  ByteReader from{piece.bytes()};
  CHECK(from.text().empty());
  CHECK(from.array<double>().empty());
  CHECK_FALSE(from.failed());
  CHECK(from.at_end());
}

TEST_CASE("a reader never goes beyond a truncation", "[base]") {
  const std::string whole = written();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    const Piece piece{std::string_view{whole}.substr(0, size)};
    ByteReader from{piece.bytes()};
    const Read got = read(from);
    CHECK(from.failed());
    CHECK(lies_in(got.text.data(), got.text.size(), piece.bytes()));
    CHECK(lies_in(got.numbers.data(), got.numbers.size_bytes(), piece.bytes()));
    // Once something was missing, nothing more is there.
    CHECK(from.get<std::uint8_t>() == 0);
    CHECK(from.text().empty());
    CHECK(from.array<double>().empty());
    CHECK(from.count() == 0);
  }
}

TEST_CASE("counts that cannot be true are refused", "[base]") {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  // The last of these times eight is, in 64 bits, eight: there would be room for so much.
  for (const std::uint64_t count : {most, most - 7, most / 2, most / 8 + 1, most / 8 + 2, std::uint64_t{5}}) {
    INFO(count);
    ByteWriter to;
    to.put(count);
    to.put(std::uint32_t{1});
    const Piece piece{to.bytes()};
    ByteReader texts{piece.bytes()}, arrays{piece.bytes()}, items{piece.bytes()};
    CHECK(texts.text().empty());
    CHECK(texts.failed());
    CHECK(arrays.array<double>().empty());
    CHECK(arrays.failed());
    CHECK(items.count() == 0);
    CHECK(items.failed());
  }
}

TEST_CASE("an array that ends before its padding is missing, not beyond the end", "[base]") {
  ByteWriter to;
  to.put(std::uint8_t{1});
  to.put(std::uint64_t{0});  // the count of an array at 9: padding up to 16 should follow
  const Piece piece{to.bytes()};
  ByteReader from{piece.bytes()};
  CHECK(from.get<std::uint8_t>() == 1);
  CHECK(from.array<double>().empty());
  CHECK(from.failed());
}
