// Whether a file can be read and is whole, by what its own header says: found before anything is
// counted from it.
#pragma once

#include <string>

#include "base/result.hpp"

namespace xiangtu::io {

// Errors: not there, neither file nor folder (a pipe would wait for ever), no permission to read.
Status check_readable(const std::string& path);

// Checks GeoPackages (and other SQLite files), and shapefiles with their tables and indexes; other
// files pass. Errors: empty, cut off, a shapefile without its index, changes that another program
// has not finished writing.
Status check_file(const std::string& path);

}  // namespace xiangtu::io
