// Where the program's own data files are: indicator definitions, field dictionary, styles, locale.
#pragma once

#include <filesystem>
#include <string_view>

namespace xiangtu {

// The folder with indicators.toml and its neighbours: $XIANGTU_ASSETS, else ../share/xiangtu/assets
// beside the program, else the source tree that the program was built from.
std::filesystem::path assets_folder();

// The folder of GLSL sources, found the same way (a sibling of the assets folder).
std::filesystem::path shaders_folder();

// The folder of the program's own libraries: ../lib/xiangtu beside the program, else the program's folder.
std::filesystem::path modules_folder();

// The compiled catalogue of a language, e.g. "zh": beside the program or in assets/locale.
std::filesystem::path locale_file(std::string_view language);

}  // namespace xiangtu
