// What the closure of each bridge of opened sources would do.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reach/closures.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

struct ClosureQuestion {
  reach::ClosureOptions options;
  std::string where;  // only villages of this unit; empty: all
  indicators::Parameters parameters;
};

// The layers and the units of the answer are of the atlas.
struct ClosureResult {
  std::shared_ptr<const atlas::Atlas> atlas;
  reach::ClosureScan scan;
  std::vector<Finding> findings;  // of reading, placing and searching
  report::Provenance provenance;
};

Result<ClosureResult> compute_closures(const Workspace& workspace, const ClosureQuestion& question,
                                       Progress& progress);

}  // namespace xiangtu::workspace
