// The characters that occur in texts, however long these are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xiangtu {

class CharacterSet {
 public:
  void add(std::string_view utf8);  // invalid bytes are passed over
  void add(const CharacterSet& other);
  void add(char32_t character);  // of Unicode
  // Each once, in order of their code points.
  std::string utf8() const;

 private:
  std::vector<std::uint64_t> bits_ = std::vector<std::uint64_t>(0x110000 / 64, 0);
};

}  // namespace xiangtu
