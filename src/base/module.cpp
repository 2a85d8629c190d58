#include "base/module.hpp"

#include <dlfcn.h>

#include <string>

#include "base/assets.hpp"
#include "base/version.hpp"

namespace xiangtu {

Result<void*> load_module(const char* library) {
  const std::string path = (modules_folder() / library).string();
  void* handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto entry = handle ? reinterpret_cast<Module (*)()>(::dlsym(handle, "xiangtu_module")) : nullptr;
  if (entry && version() == entry().version) return entry().part;
  const char* cause = handle ? "it is of another version" : ::dlerror();
  return Issue{IssueCode::input_unreadable,
               "a part of the program cannot be loaded ({0}); build or install the program again",
               cause ? cause : path.c_str()};
}

}  // namespace xiangtu
