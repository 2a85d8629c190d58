// What is measured: questions to the program, each with the least that has to be read to answer it.
#pragma once

#include <string>
#include <vector>

namespace xiangtu::bench {

struct Task {
  std::string name;                    // T1, T2 …
  std::string what;                    // for people
  std::vector<std::string> arguments;  // after `stats REGION -q --format csv`, or another command
  std::vector<std::string> reads;      // LAYER:COLUMN,COLUMN… for the floor
  bool warm = false;                   // run with the program's cache filled, else without a cache
  std::string command = "stats";       // only stats has a cache
};

// In the order in which they run.
const std::vector<Task>& all_tasks();

}  // namespace xiangtu::bench
