// The drawing of the roads of opened sources, checked as a network.
#pragma once

#include <memory>
#include <vector>

#include "reach/defects.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

struct NetworkCheckQuestion {
  reach::DefectOptions options;
  indicators::Parameters parameters;
};

// The layers of the answer are of the atlas.
struct NetworkCheckResult {
  std::shared_ptr<const atlas::Atlas> atlas;
  reach::NetworkDefects check;
  std::vector<Finding> findings;  // of reading, placing and checking
  report::Provenance provenance;
};

Result<NetworkCheckResult> check_network(const Workspace& workspace, const NetworkCheckQuestion& question,
                                         Progress& progress);

}  // namespace xiangtu::workspace
