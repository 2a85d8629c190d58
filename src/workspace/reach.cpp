#include "workspace/reach.hpp"

#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "io/atomic_file.hpp"
#include "reach/scenario_file.hpp"

namespace xiangtu::workspace {

namespace {

std::vector<std::pair<std::string, std::string>> parameter_texts(const ReachQuestion& question) {
  const reach::RoadReachOptions& options = question.options;
  const std::string closed = class_list(options.closed_classes);
  auto texts = network_texts(options.network, options.attach, question.parameters);
  texts.insert(texts.begin(), {{"to", options.to == reach::Destination::trunk ? "trunk" : "seat"},
                               {"close_classes", closed}});
  if (!question.scenario.empty()) texts.insert(texts.begin(), {"scenario", question.scenario});
  if (options.variants)
    texts.insert(texts.end(), {{"variants_close_classes", closed.empty() ? "4,5" : closed},
                               {"near_m", format_exact(question.parameters.near_m)},
                               {"rai_m", format_exact(question.parameters.rai_m)}});
  return texts;
}

Result<reach::RoadReach> reach_in_scenario(const std::shared_ptr<const atlas::Atlas>& atlas,
                                           const indicators::Definitions& definitions,
                                           const ReachQuestion& question, Progress& progress) {
  const Result<std::string> text = io::read_file(question.scenario);
  if (!text) return text.issue();
  const auto scenario = reach::parse_scenario(*text, question.scenario, *atlas);
  if (!scenario) return scenario.issue();
  const auto model =
      reach::ScenarioModel::build(atlas, definitions, question.parameters, question.options, progress);
  if (!model) return model.issue();
  Result<reach::ScenarioReach> asked = (*model)->ask(*scenario, question.options.by, progress);
  if (!asked) return asked.issue();
  asked->reach.findings = (*model)->as_it_is().findings;
  if (!asked->loose.empty()) {
    Finding loose{"scenario.loose_link",
                  Severity::warning,
                  question.scenario,
                  "link",
                  "line",
                  Message("the new road joins no road: it crosses none and no position of it lies within a "
                          "metre of one; draw "
                          "it up to a road"),
                  {}};
    for (const std::uint32_t link : asked->loose) loose.rows.push_back(link + 1);
    asked->reach.findings.push_back(std::move(loose));
  }
  return std::move(asked->reach);
}

}  // namespace

std::string class_list(std::span<const int> condition_classes) {
  std::string text;
  for (const int condition_class : condition_classes)
    text += (text.empty() ? "" : ",") + std::to_string(condition_class);
  return text;
}

std::vector<std::pair<std::string, std::string>> network_texts(const reach::NetworkOptions& network,
                                                               const reach::AttachOptions& attach,
                                                               const indicators::Parameters& parameters) {
  return {{"attach", attach.attach == reach::Attach::edge ? "edge" : "node"},
          {"attach_m", format_exact(attach.within.value)},
          {"over", network.over == reach::Over::hardened ? "hardened" : "any"},
          {"length", network.length == reach::LengthBy::geodesic ? "geodesic" : "ledger"},
          {"bridge_m", format_exact(network.bridge_within.value)},
          {"join", network.join == reach::Join::all ? "all" : "ends"},
          {"join_m", format_exact(network.join_within.value)},
          {"hardened_blocks", parameters.hardened_blocks ? "true" : "false"}};
}

Result<ReachResult> compute_reach(const Workspace& workspace, const ReachQuestion& question,
                                  Progress& progress) {
  const atlas::Level finest = !question.where.empty() ? atlas::Level::village
                              : question.options.to == reach::Destination::seat
                                  ? std::max(question.options.by, atlas::Level::township)
                                  : question.options.by;
  indicators::Needs needs = reach::needs_of_road_reach(workspace.definitions(), question.options);
  if (!question.scenario.empty()) reach::need_scenarios(needs);
  Result<atlas::Atlas> read = workspace.read_needed(needs, finest, progress);
  if (!read) return read.issue();
  auto atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
  Result<reach::RoadReach> reach =
      question.scenario.empty() ? reach::road_reach(*atlas, workspace.definitions(), question.parameters,
                                                    question.options, question.where, progress)
                                : reach_in_scenario(atlas, workspace.definitions(), question, progress);
  if (!reach) return reach.issue();
  ReachResult result{atlas, std::move(*reach), atlas->findings, {}};
  std::move(result.reach.findings.begin(), result.reach.findings.end(), std::back_inserter(result.findings));
  result.provenance = provenance_of(workspace, *atlas, parameter_texts(question));
  return result;
}

}  // namespace xiangtu::workspace
