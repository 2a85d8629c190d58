// How Chinese characters are read, in Latin letters without tones: for finding names by what is typed on a
// Latin keyboard.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace xiangtu {

// Readings are looked up once for each character and kept. One thread at a time.
class Pinyin {
 public:
  // Where ICU has no such transliteration only the characters of `further` have readings.
  // further: lines of a character and its readings, as in assets/readings.txt; '#' begins a remark.
  explicit Pinyin(std::string_view further = {});
  // With assets/readings.txt; without it where it cannot be read.
  static Pinyin load();
  Pinyin(Pinyin&&) noexcept;
  Pinyin& operator=(Pinyin&&) noexcept;
  ~Pinyin();

  // In lower-case letters a–z, ICU's reading first: "zhang", "chang". None for what is no Chinese character.
  // Valid as long as this lives.
  std::span<const std::string> readings(char32_t character);

 private:
  struct Transliterator;

  std::vector<std::string> look_up(char32_t character) const;

  std::unique_ptr<Transliterator> transliterator_;  // null: ICU has none
  std::unordered_map<char32_t, std::vector<std::string>> further_;
  std::unordered_map<char32_t, std::vector<std::string>> known_;
};

}  // namespace xiangtu
