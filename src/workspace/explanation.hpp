// A figure of opened sources, opened to the rows that it is counted from.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "indicators/explanation.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

struct ExplainQuestion {
  std::string indicator;  // its id
  std::string unit;       // its code; empty: the total
  indicators::Parameters parameters;
};

// The explanation points into the atlas and into the workspace's definitions, which outlive it.
struct ExplainResult {
  std::shared_ptr<const atlas::Atlas> atlas;
  indicators::Explanation explanation;
  std::vector<Finding> findings;  // of reading, placing and counting
  report::Provenance provenance;
};

// The figure is that of compute_stats for the same unit.
Result<ExplainResult> compute_explanation(const Workspace& workspace, const ExplainQuestion& question,
                                          Progress& progress);
// On an atlas that is in memory already.
Result<ExplainResult> compute_explanation(const Workspace& workspace,
                                          std::shared_ptr<const atlas::Atlas> atlas,
                                          const ExplainQuestion& question, Progress& progress);

}  // namespace xiangtu::workspace
