// Any bytes are a definition file or an issue with its place, never a crash.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "indicators/definitions.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)xiangtu::indicators::Definitions::parse(std::string_view(reinterpret_cast<const char*>(data), size),
                                                "fuzz.toml");
  return 0;
}
