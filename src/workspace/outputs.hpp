// Results never go over what they are computed from.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

// What was named, and every file that layers come from.
std::vector<std::string> source_files(const Workspace& workspace);
// … nor over each other. Errors: output_unwritable, usage.
Status check_outputs(const std::vector<std::string>& sources, const std::vector<std::string>& outputs);

}  // namespace xiangtu::workspace
