// What is tried out on the road network: a scenario, its answer, and those that were kept.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reach/scenario.hpp"
#include "viewer/bottom_tab.hpp"

namespace xiangtu::viewer {

struct Region;

// A scenario with what it came to when it was kept.
struct KeptScenario {
  reach::Scenario scenario;
  std::shared_ptr<const reach::ScenarioReach> answer;
};

// Scenarios as texts (reach/scenario_file.hpp), which outlive the region that they are of.
struct SavedScenarios {
  std::vector<std::string> kept;
  std::string in_work;  // empty: none
  bool empty() const { return kept.empty() && in_work.empty(); }
};

struct ScenarioStep {
  reach::Scenario other;  // before the change; after it where it was undone
  std::uint64_t at = 0;   // its place among all changes in the window
};

struct NetworkState : BottomTab {
  bool coloured = true;  // units carry the scenario's shares while the tab is in front
  // Built in the background when the tab is first looked at, for the region that it belongs to.
  std::shared_ptr<const Region> region;
  std::shared_ptr<const reach::ScenarioModel> model;
  bool building = false;
  std::optional<Issue> issue;  // why there is no model

  reach::Scenario scenario;                            // that is worked on
  std::vector<ScenarioStep> done, undone;              // the latest last
  std::shared_ptr<const reach::ScenarioReach> answer;  // null: none yet
  std::shared_ptr<const reach::ScenarioReach> base;    // without changes, of the same units
  reach::Scenario answered;                            // of what, and at which level
  atlas::Level answered_by = atlas::Level::county;
  bool asking = false;
  // The way of the selected village, in the scenario of the answer; empty where there is none.
  std::optional<RowIx> way_of;
  reach::Scenario way_in;
  reach::WayLine way;
  bool finding_way = false;
  std::uint64_t answers = 0;  // that came so far
  std::vector<KeptScenario> kept;
  SavedScenarios saved;  // to be taken up when the model is there
  std::string name;      // as it is typed
};

}  // namespace xiangtu::viewer
