#include "indicators/expression.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "indicators/near.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::indicators;
using tests::none;
using tests::TableBuilder;

namespace {

const table::FeatureTable& sample() {
  static const table::FeatureTable table = TableBuilder("t", table::GeometryKind::none)
                                               .numbers("a", {1, 2, none, 0})
                                               .numbers("b", {none, 2, 3, 0})
                                               .texts("surface", {"gravel", "", "block", "earth"})
                                               .build();
  return table;
}

// t, f, ? per row for booleans; the number otherwise.
std::string run(const std::string& text, const Expression::Defines& defines = {}) {
  const auto expression = Expression::parse(text, defines);
  if (!expression) return "error: " + expression.issue().message.english();
  std::vector<RowIx> rows;
  for (std::size_t i = 0; i < sample().size(); ++i) rows.emplace_back(i);
  std::string shown;
  for (const double value :
       expression->evaluate(rows, [](std::string_view name) { return operand_of(sample(), {}, name); }))
    shown += std::isnan(value) ? "?" : value == 1 ? "t" : value == 0 ? "f" : fmt::format("[{}]", value);
  return shown;
}

}  // namespace

TEST_CASE("expressions over cells that may be missing", "[indicators]") {
  CHECK(run("a = 2") == "ft?f");
  CHECK(run("a != 2") == "tf?t");
  CHECK(run("surface = 'gravel'") == "t?ff");
  CHECK(run("surface != 'gravel'") == "f?tt");
  CHECK(run("surface in ('gravel', 'earth')") == "t?ft");
  CHECK(run("a in (1, 2)") == "tt?f");
  CHECK(run("a = 1 or b = 3") == "tftf");
  CHECK(run("a = 1 and b = 3") == "?f?f");
  CHECK(run("not (a = 1)") == "ft?t");
  CHECK(run("missing(surface)") == "ftff");
  CHECK(run("missing(nobody)") == "tttt");
  CHECK(run("coalesce(a, b)") == "t[2][3]f");
  CHECK(run("a + b * 2") == "?[6]?f");
  CHECK(run("-a + 3") == "[2]t?[3]");
  CHECK(run("a / b") == "?t??");  // division by zero is unknown
  CHECK(run("a >= near_m") == "ff?f");
  CHECK(run("nobody = 1") == "????");
  CHECK(run("nobody = 1 and a = 99") == "ff?f");  // false whatever nobody is
}

TEST_CASE("defines stand for their expressions", "[indicators]") {
  Expression::Defines defines;
  defines.emplace("loose", *Expression::parse("surface in ('gravel', 'earth')", {}));
  CHECK(run("loose and a = 1", defines) == "tfff");
  CHECK(Expression::parse("loose", defines)->names() == std::set<std::string>{"surface"});
}

TEST_CASE("a wrong expression is refused with its column", "[indicators]") {
  CHECK(run("a = ").find("column 5: unexpected 'end'") != std::string::npos);
  CHECK(run("a == 1").find("column 4: unexpected '='") != std::string::npos);
  for (const char* text :
       {"", "a and", "(a", "a)", "'text'", "a = 'x", "a in 1", "a in ()", "a in ('x', 1)", "f(a)",
        "missing(1)", "a < 'x'", "1 2", "and", "a @ b", "coalesce(a)", "not", "1.2.3"}) {
    INFO(text);
    CHECK(run(text).starts_with("error"));
  }
  CHECK(run(std::string(100000, '(')).starts_with("error"));
  CHECK(run(std::string(100000, '-') + "1").starts_with("error"));
}

TEST_CASE("no text crashes the parser", "[indicators]") {
  std::mt19937 random(4);
  const std::vector<std::string> pieces{"a",   "b",  "surface", "(",       ")",        "and", "or",
                                        "not", "in", "=",       "<=",      "'x'",      ",",   "1",
                                        "-",   "+",  "*",       "missing", "coalesce", " ",   "'"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()] + " ";
    (void)run(text);
  }
}

TEST_CASE("Kleene logic is monotone: filling in an unknown never turns a known answer", "[indicators]") {
  const double states[] = {0, 1, none};
  const auto value = [](const char* text, double a, double b) {
    const table::FeatureTable table =
        TableBuilder("t", table::GeometryKind::none).numbers("a", {a}).numbers("b", {b}).build();
    const std::vector<RowIx> rows{RowIx{0u}};
    return Expression::parse(text, {})->evaluate(
        rows, [&](std::string_view name) { return operand_of(table, {}, name); })[0];
  };
  for (const char* text : {"a and b", "a or b", "not a or b", "a and not b"})
    for (const double a : states)
      for (const double b : states) {
        const double known = value(text, a, b);
        if (std::isnan(known)) continue;
        for (const double filled : {0.0, 1.0})
          CHECK(value(text, std::isnan(a) ? filled : a, std::isnan(b) ? filled : b) == known);
      }
}

TEST_CASE("many rows, evaluated on several threads, come out as one by one", "[indicators]") {
  constexpr std::size_t count = 300001;
  std::vector<double> a(count), b(count);
  for (std::size_t i = 0; i < count; ++i) {
    a[i] = static_cast<double>(i % 1000);
    b[i] = i % 7 == 0 ? none : static_cast<double>(i % 13);
  }
  const table::FeatureTable many =
      TableBuilder("t", table::GeometryKind::none).numbers("a", a).numbers("b", b).build();
  std::vector<RowIx> rows;
  for (std::size_t i = 0; i < count; i += 1 + i % 3) rows.emplace_back(i);
  const auto expression = Expression::parse("coalesce(b, -1) * 2 + a", {});
  REQUIRE(expression);
  const std::vector<double> values =
      expression->evaluate(rows, [&](std::string_view name) { return operand_of(many, {}, name); });
  REQUIRE(values.size() == rows.size());
  bool same = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = rows[i].value;
    same = same && values[i] == (std::isnan(b[row]) ? -1 : b[row]) * 2 + a[row];
  }
  CHECK(same);
}
