// Results to keep and to compare: one of everything that a result may hold, and the demonstration map's.
#pragma once

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workspace/stats_cache.hpp"

namespace xiangtu::tests {

using workspace::StatsOptions;
using workspace::StatsResult;

inline StatsResult demonstration(const StatsOptions& options) {
  Progress progress;
  const auto opened =
      workspace::Workspace::open({{XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg"}, std::nullopt}, progress);
  if (!opened) FAIL(opened.issue().message.english());
  auto result = workspace::compute_stats(*opened, options, progress);
  if (!result) FAIL(result.issue().message.english());
  return std::move(*result);
}

// Small: a few units, columns with and without figures and reasons, findings with and without rows.
inline StatsResult small_result() {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  StatsResult result;
  auto atlas = std::make_shared<atlas::Atlas>();
  const UnitIx county = atlas->hierarchy.add({atlas::Level::county, "610802", "榆阳区", UnitIx{0u}, {}});
  const UnitIx town = atlas->hierarchy.add({atlas::Level::township, "610802100", "", county, {}});
  result.table.units = {atlas::Hierarchy::total(), county, town};
  result.atlas = std::move(atlas);
  indicators::IndicatorInfo info{"a", "甲", "A", "公里", "km", true, "定义", "definition", "source"};
  for (const char* id : {"figures", "reasons", "none", "empty"}) {
    info.id = id;
    info.fraction = !info.fraction;
    result.table.indicators.push_back(info);
  }
  const std::vector<indicators::Sums> sums{{0.1, -0.0, infinite}, {std::nan("7"), 5e-324, 1e308}, {1, 2, 3}};
  result.table.columns.push_back(indicators::FigureColumn::of(sums));
  result.table.columns.push_back(
      indicators::FigureColumn::of(sums, {Message("why {0}", 1), Message("else")}, {0, 2, 1}));
  result.table.columns.emplace_back(Message("layer {0} has no field {1}", "roads", "surface"));
  result.table.columns.emplace_back();
  result.findings = {
      {"value.odd", Severity::note, "a.gpkg", "roads", "class", Message("{0} of {1}", 3, 4), {1, -9}},
      {"", Severity::error, "", "", "", Message(""), {}}};
  result.provenance = {
      "0.1.0", "definitions", {{"a.gpkg", "roads", "roads", "EPSG:4490", 12}}, {{"near_m", "2000"}}};
  return result;
}

inline bool same_bits(std::span<const indicators::Sums> a, std::span<const indicators::Sums> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

inline void check_same(const atlas::Hierarchy& a, const atlas::Hierarchy& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const atlas::Unit &one = a[UnitIx{i}], &two = b[UnitIx{i}];
    if (one.level != two.level || one.code != two.code || one.name != two.name || one.parent != two.parent)
      FAIL("unit " << i << ": " << one.code << " and " << two.code);
  }
}

inline void check_same(const indicators::CoverageTable& a, const indicators::CoverageTable& b) {
  CHECK(a.units == b.units);
  REQUIRE(a.indicators.size() == b.indicators.size());
  REQUIRE(a.columns.size() == b.columns.size());
  const auto texts = [](const indicators::IndicatorInfo& i) {
    return std::vector{i.id,      i.name_zh,       i.name_en,       i.unit_zh,
                       i.unit_en, i.definition_zh, i.definition_en, i.source};
  };
  for (std::size_t k = 0; k < a.columns.size(); ++k) {
    INFO(a.indicators[k].id);
    CHECK(texts(a.indicators[k]) == texts(b.indicators[k]));
    CHECK(a.indicators[k].fraction == b.indicators[k].fraction);
    CHECK(same_bits(a.columns[k].sums(), b.columns[k].sums()));
    CHECK(a.columns[k].reasons() == b.columns[k].reasons());
    CHECK(a.columns[k].reason_of() == b.columns[k].reason_of());
  }
}

inline void check_same(const std::vector<Finding>& a, const std::vector<Finding>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    INFO(a[i].id);
    CHECK(std::vector{a[i].id, a[i].source, a[i].layer, a[i].field} ==
          std::vector{b[i].id, b[i].source, b[i].layer, b[i].field});
    CHECK(a[i].severity == b[i].severity);
    CHECK(a[i].message == b[i].message);
    CHECK(a[i].rows == b[i].rows);
  }
}

inline void check_same(const report::Provenance& a, const report::Provenance& b) {
  CHECK(a.version == b.version);
  CHECK(a.definitions_version == b.definitions_version);
  CHECK(a.parameters == b.parameters);
  REQUIRE(a.layers.size() == b.layers.size());
  for (std::size_t i = 0; i < a.layers.size(); ++i) {
    const report::SourceLayer &one = a.layers[i], &two = b.layers[i];
    CHECK(std::vector{one.source, one.layer, one.role, one.crs} ==
          std::vector{two.source, two.layer, two.role, two.crs});
    CHECK(one.rows == two.rows);
  }
}

inline void check_same(const StatsResult& a, const StatsResult& b) {
  check_same(a.atlas->hierarchy, b.atlas->hierarchy);
  check_same(a.table, b.table);
  check_same(a.findings, b.findings);
  check_same(a.provenance, b.provenance);
}

}  // namespace xiangtu::tests
