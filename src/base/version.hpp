#pragma once

#include <string_view>

namespace xiangtu {

// The product's version, as in CMakeLists.txt.
std::string_view version();

}  // namespace xiangtu
