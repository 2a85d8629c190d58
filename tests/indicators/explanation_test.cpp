// What becomes of each row, against sums done by hand.
#include "indicators/explanation.hpp"

#include <catch2/catch.hpp>

#include "support/assembled.hpp"
#include "support/tables.hpp"

using namespace xiangtu;
using namespace xiangtu::indicators;
using atlas::Layer;
using table::GeometryKind;
using table::Role;
using tests::none;
using tests::TableBuilder;

namespace {

constexpr std::string_view definitions_text = R"(
version = "1"
[[indicator]]
id = "taps"
zh = "甲"
en = "taps"
unit = "fraction"
base = "admin_villages"
where = "eligible = 1"
weight = "households"
part = "households_tap"
[[indicator]]
id = "lit"
zh = "乙"
en = "lit"
unit = "fraction"
base = "admin_villages"
when = "electricity = 1"
[[indicator]]
id = "most"
zh = "丙"
en = "people"
unit = "people"
base = "admin_villages"
where = "electricity = 1"
weight = "population"
)";

Layer villages() {
  return {Role::admin_villages,
          TableBuilder("admin_villages", GeometryKind::none)
              .texts("code", {"610802100201", "610802100202", "610802100203", "610802100204", "610802101201",
                              "610802101202", "610802101203"})
              .numbers("eligible", {1, 1, 1, 1, 0, none, 1})
              .numbers("households", {10, 20, 30, none, 50, 60, 70})
              .numbers("households_tap", {10, 5, none, 4, 50, 60, 0})
              .numbers("electricity", {1, 0, none, 1, 1, 1, 1})
              .numbers("population", {1, 2, 3, none, 5, 6, 7})
              .build(),
          {},
          {}};
}

struct Opened {
  Progress progress;
  Definitions definitions = *Definitions::parse(definitions_text, "test.toml");
  atlas::Atlas atlas = tests::assembled([] {
    std::vector<Layer> layers;
    layers.push_back(villages());
    return layers;
  }());

  Explanation of(std::string_view indicator, std::string_view unit) {
    auto explanation =
        explain(atlas, definitions, *definitions.find(indicator), *atlas.hierarchy.asked(unit), {}, progress);
    REQUIRE(explanation);
    return std::move(*explanation);
  }
};

std::vector<Verdict> verdicts(const Explanation& explanation) {
  std::vector<Verdict> all;
  for (const ExplainedRow& row : explanation.rows) all.push_back(row.share.verdict);
  return all;
}

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("each row of a fraction is counted, in part, not, unknown, outside or left out", "[indicators]") {
  Opened opened;
  const Explanation taps = opened.of("taps", "");
  CHECK(verdicts(taps) == std::vector{Verdict::counted, Verdict::partly, Verdict::unknown,
                                      Verdict::weight_missing, Verdict::outside, Verdict::membership_unknown,
                                      Verdict::not_counted});
  CHECK(taps.unknown_names(1).empty());
  CHECK(taps.unknown_names(2) == Names{"households_tap"});
  CHECK(taps.unknown_names(3) == Names{"households"});
  CHECK(taps.unknown_names(5) == Names{"eligible"});
  const auto sums = taps.by_verdict();
  CHECK(sums[static_cast<std::size_t>(Verdict::partly)].sums.numerator == 5);
  CHECK(sums[static_cast<std::size_t>(Verdict::partly)].sums.known == 20);
  CHECK(sums[static_cast<std::size_t>(Verdict::unknown)].sums.unknown == 30);
  const Figure figure = taps.figure();
  CHECK(figure.numerator == 15);
  CHECK(figure.denominator == 10 + 20 + 30 + 70);
  CHECK(figure.unknown == 30);

  const Explanation lit = opened.of("lit", "610802100");
  CHECK(verdicts(lit) ==
        std::vector{Verdict::counted, Verdict::not_counted, Verdict::unknown, Verdict::counted});
  CHECK(lit.unknown_names(2) == Names{"electricity"});
}

TEST_CASE("of a sum, rows that do not belong are not counted, and what they weigh may be missing",
          "[indicators]") {
  Opened opened;
  const Explanation most = opened.of("most", "");
  CHECK(verdicts(most) == std::vector{Verdict::counted, Verdict::not_counted, Verdict::unknown,
                                      Verdict::weight_missing, Verdict::counted, Verdict::counted,
                                      Verdict::counted});
  CHECK(most.unknown_names(2) == Names{"electricity"});
  CHECK(most.figure().numerator == 1 + 5 + 6 + 7);
  CHECK(most.figure().unknown == 3);
}

TEST_CASE("an explanation lists the rows of its unit alone, with what its names are there", "[indicators]") {
  Opened opened;
  const Explanation taps = opened.of("taps", "610802101");
  REQUIRE(taps.rows.size() == 3);
  CHECK(taps.rows[0].row == RowIx{4u});
  REQUIRE(taps.names.size() == 3);
  CHECK(taps.names[1].name == "households");
  CHECK(taps.names[1].numbers == std::vector<double>{50, 60, 70});
  CHECK_FALSE(taps.names[0].is_known(taps.rows[1], 1));
  CHECK(opened.of("taps", "610802100203").rows.size() == 1);
}

TEST_CASE("an explanation without the layer, or without the field, says so", "[indicators]") {
  Opened opened;
  const Definitions shipped = *Definitions::load(std::string(XIANGTU_SOURCE_DIR) + "/assets");
  const auto of = [&](const char* indicator) {
    return *explain(opened.atlas, shipped, *shipped.find(indicator), atlas::Hierarchy::total(), {},
                    opened.progress);
  };
  const Explanation roads = of("hardened_km");
  CHECK(roads.layer == nullptr);
  CHECK(roads.rows.empty());
  REQUIRE(roads.figure().why);
  CHECK(roads.figure().why->english() == "no layer of the role roads in the sources");
  const Explanation express = of("express_coverage_rate");
  REQUIRE(express.rows.size() == 7);
  CHECK(express.missing_names == std::vector<std::string>{"express"});
  CHECK(express.unknown_names(0) == Names{"express"});
}
