#include "workspace/next_links.hpp"

#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "workspace/reach.hpp"

namespace xiangtu::workspace {

namespace {

std::vector<std::pair<std::string, std::string>> parameter_texts(const LinkQuestion& question) {
  const reach::LinkOptions& options = question.options;
  const reach::NetworkOptions& network = options.network;
  return {{"attach_m", format_exact(options.attach_within.value)},
          {"new_road_m", format_exact(options.new_road_within.value)},
          {"close_classes", class_list(options.closed_classes)},
          {"length", network.length == reach::LengthBy::geodesic ? "geodesic" : "ledger"},
          {"bridge_m", format_exact(network.bridge_within.value)},
          {"join", network.join == reach::Join::all ? "all" : "ends"},
          {"join_m", format_exact(network.join_within.value)},
          {"hardened_blocks", question.parameters.hardened_blocks ? "true" : "false"},
          {"harden_yuan_per_km", format_exact(options.costs.harden_yuan_per_km)},
          {"new_road_yuan_per_km", format_exact(options.costs.new_road_yuan_per_km)},
          {"rebuild_bridge_yuan_per_m", format_exact(options.costs.rebuild_bridge_yuan_per_m)},
          {"unknown_bridge_m", format_exact(options.costs.bridge_m)}};
}

}  // namespace

Result<LinkResult> compute_links(const Workspace& workspace, const LinkQuestion& question,
                                 Progress& progress) {
  const atlas::Level finest = question.where.empty() ? atlas::Level::township : atlas::Level::village;
  Result<atlas::Atlas> read = workspace.read_needed(
      reach::needs_of_next_links(workspace.definitions(), question.options), finest, progress);
  if (!read) return read.issue();
  auto atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
  Result<reach::NextLinks> links = reach::next_links(*atlas, workspace.definitions(), question.parameters,
                                                     question.options, question.where, progress);
  if (!links) return links.issue();
  LinkResult result{atlas, std::move(*links), atlas->findings, {}};
  std::move(result.links.findings.begin(), result.links.findings.end(), std::back_inserter(result.findings));
  result.provenance = provenance_of(workspace, *atlas, parameter_texts(question));
  return result;
}

}  // namespace xiangtu::workspace
