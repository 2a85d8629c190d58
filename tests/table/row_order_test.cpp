#include "table/row_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::table;
using tests::none;
using tests::TableBuilder;

namespace {

std::vector<std::uint32_t> positions(const std::vector<RowIx>& rows) {
  std::vector<std::uint32_t> result;
  for (const RowIx row : rows) result.push_back(row.value);
  return result;
}

std::vector<std::uint32_t> sorted(const FeatureTable& table, bool ascending) {
  return positions(sorted_rows(table.columns[0], ascending, nullptr, Progress{}));
}

// The slow twin: a stable sort of all rows by what `before` says of two values, missing ones last.
template <class Before>
std::vector<std::uint32_t> expected(const Column& column, const Before& before) {
  std::vector<std::uint32_t> rows;
  const std::size_t count = column.is_text() ? column.text().entries.size() : column.numbers().size();
  rows.resize(count);
  std::iota(rows.begin(), rows.end(), 0u);
  std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (column.missing(a) || column.missing(b)) return !column.missing(a) && column.missing(b);
    return before(a, b);
  });
  return rows;
}

}  // namespace

TEST_CASE("numbers sort with the missing ones last and the equal ones in the table's order", "[table]") {
  const auto table = TableBuilder("t", GeometryKind::none)
                         .numbers("n", {3, none, -1, 3, 0, -0.0, none, -INFINITY, 1e300, -2.5})
                         .build();
  CHECK(sorted(table, true) == std::vector<std::uint32_t>{7, 9, 2, 4, 5, 0, 3, 8, 1, 6});
  CHECK(sorted(table, false) == std::vector<std::uint32_t>{8, 0, 3, 4, 5, 2, 9, 7, 1, 6});
}

TEST_CASE("texts sort as people look them up: digits, Chinese by pinyin, Latin whatever its case",
          "[table]") {
  const auto table =
      TableBuilder("t", GeometryKind::none)
          .texts("name", {"赵家沟", "", "bei", "安崖镇", "10", "2", "Beta", "鲍家", "alpha", "安崖镇"})
          .build();
  // an… bao… zhao… by pinyin; by bytes 安 < 赵 < 鲍.
  CHECK(sorted(table, true) == std::vector<std::uint32_t>{4, 5, 3, 9, 7, 0, 8, 2, 6, 1});
  CHECK(sorted(table, false) == std::vector<std::uint32_t>{6, 2, 8, 0, 7, 3, 9, 5, 4, 1});
}

TEST_CASE("texts sort by what the reader sees of them", "[table]") {
  const auto table = TableBuilder("t", GeometryKind::none).texts("k", {"a", "b", "c"}).build();
  const auto rows = sorted_rows(
      table.columns[0], true, [](std::string_view text) { return text == "a" ? "z" : std::string{text}; },
      Progress{});
  CHECK(positions(rows) == std::vector<std::uint32_t>{1, 2, 0});
}

TEST_CASE("a million rows sort as a stable sort of their values has them", "[table]") {
  constexpr std::size_t count = 1'000'000;
  std::mt19937 random(4);
  std::vector<double> values(count);
  TextColumn texts;
  for (double& value : values) {
    const auto draw = random() % 5000;
    value = draw < 50 ? none : static_cast<double>(draw) - 2500;
    if (draw % 7 == 0)
      texts.push_missing();
    else
      texts.push(std::to_string(random() % 100'000));
  }
  const Column numbers{"n", "n", NumberColumn{values}};
  CHECK(positions(sorted_rows(numbers, true, nullptr, Progress{})) ==
        expected(numbers, [&](auto a, auto b) { return values[a] < values[b]; }));
  CHECK(positions(sorted_rows(numbers, false, nullptr, Progress{})) ==
        expected(numbers, [&](auto a, auto b) { return values[a] > values[b]; }));
  const Column codes{"c", "c", std::move(texts)};
  CHECK(positions(sorted_rows(codes, true, nullptr, Progress{})) ==
        expected(codes, [&](auto a, auto b) { return codes.text().at(a) < codes.text().at(b); }));
}

TEST_CASE("a stop that was asked for ends the sorting", "[table]") {
  std::stop_source stop;
  stop.request_stop();
  const auto table = TableBuilder("t", GeometryKind::none).numbers("n", std::vector<double>(100'000)).build();
  CHECK(sorted_rows(table.columns[0], true, nullptr, Progress{stop.get_token()}).size() == table.size());
}
