// The window as a part that is loaded when it is opened: base/module.hpp.
#include "base/module.hpp"
#include "base/version.hpp"
#include "viewer/viewer.hpp"

extern "C" xiangtu::Module xiangtu_module() {
  return {xiangtu::version().data(), reinterpret_cast<void*>(&xiangtu::viewer::run_viewer)};
}
