// Any text is a code, a date, a tag or none of them, never a crash; a date that is read reads again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "io/cell.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)xiangtu::io::code_of(text);
  (void)xiangtu::io::year_of(text);
  (void)xiangtu::io::tag_value(text, "surface");
  const auto date = xiangtu::io::iso_date(text);
  if (date && xiangtu::io::iso_date(*date) != date) std::abort();
  return 0;
}
