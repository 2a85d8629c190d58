// The thresholds that figures are computed with, for the commands that compute or open them.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/command_line.hpp"
#include "indicators/parameters.hpp"

namespace xiangtu::cli {

struct ThresholdOptions {
  indicators::Parameters parameters;
  std::string eligible = "30/150";
  bool soft_blocks = false;
};

void add_threshold_options(CLI::App& app, ThresholdOptions& options, const Catalogue& catalogue);
// As asked; where no option says otherwise, as a workspace file among the sources has it. app: to which the
// options were added, after it was parsed.
Result<indicators::Parameters> thresholds_of(const CLI::App& app, const ThresholdOptions& options,
                                             const workspace::OpenOptions& sources);

}  // namespace xiangtu::cli
