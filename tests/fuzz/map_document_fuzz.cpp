// Any bytes are styles and a map's setup, or an issue with its place, never a crash; and what was read is
// written so that it is read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "render/scene/map_document.hpp"

namespace scene = xiangtu::render::scene;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto sheet = scene::StyleSheet::parse(text, "fuzz.toml")) {
    const auto again = scene::StyleSheet::parse(to_toml(*sheet, scene::StyleSheet{}), "again.toml");
    if (!again || *again != *sheet) std::abort();
  }
  if (const auto map = scene::read_map(text, "fuzz.toml")) {
    const auto again = scene::read_map(to_toml(*map), "again.toml");
    if (!again) std::abort();
  }
  return 0;
}
