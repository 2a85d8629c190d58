#include "io/general_formats.hpp"

#include <dlfcn.h>

#include "base/assets.hpp"
#include "base/version.hpp"

namespace xiangtu::io {

namespace {

using Entry = GeneralFormats* (*)();
using Version = const char* (*)();

Result<GeneralFormats*> load() {
  const std::string library = (modules_folder() / "xiangtu_gdal.so").string();
  void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto entry = handle ? reinterpret_cast<Entry>(::dlsym(handle, "xiangtu_general_formats")) : nullptr;
  const auto built =
      handle ? reinterpret_cast<Version>(::dlsym(handle, "xiangtu_general_formats_version")) : nullptr;
  if (entry && built && version() == built()) return entry();
  const char* cause = handle ? "it is of another version" : ::dlerror();
  return Issue{IssueCode::input_unreadable,
               "the program's library for other formats than GeoPackage cannot be loaded ({0}); build or "
               "install the program again",
               cause ? cause : library.c_str()};
}

}  // namespace

Result<GeneralFormats*> general_formats() {
  static const Result<GeneralFormats*> loaded = load();
  return loaded;
}

}  // namespace xiangtu::io
