#include "workspace/explanation.hpp"

#include <iterator>
#include <utility>

namespace xiangtu::workspace {

namespace {

// One indicator, not several by a pattern.
Result<const indicators::Definition*> asked(const Workspace& workspace, const std::string& indicator) {
  const auto selected = workspace.definitions().select("", {indicator});
  if (!selected) return selected.issue();
  if (selected->size() == 1) return selected->front();
  return Issue{IssueCode::usage, "'{0}' stands for {1} indicators; name one of them", indicator,
               std::to_string(selected->size())};
}

}  // namespace

Result<ExplainResult> compute_explanation(const Workspace& workspace, const ExplainQuestion& question,
                                          Progress& progress) {
  const auto definition = asked(workspace, question.indicator);
  if (!definition) return definition.issue();
  // A unit that is asked for may be of any level.
  Result<atlas::Atlas> atlas =
      workspace.read_for({*definition}, atlas::Level::village, progress, {"code", "name"});
  if (!atlas) return atlas.issue();
  return compute_explanation(workspace, std::make_shared<const atlas::Atlas>(std::move(*atlas)), question,
                             progress);
}

Result<ExplainResult> compute_explanation(const Workspace& workspace,
                                          std::shared_ptr<const atlas::Atlas> atlas,
                                          const ExplainQuestion& question, Progress& progress) {
  const auto definition = asked(workspace, question.indicator);
  if (!definition) return definition.issue();
  const Result<UnitIx> unit = atlas->hierarchy.asked(question.unit);
  if (!unit) return unit.issue();
  auto explanation = indicators::explain(*atlas, workspace.definitions(), **definition, *unit,
                                         question.parameters, progress);
  if (!explanation) return explanation.issue();
  ExplainResult result{atlas, std::move(*explanation), atlas->findings, {}};
  auto& found = result.explanation.findings;
  std::move(found.begin(), found.end(), std::back_inserter(result.findings));
  result.provenance = provenance_of(workspace, *atlas, parameter_texts(question.parameters));
  return result;
}

}  // namespace xiangtu::workspace
