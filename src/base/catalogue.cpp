#include "base/catalogue.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/assets.hpp"

namespace xiangtu {

namespace {

// The layout of a .mo file: GNU gettext manual, "The Format of GNU MO Files".
constexpr std::uint32_t mo_magic = 0x950412de;
constexpr std::size_t mo_header_size = 28;

std::optional<std::uint32_t> word_at(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < 4) return std::nullopt;
  std::uint32_t word;
  std::memcpy(&word, bytes.data() + offset, 4);
  return word;
}

std::optional<std::string_view> text_at(std::string_view bytes, std::size_t table, std::size_t row) {
  const auto length = word_at(bytes, table + 8 * row);
  const auto offset = word_at(bytes, table + 8 * row + 4);
  if (!length || !offset || *offset > bytes.size() || bytes.size() - *offset < *length) return std::nullopt;
  return bytes.substr(*offset, *length);
}

Issue damaged() {
  return {IssueCode::input_unreadable, "the translation catalogue is damaged; reinstall the program"};
}

}  // namespace

Result<Catalogue> Catalogue::parse(std::string_view bytes) {
  const auto magic = word_at(bytes, 0);
  const auto count = word_at(bytes, 8), keys = word_at(bytes, 12), values = word_at(bytes, 16);
  if (bytes.size() < mo_header_size || !magic || *magic != mo_magic || !count || !keys || !values)
    return damaged();
  if (*count > bytes.size() / 16) return damaged();
  Catalogue catalogue;
  catalogue.texts_.reserve(*count);
  for (std::size_t row = 0; row < *count; ++row) {
    const auto key = text_at(bytes, *keys, row);
    const auto value = text_at(bytes, *values, row);
    if (!key || !value) return damaged();
    if (!key->empty() && !value->empty()) catalogue.texts_.emplace(*key, *value);
  }
  return catalogue;
}

std::string Catalogue::translations() const {
  std::string all;
  for (const auto& [english, translation] : texts_) all += translation;
  return all;
}

Result<Catalogue> Catalogue::load(Language language) {
  if (language == Language::english) return Catalogue{};
  const std::filesystem::path path = locale_file("zh");
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Issue{IssueCode::input_missing,
                 "the translation catalogue {0} is missing; build the program again", path.string()};
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  Result<Catalogue> catalogue = parse(bytes);
  if (catalogue) catalogue->language_ = language;
  return catalogue;
}

std::string_view Catalogue::operator()(std::string_view english) const {
  const auto found = texts_.find(english);
  return found == texts_.end() ? english : std::string_view{found->second};
}

const char* Catalogue::c_str(const char* english) const {
  const auto found = texts_.find(std::string_view{english});
  return found == texts_.end() ? english : found->second.c_str();
}

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value)
      return std::string_view{value}.starts_with("zh") ? Language::chinese : Language::english;
  }
  return Language::english;
}

}  // namespace xiangtu
