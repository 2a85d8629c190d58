// How old data is.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xiangtu::io {

struct DataDate {
  std::string day;       // "2023-08-18"
  bool of_file = false;  // the file's time here, which is later than the data where it was copied
  bool operator==(const DataDate&) const = default;
};

// The day when the newest of some sources was last changed: by what a GeoPackage says of its
// own layers, which stays true when it is copied, else by the file's time here. None where no source is a
// file.
std::optional<DataDate> data_date(const std::vector<std::string>& sources);

}  // namespace xiangtu::io
