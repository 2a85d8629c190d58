#include "io/general_formats.hpp"

#include "base/module.hpp"

namespace xiangtu::io {

Result<GeneralFormats*> general_formats() {
  static const Result<void*> loaded = load_module("xiangtu_gdal.so");
  if (!loaded) return loaded.issue();
  return static_cast<GeneralFormats*>(*loaded);
}

}  // namespace xiangtu::io
