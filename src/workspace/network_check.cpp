#include "workspace/network_check.hpp"

#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "workspace/reach.hpp"

namespace xiangtu::workspace {

Result<NetworkCheckResult> check_network(const Workspace& workspace, const NetworkCheckQuestion& question,
                                         Progress& progress) {
  const reach::DefectOptions& options = question.options;
  Result<atlas::Atlas> read = workspace.read_needed(
      reach::needs_of_network_defects(workspace.definitions(), options), atlas::Level::total, progress);
  if (!read) return read.issue();
  auto atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
  Result<reach::NetworkDefects> check =
      reach::network_defects(*atlas, workspace.definitions(), question.parameters, options, progress);
  if (!check) return check.issue();
  NetworkCheckResult result{atlas, std::move(*check), atlas->findings, {}};
  std::move(result.check.findings.begin(), result.check.findings.end(), std::back_inserter(result.findings));
  auto texts = network_texts(options.network, options.attach, question.parameters);
  texts.push_back({"gap_m", format_exact(options.gap.value)});
  texts.push_back({"overshoot_m", format_exact(options.overshoot.value)});
  result.provenance = provenance_of(workspace, *atlas, std::move(texts));
  return result;
}

}  // namespace xiangtu::workspace
