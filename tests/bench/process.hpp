// A command run to its end, with what it cost.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace xiangtu::bench {

struct Cost {
  double wall_s = 0;
  double cpu_s = 0;    // of all its threads, in the program and in the system for it
  double peak_mb = 0;  // resident at most; pages of mapped files count
};

struct Command {
  std::vector<std::string> words;                                // the program's path, then its arguments
  std::vector<std::pair<std::string, std::string>> environment;  // set for it alone
};

enum class Output { dropped, kept };

struct Run {
  Cost cost;
  std::string output;  // what it wrote to standard output, where that is kept
};

// From before it is started until it is gone; standard error stays ours. An issue when it cannot be
// started or ends with anything but 0.
Result<Run> run(const Command& command, Output output = Output::dropped);

}  // namespace xiangtu::bench
