// Road reach of the villages of opened sources.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "reach/road_reach.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

struct ReachQuestion {
  reach::RoadReachOptions options;
  std::string where;  // only villages and units of this unit; empty: all
  indicators::Parameters parameters;
  std::string scenario;  // file of changes to try out; empty: none
};

// "4,5".
std::string class_list(std::span<const int> condition_classes);

// How a network was asked, as it is printed with a result.
std::vector<std::pair<std::string, std::string>> network_texts(const reach::NetworkOptions& network,
                                                               const reach::AttachOptions& attach,
                                                               const indicators::Parameters& parameters);

// The layer and the units of the answer are of the atlas.
struct ReachResult {
  std::shared_ptr<const atlas::Atlas> atlas;
  reach::RoadReach reach;
  std::vector<Finding> findings;  // of reading, placing and searching
  report::Provenance provenance;
};

Result<ReachResult> compute_reach(const Workspace& workspace, const ReachQuestion& question,
                                  Progress& progress);

}  // namespace xiangtu::workspace
