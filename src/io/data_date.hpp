// How old data is.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xiangtu::io {

// The day when the newest of some sources was last changed, "2023-08-18": by what a GeoPackage says of its
// own layers, which stays true when it is copied, else by the file's time here. None where no source is a
// file.
std::optional<std::string> data_date(const std::vector<std::string>& sources);

}  // namespace xiangtu::io
