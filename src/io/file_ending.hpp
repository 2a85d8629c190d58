// The ending of a file's name, by which formats are told.
#pragma once

#include <filesystem>
#include <string>

namespace xiangtu::io {

// With its dot, ASCII letters in lower case: ".shp"; empty for none.
inline std::string ending_of(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ending;
}

}  // namespace xiangtu::io
