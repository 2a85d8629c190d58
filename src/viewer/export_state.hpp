// What the user wants of the map as a file.
#pragma once

#include <string>
#include <vector>

#include "print/print_map.hpp"

namespace xiangtu::viewer {

struct ExportState {
  print::SheetOptions sheet{"A4", 200, {}, std::nullopt, {}};  // but its file
  std::string ending = ".png";                                 // that was chosen last
  std::vector<std::string> titled;                             // the sources that the title is of
};

}  // namespace xiangtu::viewer
