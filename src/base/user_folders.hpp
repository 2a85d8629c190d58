// Where a user's own settings are.
#pragma once

#include <filesystem>

namespace xiangtu {

// $XDG_CONFIG_HOME/xiangtu, else ~/.config/xiangtu; empty where neither is known. It may not exist yet.
std::filesystem::path config_folder();

}  // namespace xiangtu
