#include "base/pinyin.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/assets.hpp"
#include "base/text.hpp"

namespace xiangtu {

struct Pinyin::Transliterator {
  std::unique_ptr<icu::Transliterator> icu;
};

namespace {

bool is_chinese(char32_t character) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(character), &error) == USCRIPT_HAN && U_SUCCESS(error);
}

bool is_reading(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Pinyin::Pinyin(std::string_view further) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> icu{
      icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error)};
  if (U_SUCCESS(error) && icu)
    transliterator_ = std::make_unique<Transliterator>(Transliterator{std::move(icu)});

  std::istringstream lines{std::string{further}};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string character;
    words >> character;
    const std::u32string one = characters_of(character);
    if (one.size() != 1) continue;
    for (std::string reading; words >> reading;)
      if (is_reading(reading)) further_[one.front()].push_back(std::move(reading));
  }
}

Pinyin Pinyin::load() {
  std::ifstream file(assets_folder() / "readings.txt", std::ios::binary);
  return Pinyin(std::string{std::istreambuf_iterator<char>(file), {}});
}

Pinyin::Pinyin(Pinyin&&) noexcept = default;
Pinyin& Pinyin::operator=(Pinyin&&) noexcept = default;
Pinyin::~Pinyin() = default;

std::span<const std::string> Pinyin::readings(char32_t character) {
  const auto [entry, is_new] = known_.try_emplace(character);
  if (is_new && is_chinese(character)) entry->second = look_up(character);
  return entry->second;
}

std::vector<std::string> Pinyin::look_up(char32_t character) const {
  std::vector<std::string> readings;
  if (transliterator_) {
    icu::UnicodeString text(static_cast<UChar32>(character));
    transliterator_->icu->transliterate(text);
    std::string reading;
    text.toUTF8String(reading);
    if (is_reading(reading)) readings.push_back(std::move(reading));
  }
  if (const auto further = further_.find(character); further != further_.end())
    for (const std::string& reading : further->second)
      if (std::find(readings.begin(), readings.end(), reading) == readings.end()) readings.push_back(reading);
  return readings;
}

}  // namespace xiangtu
