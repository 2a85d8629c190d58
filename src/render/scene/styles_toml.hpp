// Reading single values of style files and map documents.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "base/result.hpp"
#include "render/scene/style_words.hpp"

namespace xiangtu::render::scene {

// Left by throw, caught where the reading began: keeps the readers of single values flat.
struct BadToml {
  Issue issue;
};

// Values of a TOML file that is called by a name; what does not fit is thrown with its line and column.
class TomlValues {
 public:
  explicit TomlValues(std::string_view name) : name_(name) {}

  template <class... Values>
  [[noreturn]] void fail(const toml::node& node, const char* what, const Values&... values) const {
    fail_at(node.source().begin, fmt::format(fmt::runtime(what), values...));
  }
  [[noreturn]] void fail_at(const toml::source_position& at, std::string_view what) const;

  const toml::table& table(const toml::node& node) const;
  const toml::array& array(const toml::node& node) const;
  double number(const toml::node& node) const;
  int whole_number(const toml::node& node) const;
  bool yes_or_no(const toml::node& node) const;
  std::string text(const toml::node& node) const;
  Colour colour(const toml::node& node) const;
  // A text, or an array of them; whole numbers may stand for texts.
  std::vector<std::string> texts(const toml::node& node) const;

 private:
  std::string name_;
};

// Lays the tables of a style file over a sheet.
void read_styles(const toml::table& root, const TomlValues& values, Theme theme, StyleSheet& sheet);

// As it stands in a file.
std::string toml_colour(Colour colour);

}  // namespace xiangtu::render::scene
