// Parts of the program in libraries of their own beside it, loaded when they are first needed: to link what
// GDAL and PROJ bring takes longer than to answer a question that needs neither.
#pragma once

#include "base/result.hpp"

namespace xiangtu {

// What such a library's one function gives: extern "C" xiangtu::Module xiangtu_module().
struct Module {
  const char* version;  // of the program it was built with
  void* part;           // what its header in the program says it is; lives as long as the program
};

// `library`: the file's name, e.g. "xiangtu_gdal.so". Error: it is not there or of another version. From any
// thread; not cheap, so the caller keeps the answer.
Result<void*> load_module(const char* library);

}  // namespace xiangtu
