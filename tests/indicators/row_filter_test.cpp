#include "indicators/row_filter.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "base/assets.hpp"
#include "indicators/expression_completion.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::indicators;
using tests::none;
using tests::TableBuilder;

namespace {

const io::Schema& schema() {
  static const auto loaded = io::Schema::load(assets_folder() / "fields.toml");
  REQUIRE(loaded);
  return *loaded;
}

const table::FeatureTable& roads() {
  static const table::FeatureTable table =
      TableBuilder("roads", table::GeometryKind::none)
          .texts("name", {"绥米路", "米佳路", "", "County road 3"})
          .texts("surface", {"asphalt_concrete", "cement_concrete", "earth", ""})
          .numbers("width_m", {6, 3.5, none, 4})
          .texts("note (old)", {"a", "", "b", "a"})
          .build();
  return table;
}

// Marks as text, or the error.
std::string run(const std::string& text) {
  const auto filter = RowFilter::parse(text, roads(), schema(), io::Role::roads);
  if (!filter) return filter.issue().message.english();
  std::string shown;
  for (const std::uint8_t mark : filter->marks(roads(), Progress{})) shown += mark ? '1' : '0';
  return shown;
}

std::vector<std::string> offers(const std::string& text, Language language = Language::english) {
  const Completions found =
      complete_expression(text, text.size(), roads(), schema(), io::Role::roads, language);
  CHECK(found.end == text.size());
  std::vector<std::string> texts;
  for (const Completion& offer : found.offers) texts.push_back(offer.text);
  return texts;
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

}  // namespace

TEST_CASE("a filter keeps the rows for which it is true, not those for which it is unknown", "[indicators]") {
  CHECK(run("width_m >= 4") == "1001");
  CHECK(run("not (width_m >= 4)") == "0100");
  CHECK(run("missing(width_m)") == "0010");
  CHECK(run("surface = 'asphalt_concrete' or surface = 'cement'") == "1100");
  CHECK(run("contains(name, '米')") == "1100");
  CHECK(run("starts(name, '米')") == "0100");
  CHECK(run("not contains(name, '米')") == "0001");
  CHECK(run("\"note (old)\" = 'a'") == "1001");
}

TEST_CASE("fields and choices are known by their labels in a filter", "[indicators]") {
  const std::string label = schema().field(io::Role::roads, "surface")->label_zh;
  const std::string asphalt{
      schema().choice_label(io::Role::roads, "surface", "asphalt_concrete", Language::chinese)};
  CHECK(run(label + " = '" + asphalt + "'") == "1000");
  CHECK(run("surface != '" + asphalt + "'") == "0110");
  CHECK(run("surface in ('" + asphalt + "', 'earth')") == "1010");
  CHECK(run("contains(surface, '" + asphalt.substr(0, 6) + "')") == "1000");
  CHECK(run("contains(surface, 'no such surface')") == "0000");
}

TEST_CASE("a wrong filter is told with its place, counted in characters", "[indicators]") {
  CHECK(run("width_m >") == "expression 'width_m >', column 10: unexpected 'end'");
  CHECK(run("宽度 >> 4").find("column 5: unexpected '>'") != std::string::npos);
  // A field that is nearly called so.
  CHECK(run("widht_m > 3") ==
        "column 1: there is no field 'widht_m' here; did you mean width_m? A text is written in quotes, such "
        "as "
        "'widht_m'");
  CHECK(run("路面类 = 'earth'").find("did you mean 路面类型?") != std::string::npos);
  // A quote that does not end: where it begins.
  CHECK(run("surface = 'earth").find("column 11: the quote ' that begins here is not closed") !=
        std::string::npos);
  CHECK(run("\"路面 = 'earth'").find("column 1: the quote \" that begins here") != std::string::npos);
  CHECK(run("surface in ('earth', 'gravel)").find("column 22: the quote '") != std::string::npos);
  CHECK(run("width_m > 3 and nonsense = 2").find("column 17: there is no field 'nonsense'") == 0);
  CHECK(run("surface > 3").find("column 1: the field 'surface' holds texts") == 0);
  CHECK(run("surface").find("column 1: the field 'surface' holds texts") == 0);
  CHECK(run("width_m = 'wide'").find("column 1: the field 'width_m' holds numbers") == 0);
  CHECK(run("contains(width_m, 'a')").find("holds numbers") != std::string::npos);
  CHECK(run("contains(name)").find("column 14") != std::string::npos);
  CHECK(run("").find("unexpected 'end'") != std::string::npos);
}

TEST_CASE("a million rows: the marks are those of a plain loop", "[indicators]") {
  constexpr std::size_t count = 1'000'000;
  std::mt19937 random(8);
  std::vector<double> widths(count);
  table::TextColumn surfaces;
  const char* kinds[] = {"asphalt_concrete", "cement_concrete", "gravel", "earth"};
  for (std::size_t row = 0; row < count; ++row) {
    widths[row] = random() % 10 == 0 ? none : static_cast<double>(random() % 80) / 10;
    surfaces.push(kinds[random() % 4]);
  }
  table::FeatureTable table = TableBuilder("r", table::GeometryKind::none).numbers("width_m", widths).build();
  table.columns.push_back({"surface", "surface", std::move(surfaces)});
  const auto filter =
      RowFilter::parse("surface in ('asphalt_concrete', 'earth') and (width_m < 3.5 or missing(width_m))",
                       table, schema(), io::Role::roads);
  REQUIRE(filter);
  const auto marks = filter->marks(table, Progress{});
  REQUIRE(marks.size() == count);
  std::size_t wrong = 0;
  for (std::size_t row = 0; row < count; ++row) {
    const std::string_view surface = table.columns[1].text().at(row);
    const bool expected = (surface == "asphalt_concrete" || surface == "earth") &&
                          (std::isnan(widths[row]) || widths[row] < 3.5);
    wrong += (marks[row] == 1) != expected;
  }
  CHECK(wrong == 0);
}

TEST_CASE("completion offers fields by any of their names", "[indicators]") {
  CHECK(has(offers(""), "width_m"));
  CHECK(has(offers(""), "\"note (old)\""));
  CHECK(has(offers("wid"), "width_m"));
  CHECK_FALSE(has(offers("wid"), "surface"));
  CHECK(offers("路面").front() == "surface");
  CHECK(has(offers("width_m > 3 and sur"), "surface"));
  CHECK(has(offers("con"), "contains("));
  CHECK(has(offers("contains(na"), "name"));
  CHECK(offers("\"not") == std::vector<std::string>{"\"note (old)\""});
}

TEST_CASE("completion offers what can follow, and the values of the field that is compared", "[indicators]") {
  CHECK(has(offers("width_m "), "<="));
  CHECK_FALSE(has(offers("surface "), "<="));
  CHECK(has(offers("width_m >= 4 "), "and"));
  CHECK(has(offers("surface = "), "'cement_concrete'"));
  CHECK(has(offers("surface = 'cem"), "'cement_concrete'"));
  CHECK(has(offers("surface in ('earth', 'asp"), "'asphalt_concrete'"));
  CHECK(has(offers("contains(name, '米"), "'米佳路'"));
  CHECK(has(offers("name = '米"), "'绥米路'"));       // holds it
  CHECK(offers("name = '米").front() == "'米佳路'");  // begins with it
  const std::string cement{
      schema().choice_label(io::Role::roads, "surface", "cement_concrete", Language::chinese)};
  CHECK(has(offers("surface = '" + cement.substr(0, 3)), "'cement_concrete'"));
  const auto found = complete_expression("width_m > 1 and su = 3", 18, roads(), schema(), io::Role::roads,
                                         Language::chinese);
  REQUIRE_FALSE(found.offers.empty());
  CHECK(found.begin == 16);
  CHECK(found.end == 18);
  CHECK(found.offers[0].text == "surface");
  CHECK(found.offers[0].label == schema().field_label(io::Role::roads, "surface", Language::chinese));
}

TEST_CASE("whatever is typed, completion and parsing end", "[indicators]") {
  std::mt19937 random(3);
  const std::string letters = "a('\" =<>,)and in面\xE8.1-";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t length = random() % 20; length > 0; --length) text += letters[random() % letters.size()];
    const std::size_t cursor = random() % (text.size() + 3);
    const auto found =
        complete_expression(text, cursor, roads(), schema(), io::Role::roads, Language::english);
    REQUIRE(found.begin <= found.end);
    REQUIRE(found.end <= text.size());
    (void)RowFilter::parse(text, roads(), schema(), io::Role::roads);
  }
}
