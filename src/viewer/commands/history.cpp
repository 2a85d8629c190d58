#include "viewer/commands/history.hpp"

#include <string_view>

#include "viewer/commands/document.hpp"
#include "viewer/commands/network.hpp"

namespace xiangtu::viewer {

namespace {

// The scenario's change is the later one of those that can be taken back …
bool scenario_is_back(const AppState& state) {
  const auto& scenario = state.network.done;
  const auto& document = state.document.done;
  return !scenario.empty() && (document.empty() || scenario.back().at > document.back().at);
}

// … and the earlier one of those that can be done again.
bool scenario_is_forth(const AppState& state) {
  const auto& scenario = state.network.undone;
  const auto& document = state.document.undone;
  return !scenario.empty() && (document.empty() || scenario.back().at < document.back().at);
}

std::string subject_in_words(const AppState& state, const std::string& subject) {
  if (!state.region) return subject;
  const Language language = state.catalogue.language();
  for (const render::scene::MapLayer& layer : state.scene.layers())
    if (name_of(layer) == subject) return layer.name;
  for (const indicators::IndicatorInfo& info : state.region->stats.table.indicators)
    if (info.id == subject) return std::string{info.name(language)};
  return subject;
}

std::string name_of_edit(const AppState& state, const EditName& name) {
  return Message(name.pattern, subject_in_words(state, name.subject)).in(state.catalogue);
}

const EditName of_scenario{"change of the scenario", ""};

}  // namespace

std::uint64_t begin_step(AppState& state) {
  state.document.undone.clear();
  state.network.undone.clear();
  return ++state.changes;
}

bool step_back(AppState& state) {
  return scenario_is_back(state) ? undo_scenario(state) : undo(state);
}

bool step_forth(AppState& state) {
  return scenario_is_forth(state) ? redo_scenario(state) : redo(state);
}

bool can_step_back(const AppState& state) {
  return !state.network.done.empty() || !state.document.done.empty();
}

bool can_step_forth(const AppState& state) {
  return !state.network.undone.empty() || !state.document.undone.empty();
}

std::string undo_title(const AppState& state) {
  if (!can_step_back(state)) return Message("Undo").in(state.catalogue);
  const EditName& name = scenario_is_back(state) ? of_scenario : state.document.done.back().name;
  return Message("Undo: {0}", name_of_edit(state, name)).in(state.catalogue);
}

std::string redo_title(const AppState& state) {
  if (!can_step_forth(state)) return Message("Redo").in(state.catalogue);
  const EditName& name = scenario_is_forth(state) ? of_scenario : state.document.undone.back().name;
  return Message("Redo: {0}", name_of_edit(state, name)).in(state.catalogue);
}

}  // namespace xiangtu::viewer
