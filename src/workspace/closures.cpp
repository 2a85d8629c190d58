#include "workspace/closures.hpp"

#include <iterator>
#include <utility>

#include "workspace/reach.hpp"

namespace xiangtu::workspace {

Result<ClosureResult> compute_closures(const Workspace& workspace, const ClosureQuestion& question,
                                       Progress& progress) {
  const atlas::Level finest = question.where.empty() ? atlas::Level::township : atlas::Level::village;
  Result<atlas::Atlas> read = workspace.read_needed(
      reach::needs_of_closure_scan(workspace.definitions(), question.options), finest, progress);
  if (!read) return read.issue();
  auto atlas = std::make_shared<const atlas::Atlas>(std::move(*read));
  Result<reach::ClosureScan> scan = reach::closure_scan(*atlas, workspace.definitions(), question.parameters,
                                                        question.options, question.where, progress);
  if (!scan) return scan.issue();
  ClosureResult result{atlas, std::move(*scan), atlas->findings, {}};
  std::move(result.scan.findings.begin(), result.scan.findings.end(), std::back_inserter(result.findings));
  auto texts = network_texts(question.options.network, question.options.attach, question.parameters);
  if (!question.options.pair_classes.empty())
    texts.insert(texts.begin(), {"pairs", class_list(question.options.pair_classes)});
  const bool both = question.options.to_trunk && question.options.to_seat;
  texts.insert(texts.begin(), {"to", both ? "trunk,seat" : question.options.to_trunk ? "trunk" : "seat"});
  result.provenance = provenance_of(workspace, *atlas, std::move(texts));
  return result;
}

}  // namespace xiangtu::workspace
