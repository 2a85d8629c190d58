// Where figures came from and how they were computed; goes into every output. Nothing here depends
// on the clock or the machine: the same data gives the same bytes next month.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace xiangtu::report {

struct SourceLayer {
  std::string source;
  std::string layer;
  std::string role;
  std::string crs;
  std::uint64_t rows = 0;
};

struct Provenance {
  std::string version;                                          // of the program
  std::string definitions_version;                              // of the definitions, with their hash
  std::vector<SourceLayer> layers;                              // those that were read
  std::vector<std::pair<std::string, std::string>> parameters;  // name, value
};

}  // namespace xiangtu::report
