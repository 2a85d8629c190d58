// Any bytes have an encoding or none, never a crash; what is called UTF-8 is mostly that.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/text_encoding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)xiangtu::io::encoding_of_bytes(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
