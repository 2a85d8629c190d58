#include "base/character_set.hpp"

#include <unicode/utf8.h>

namespace xiangtu {

void CharacterSet::add(std::string_view utf8) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int64_t>(utf8.size());
  for (std::int64_t at = 0; at < length;) {
    UChar32 character = 0;
    U8_NEXT(bytes, at, length, character);
    if (character < 0) continue;
    add(static_cast<char32_t>(character));
  }
}

void CharacterSet::add(char32_t character) {
  bits_[character / 64] |= std::uint64_t{1} << character % 64;
}

void CharacterSet::add(const CharacterSet& other) {
  for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= other.bits_[i];
}

std::string CharacterSet::utf8() const {
  std::string text;
  for (std::size_t code = 0; code < bits_.size() * 64; ++code) {
    if (bits_[code / 64] == 0) {
      code += 63;  // none of these
      continue;
    }
    if (!(bits_[code / 64] >> code % 64 & 1)) continue;
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(code));
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  }
  return text;
}

}  // namespace xiangtu
