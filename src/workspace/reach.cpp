#include "workspace/reach.hpp"

#include <iterator>
#include <utility>

#include "base/text.hpp"

namespace xiangtu::workspace {

namespace {

std::vector<std::pair<std::string, std::string>> parameter_texts(const ReachQuestion& question) {
  const reach::RoadReachOptions& options = question.options;
  const std::string closed = class_list(options.closed_classes);
  auto texts = network_texts(options.network, options.attach, question.parameters);
  texts.insert(texts.begin(), {{"to", options.to == reach::Destination::trunk ? "trunk" : "seat"},
                               {"close_classes", closed}});
  if (options.variants)
    texts.insert(texts.end(), {{"variants_close_classes", closed.empty() ? "4,5" : closed},
                               {"near_m", format_exact(question.parameters.near_m)},
                               {"rai_m", format_exact(question.parameters.rai_m)}});
  return texts;
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
  Result<atlas::Atlas> read = workspace.read_needed(
      reach::needs_of_road_reach(workspace.definitions(), question.options), finest, progress);
  if (!read) return read.issue();
  auto atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
  Result<reach::RoadReach> reach = reach::road_reach(*atlas, workspace.definitions(), question.parameters,
                                                     question.options, question.where, progress);
  if (!reach) return reach.issue();
  ReachResult result{atlas, std::move(*reach), atlas->findings, {}};
  std::move(result.reach.findings.begin(), result.reach.findings.end(), std::back_inserter(result.findings));
  result.provenance = provenance_of(workspace, *atlas, parameter_texts(question));
  return result;
}

}  // namespace xiangtu::workspace
