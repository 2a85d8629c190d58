// Any bytes are a mapping file or an issue with its place, never a crash.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/dataset.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)xiangtu::io::parse_mapping(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  return 0;
}
