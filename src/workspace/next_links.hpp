// What to build so that the villages of opened sources are connected.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reach/next_links.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

struct LinkQuestion {
  reach::LinkOptions options;
  std::string where;  // only villages of this unit; empty: all
  indicators::Parameters parameters;
};

// The layers and the units of the answer are of the atlas.
struct LinkResult {
  std::shared_ptr<const atlas::Atlas> atlas;
  reach::NextLinks links;
  std::vector<Finding> findings;  // of reading, placing and searching
  report::Provenance provenance;
};

Result<LinkResult> compute_links(const Workspace& workspace, const LinkQuestion& question,
                                 Progress& progress);

}  // namespace xiangtu::workspace
