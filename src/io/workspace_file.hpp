// A workspace: one .toml file that lists the sources of a region and how they are mapped, so that it
// can be opened like a dataset and mailed with its folder.
//
//   sources = ["roads.shp", "villages.gpkg"]   # relative to the file
//   [[layer]]                                  # as in a mapping file
//   …
//   definitions = ["own.toml"]                 # indicators of the user's own
//   [parameters]                               # thresholds of the figures
//   near_m = 1500
//   [map] … [styles.…]                         # how the map is drawn; read where it is drawn
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/dataset.hpp"

namespace xiangtu::io {

struct NamedValue {
  std::string name, value;
  std::string place;  // "FILE, line L, column C"
};

struct SourceList {
  std::vector<std::string> paths;
  Mapping mapping;
  std::vector<NamedValue> parameters;    // numbers, "true" and "false" as text
  std::vector<std::string> definitions;  // files of indicators of the user's own
};

// Replaces every .toml among the sources by the sources that it lists.
Result<SourceList> expand_sources(const std::vector<std::string>& sources);

// The last workspace file among some sources as it stands; none where there is none.
struct WorkspaceText {
  std::string path, text;
  std::string path_at(const std::string& said) const;  // what it means by a path
};
Result<std::optional<WorkspaceText>> last_workspace(const std::vector<std::string>& sources);

// A path as a file in a folder says it: relative where it lies in the folder or below it, so that both can
// move together. A connection's password is left out.
std::string path_from(const std::string& source, const std::string& folder);

// As a workspace file in that folder says it: paths in it are relative. A connection's password is left out.
std::string to_toml(const SourceList& list, const std::string& folder);

}  // namespace xiangtu::io
