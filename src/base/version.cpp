#include "base/version.hpp"

namespace xiangtu {

std::string_view version() {
  return XIANGTU_VERSION;
}

}  // namespace xiangtu
