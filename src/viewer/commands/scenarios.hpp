// Scenarios that are kept beside the one that is worked on: compared, saved, exported, and there again the
// next day.
#pragma once

#include <string>
#include <vector>

#include "base/message.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// Keeps the scenario under the name that is typed, in place of one of that name; needs its answer.
void keep_scenario(AppState& state);
void take_kept(AppState& state, std::size_t kept);
void forget_kept(AppState& state, std::size_t kept);

// As a file, for others and for `xiangtu reach --scenario`.
Status save_scenario(const AppState& state, const std::string& path);
Status open_scenario(AppState& state, const std::string& path);

// What the scenarios come to, as CSV (report/scenario_report.hpp): by unit, and who is won and lost.
Status export_scenarios(const AppState& state, const std::string& path);
Status export_won_and_lost(const AppState& state, const std::string& path);

// All of them, for a session.
SavedScenarios saved_scenarios(const AppState& state);
// Those that a region goes on with: of the same sources, read again.
SavedScenarios scenarios_for(const AppState& state, const Region& region);

// Scenarios that fit a model's data again; those that do not are said.
struct TakenScenarios {
  std::vector<KeptScenario> kept;
  reach::Scenario in_work;
  std::vector<Issue> issues;
};
TakenScenarios taken_up(const SavedScenarios& saved, const reach::ScenarioModel& model, atlas::Level by,
                        const Progress& progress);
void put_back(AppState& state, TakenScenarios taken);

}  // namespace xiangtu::viewer
