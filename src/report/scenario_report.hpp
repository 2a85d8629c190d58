// Scenarios beside each other as CSV.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "atlas/hierarchy.hpp"
#include "base/progress.hpp"
#include "reach/road_reach.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// All that is referred to outlives the call. won, lost: positions among the villages of the answer.
struct NamedScenario {
  std::string name;  // empty: as it is
  const reach::RoadReach* reach;
  std::span<const std::uint32_t> won, lost;
};

struct ScenarioReport {
  const atlas::Hierarchy& hierarchy;
  std::span<const NamedScenario> scenarios;
};

// A line for each scenario and unit, the total first: scenario, level, code, name, villages, attached,
// connected, unknown, value, low, high, population, population_connected, population_unknown.
Status write_units_csv(const ScenarioReport& report, const TextSink& sink, const Progress& progress);
// A line for each scenario and village that it wins or loses: scenario, change, code, name, row, unit,
// distance_m.
Status write_changes_csv(const ScenarioReport& report, const TextSink& sink, const Progress& progress);

}  // namespace xiangtu::report
