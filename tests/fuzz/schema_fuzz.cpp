// Any bytes are a field dictionary or an issue with its place, never a crash; what parses can be asked.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/schema.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto schema = xiangtu::io::Schema::parse(text, "fuzz.toml");
  if (!schema) return 0;
  (void)schema->role_in_layer_name(text);
  (void)schema->match(xiangtu::table::Role::roads, text);
  (void)schema->means_missing(text);
  return 0;
}
