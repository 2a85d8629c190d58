#include "render/text/characters.hpp"

#include <cstddef>

namespace xiangtu::render::text {

std::vector<char32_t> characters(std::string_view utf8) {
  std::vector<char32_t> result;
  result.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    bool good = length > 0 && i + length <= utf8.size();
    char32_t character = length == 1 ? lead : length == 2 ? lead & 31u : length == 3 ? lead & 15u : lead & 7u;
    for (std::size_t k = 1; good && k < length; ++k) {
      const auto byte = static_cast<unsigned char>(utf8[i + k]);
      good = (byte & 0xC0) == 0x80;
      character = character << 6 | (byte & 63u);
    }
    result.push_back(good ? character : U'\uFFFD');
    i += good ? length : 1;
  }
  return result;
}

}  // namespace xiangtu::render::text
