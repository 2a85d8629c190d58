// The translation catalogue: English texts to those of one other language, read from a compiled
// gettext file (.mo). Unlike the C library's gettext it needs no system locale to be installed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"

namespace xiangtu {

enum class Language { english, chinese };

class Catalogue {
 public:
  // English: every text is its own translation.
  Catalogue() = default;

  // Reads assets' locale/<language>.mo; the error names the file when it is missing or damaged.
  static Result<Catalogue> load(Language language);
  static Result<Catalogue> parse(std::string_view mo_bytes);

  Language language() const { return language_; }

  // The translation of an English text; the text itself where there is none.
  // The view lives as long as the catalogue and the argument.
  std::string_view operator()(std::string_view english) const;

  // All translations, one after the other: to know their characters.
  std::string translations() const;

  // Like operator(), for C interfaces; english must be a string literal or outlive the use.
  const char* c_str(const char* english) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  Language language_ = Language::english;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> texts_;
};

// The language that the environment asks for (LC_ALL, LC_MESSAGES, LANG): Chinese for zh*, else English.
Language language_of_environment();

}  // namespace xiangtu
