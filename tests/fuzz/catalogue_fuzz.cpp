// Any bytes are a translation catalogue or an issue, never a crash.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/catalogue.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto catalogue =
      xiangtu::Catalogue::parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (catalogue) (void)(*catalogue)("reading roads");
  return 0;
}
