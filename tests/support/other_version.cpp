// A part of another version of the program, for the test that such a one is refused.
#include "base/module.hpp"

extern "C" xiangtu::Module xiangtu_module() {
  return {"0.0.0", nullptr};
}
