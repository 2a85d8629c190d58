#include "base/user_folders.hpp"

#include <cstdlib>

namespace xiangtu {

namespace fs = std::filesystem;

fs::path config_folder() {
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder && *folder)
    return fs::path{folder} / "xiangtu";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path{home} / ".config" / "xiangtu";
  return {};
}

}  // namespace xiangtu
