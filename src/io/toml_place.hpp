// Reading the product's TOML files strictly: every error has file, line and column, and a word that
// nobody knows gets the nearest one that is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "base/result.hpp"

namespace xiangtu::io {

// A document with the name that messages call it by.
struct TomlDocument {
  std::string name;
  toml::table root;
  IssueCode code = IssueCode::input_bad_mapping;  // of every issue about it

  static Result<TomlDocument> parse(std::string_view text, std::string_view name, IssueCode code);
  // "FILE, line L, column C" of a node.
  std::string place(const toml::node& node) const;
  template <class... Values>
  Issue issue(const toml::node& node, std::string_view english, const Values&... values) const {
    return {code, english, place(node), values...};
  }
  // Every key of the table is among the known ones.
  Status only_keys(const toml::table& table, const std::vector<std::string_view>& known) const;
  // The texts of an array; a single text counts as an array of one.
  Result<std::vector<std::string>> texts(const toml::node& node) const;
  Result<std::string> text(const toml::node& node) const;
  // About a word ({1}) that is none of the candidates; `with_nearest` also has {2}, the nearest one.
  Issue unknown_word(const toml::source_region& where, std::string_view word,
                     const std::vector<std::string_view>& candidates, std::string_view english,
                     std::string_view with_nearest) const;
};

}  // namespace xiangtu::io
