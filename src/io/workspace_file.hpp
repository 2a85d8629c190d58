// A workspace: one .toml file that lists the sources of a region and how they are mapped, so that it
// can be opened like a dataset and mailed with its folder.
//
//   sources = ["roads.shp", "villages.gpkg"]   # relative to the file
//   [[layer]]                                  # as in a mapping file
//   …
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/dataset.hpp"

namespace xiangtu::io {

struct SourceList {
  std::vector<std::string> paths;
  Mapping mapping;
};

// Replaces every .toml among the sources by the sources that it lists.
Result<SourceList> expand_sources(const std::vector<std::string>& sources);

}  // namespace xiangtu::io
