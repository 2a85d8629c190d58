#include "workspace/outputs.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace xiangtu::workspace {

std::vector<std::string> source_files(const Workspace& workspace) {
  std::vector<std::string> sources = workspace.sources();
  for (const io::LayerInfo& layer : workspace.layers())
    if (std::find(sources.begin(), sources.end(), layer.source) == sources.end())
      sources.push_back(layer.source);
  return sources;
}

Status check_outputs(const std::vector<std::string>& sources, const std::vector<std::string>& outputs) {
  std::error_code error;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].empty()) continue;
    for (const std::string& source : sources)
      if (std::filesystem::equivalent(outputs[i], source, error))
        return Issue{IssueCode::output_unwritable,
                     "{0} is one of the sources and is not written over; choose another file for the result",
                     outputs[i]};
    for (std::size_t k = 0; k < i; ++k)
      if (outputs[k] == outputs[i] || std::filesystem::equivalent(outputs[k], outputs[i], error))
        return Issue{IssueCode::usage, "{0} is named for two results; give each a file of its own",
                     outputs[i]};
  }
  return {};
}

}  // namespace xiangtu::workspace
