// Figures opened on the demonstration map: the rows add up to what `stats` shows, and to nothing else.
#include "workspace/explanation.hpp"

#include <catch2/catch.hpp>

using namespace xiangtu;
using namespace xiangtu::workspace;
using atlas::Level;
using indicators::ExplainedRow;

namespace {

struct Demonstration {
  Progress progress;
  Workspace workspace = *Workspace::open({{XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg"}, {}}, progress);
  std::shared_ptr<const atlas::Atlas> atlas =
      std::make_shared<const atlas::Atlas>(std::move(*workspace.read_all(progress)));
  StatsOptions every{"coverage", {}, {Level::county, Level::township, Level::village}, "", {}};
  StatsResult stats = *compute_stats(workspace, atlas, every, progress);
};

Demonstration& demonstration() {
  static Demonstration one;
  return one;
}

// What the rows of a unit add up to, one after another.
indicators::Sums sums_of(const indicators::Explanation& explanation, const atlas::Hierarchy& hierarchy,
                         UnitIx unit) {
  indicators::Sums sums;
  for (const ExplainedRow& row : explanation.rows)
    if (hierarchy.is_within(row.unit, unit)) add(sums, row.share.sums, explanation.definition.aggregate);
  return sums;
}

bool is_deeper_than_rows(const indicators::Figure& figure) {
  return figure.why &&
         figure.why->english().find("is not placed at units of this level") != std::string::npos;
}

}  // namespace

TEST_CASE("the explained rows add up to every figure of the demonstration map", "[workspace]") {
  Demonstration& demo = demonstration();
  const atlas::Hierarchy& hierarchy = demo.atlas->hierarchy;
  std::size_t figures = 0;
  for (std::size_t k = 0; k < demo.stats.table.indicators.size(); ++k) {
    INFO(demo.stats.table.indicators[k].id);
    const auto opened = compute_explanation(demo.workspace, demo.atlas,
                                            {demo.stats.table.indicators[k].id, "", {}}, demo.progress);
    REQUIRE(opened);
    // Children before parents, as they come after them.
    std::vector<indicators::Sums> sums(hierarchy.size());
    const auto aggregate = opened->explanation.definition.aggregate;
    for (const ExplainedRow& row : opened->explanation.rows)
      add(sums[row.unit.value], row.share.sums, aggregate);
    for (std::size_t unit = sums.size() - 1; unit > 0; --unit)
      add(sums[hierarchy[UnitIx{unit}].parent.value], sums[unit], aggregate);
    for (std::size_t row = 0; row < demo.stats.table.units.size(); ++row) {
      const indicators::Figure figure = demo.stats.table.figure(row, k);
      if (is_deeper_than_rows(figure)) continue;
      const indicators::Sums& own = sums[demo.stats.table.units[row].value];
      ++figures;
      if (figure.numerator != own.numerator || figure.denominator != own.known + own.unknown ||
          figure.unknown != own.unknown)
        FAIL(hierarchy[demo.stats.table.units[row]].code);
    }
  }
  CHECK(figures > 80'000);
}

TEST_CASE("the explanation of a unit has its figure and its rows", "[workspace]") {
  Demonstration& demo = demonstration();
  const atlas::Hierarchy& hierarchy = demo.atlas->hierarchy;
  for (const char* indicator : {"tap_household_rate", "natural_village_hardened_rate", "hardened_km"})
    for (const char* code : {"", "610826", "610826101", "610826101200"}) {
      INFO(indicator << " " << code);
      const auto opened =
          compute_explanation(demo.workspace, demo.atlas, {indicator, code, {}}, demo.progress);
      REQUIRE(opened);
      const UnitIx unit = *hierarchy.asked(code);
      const indicators::Figure figure = opened->explanation.figure();
      StatsOptions options = demo.every;
      options.indicators = {indicator};
      options.where = code;
      const auto stats = compute_stats(demo.workspace, demo.atlas, options, demo.progress);
      REQUIRE(stats);
      CHECK(figure.value == stats->table.figure(0, 0).value);
      CHECK(figure.low == stats->table.figure(0, 0).low);
      CHECK(figure.high == stats->table.figure(0, 0).high);
      for (const ExplainedRow& row : opened->explanation.rows) CHECK(hierarchy.is_within(row.unit, unit));
      const indicators::Sums sums = sums_of(opened->explanation, hierarchy, unit);
      CHECK(sums.numerator == Approx(figure.numerator).epsilon(1e-12));
      CHECK(sums.known + sums.unknown == Approx(figure.denominator).epsilon(1e-12));
    }
}

TEST_CASE("one changed row changes its own unit and those above it alone", "[workspace]") {
  Demonstration& demo = demonstration();
  const atlas::Hierarchy& hierarchy = demo.atlas->hierarchy;
  auto changed = std::make_shared<atlas::Atlas>(*demo.atlas);
  UnitIx unit;
  for (atlas::Layer& layer : changed->layers) {
    if (layer.role != table::Role::admin_villages) continue;
    for (table::Column& column : layer.table.columns)
      if (column.name == "households_tap") std::get<table::NumberColumn>(column.data).values[1000] += 1;
    unit = layer.unit_of[1000];
  }
  REQUIRE(unit.exists());
  StatsOptions options = demo.every;
  options.indicators = {"tap_household_rate"};
  const auto before = compute_stats(demo.workspace, demo.atlas, options, demo.progress);
  const auto after = compute_stats(demo.workspace, changed, options, demo.progress);
  std::size_t different = 0;
  for (std::size_t row = 0; row < before->table.units.size(); ++row) {
    const bool is_above = hierarchy.is_within(unit, before->table.units[row]);
    CHECK((before->table.figure(row, 0).numerator != after->table.figure(row, 0).numerator) == is_above);
    different += is_above;
  }
  CHECK(different == 4);  // the village, its township, its county and the total
}

TEST_CASE("an explanation is of one indicator and of a unit that there is", "[workspace]") {
  Demonstration& demo = demonstration();
  const auto ask = [&](const char* indicator, const char* unit) {
    return compute_explanation(demo.workspace, demo.atlas, {indicator, unit, {}}, demo.progress);
  };
  CHECK(ask("nothing", "").issue().code == IssueCode::unknown_indicator);
  CHECK(ask("surface_share.*", "").issue().code == IssueCode::usage);
  CHECK(ask("tap_household_rate", "1").issue().code == IssueCode::unknown_unit);
}
