#include "viewer/commands/scenarios.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "io/atomic_file.hpp"
#include "reach/scenario_file.hpp"
#include "report/scenario_report.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/regions.hpp"

namespace xiangtu::viewer {

using reach::Scenario;

void keep_scenario(AppState& state) {
  NetworkState& network = state.network;
  if (!network.answer || !(network.answered == network.scenario)) return;
  network.scenario.name = network.name;
  network.answered.name = network.name;
  KeptScenario kept{network.scenario, network.answer};
  const auto same = std::find_if(network.kept.begin(), network.kept.end(), [&](const KeptScenario& other) {
    return other.scenario.name == kept.scenario.name;
  });
  if (same != network.kept.end())
    *same = std::move(kept);
  else
    network.kept.push_back(std::move(kept));
}

void take_kept(AppState& state, std::size_t kept) {
  if (kept < state.network.kept.size()) set_scenario(state, state.network.kept[kept].scenario);
}

void forget_kept(AppState& state, std::size_t kept) {
  std::vector<KeptScenario>& all = state.network.kept;
  if (kept < all.size()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept));
}

Status save_scenario(const AppState& state, const std::string& path) {
  if (!state.region) return {};
  Scenario scenario = state.network.scenario;
  if (scenario.name.empty()) scenario.name = state.network.name;
  return io::write_file(path, reach::scenario_text(scenario, state.region->atlas()));
}

Status open_scenario(AppState& state, const std::string& path) {
  if (!state.region) return {};
  const auto text = io::read_file(path);
  if (!text) return text.issue();
  auto read = reach::parse_scenario(*text, path, state.region->atlas());
  if (!read) return read.issue();
  state.network.shown = state.network.to_front = true;
  state.network.name = read->name;
  set_scenario(state, std::move(*read));
  return {};
}

namespace {

// As it is, the kept ones, and the one in work where it is none of them.
std::vector<report::NamedScenario> named_scenarios(const AppState& state) {
  const NetworkState& network = state.network;
  std::vector<report::NamedScenario> named;
  if (network.base) named.push_back({"", &network.base->reach, {}, {}});
  const auto add = [&](const std::string& name, const reach::ScenarioReach& answer) {
    named.push_back({name, &answer.reach, answer.won, answer.lost});
  };
  bool in_work_is_kept = network.answered.is_empty();
  for (const KeptScenario& kept : network.kept) {
    add(kept.scenario.name, *kept.answer);
    in_work_is_kept = in_work_is_kept || kept.scenario == network.answered;
  }
  if (network.answer && !in_work_is_kept) add(network.name.empty() ? "?" : network.name, *network.answer);
  return named;
}

using Writer = Status (*)(const report::ScenarioReport&, const report::TextSink&, const Progress&);

Status write_scenarios(const AppState& state, const std::string& path, Writer write) {
  if (!state.region || !state.network.base) return {};
  const std::vector<report::NamedScenario> scenarios = named_scenarios(state);
  std::string text;
  const Status written =
      write({state.region->hierarchy(), scenarios}, report::collect_into(text), Progress{});
  return written ? io::write_file(path, text) : written;
}

}  // namespace

Status export_scenarios(const AppState& state, const std::string& path) {
  return write_scenarios(state, path, report::write_units_csv);
}

Status export_won_and_lost(const AppState& state, const std::string& path) {
  return write_scenarios(state, path, report::write_changes_csv);
}

SavedScenarios saved_scenarios(const AppState& state) {
  const NetworkState& network = state.network;
  if (!network.region || !network.model) return network.saved;
  SavedScenarios saved;
  const atlas::Atlas& atlas = network.region->atlas();
  for (const KeptScenario& kept : network.kept)
    saved.kept.push_back(reach::scenario_text(kept.scenario, atlas));
  if (!network.scenario.is_empty()) saved.in_work = reach::scenario_text(network.scenario, atlas);
  return saved;
}

SavedScenarios scenarios_for(const AppState& state, const Region& region) {
  const auto& before = state.network.region;
  const bool is_other = before && before->opened.sources != region.opened.sources;
  return is_other ? SavedScenarios{} : saved_scenarios(state);
}

TakenScenarios taken_up(const SavedScenarios& saved, const reach::ScenarioModel& model, atlas::Level by,
                        const Progress& progress) {
  TakenScenarios taken;
  const auto read = [&](const std::string& text) {
    auto scenario = reach::parse_scenario(text, "scenario", *model.atlas());
    if (!scenario) taken.issues.push_back(scenario.issue());
    return scenario ? std::move(*scenario) : Scenario{};
  };
  for (const std::string& text : saved.kept) {
    Scenario scenario = read(text);
    if (scenario.is_empty()) continue;
    auto answer = model.ask(scenario, by, progress);
    if (answer)
      taken.kept.push_back(
          {std::move(scenario), std::make_shared<const reach::ScenarioReach>(std::move(*answer))});
  }
  if (!saved.in_work.empty()) taken.in_work = read(saved.in_work);
  return taken;
}

void put_back(AppState& state, TakenScenarios taken) {
  NetworkState& network = state.network;
  network.saved = {};
  network.kept = std::move(taken.kept);
  if (network.scenario.is_empty()) {
    network.name = taken.in_work.name;
    network.scenario = std::move(taken.in_work);
  }
  for (const Issue& issue : taken.issues) report(state, issue);
}

}  // namespace xiangtu::viewer
