#include "table/row_order.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/collation.hpp"
#include "base/large_vector.hpp"
#include "base/parallel.hpp"

namespace xiangtu::table {

namespace {

constexpr std::size_t grain = 16384;
constexpr std::uint64_t missing_key = std::numeric_limits<std::uint64_t>::max();

struct Keyed {
  std::uint64_t key;
  std::uint32_t row;
  bool operator<(const Keyed& other) const { return key != other.key ? key < other.key : row < other.row; }
};

// Unsigned numbers in the order of the doubles; none of them is missing_key.
std::uint64_t key_of(double value) {
  constexpr std::uint64_t sign = 1ull << 63;
  const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
  return bits & sign ? ~bits : bits | sign;
}

template <class KeyOf>
std::vector<RowIx> by_keys(std::size_t count, bool ascending, const Progress& progress, const KeyOf& key) {
  LargeVector<Keyed> keyed(count);
  parallel_for(count, grain, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint64_t value = key(row);
      keyed[row] = {value == missing_key || ascending ? value : missing_key - 1 - value,
                    static_cast<std::uint32_t>(row)};
    }
  });
  parallel_sort(keyed.begin(), keyed.end(), progress);
  std::vector<RowIx> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = RowIx{std::size_t{keyed[i].row}};
  return rows;
}

}  // namespace

std::vector<RowIx> sorted_rows(const Column& column, bool ascending, const ShownText& shown,
                               const Progress& progress) {
  if (!column.is_text()) {
    const std::span<const double> numbers = column.numbers();
    return by_keys(numbers.size(), ascending, progress, [&](std::size_t row) {
      return std::isnan(numbers[row]) ? missing_key : key_of(numbers[row]);
    });
  }
  const TextColumn& texts = column.text();
  const std::vector<std::uint32_t> places = collation_places(
      texts.dictionary.size(),
      [&](std::size_t entry) -> std::string {
        const std::string_view text = texts.dictionary[static_cast<std::uint32_t>(entry)];
        return shown ? shown(text) : std::string{text};
      },
      progress);
  return by_keys(texts.entries.size(), ascending, progress, [&](std::size_t row) -> std::uint64_t {
    return texts.has(row) ? places[texts.entries[row]] : missing_key;
  });
}

}  // namespace xiangtu::table
