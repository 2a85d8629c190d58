// What tells whether sources are still the same.
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <vector>

namespace xiangtu::io {

struct SourceIdentity {
  std::vector<std::string> files;  // all that belong to the sources
  // A line per file: path, size, times of change to the nanosecond, inode, and a fingerprint of its bytes:
  // its beginning, where databases count their changes, its end, and pieces between.
  std::string text;
  // False where a file was changed so lately before `now` that another change could go unnoticed.
  bool settled = true;
};

// Of datasets, and of folders with their files. None where a source is no file (a database), where its format
// may lead to other files, or where there are too many.
std::optional<SourceIdentity> identity_of(const std::vector<std::string>& sources,
                                          std::time_t now = std::time(nullptr));

// Of files by themselves, whatever is in them.
std::optional<SourceIdentity> identity_of_files(const std::vector<std::string>& files,
                                                std::time_t now = std::time(nullptr));

}  // namespace xiangtu::io
