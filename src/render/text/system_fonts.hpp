// Which font files the system has for our texts, asked of fontconfig.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.hpp"
#include "render/text/font_file.hpp"

namespace xiangtu::render::text {

// Fonts for some texts.
struct FontChoice {
  std::vector<FontFile> files;  // empty: the system has no font at all
  std::string missing;          // UTF-8, characters of the texts that none of them has; they show as boxes
};
// What is to be said of it: the texts that cannot be shown, and what to install.
std::optional<Message> remark_on(const FontChoice& choice);

// What fontconfig knows, which takes some milliseconds to be read.
class FontCatalogue {
 public:
  FontCatalogue();
  FontCatalogue(FontCatalogue&&) noexcept;
  ~FontCatalogue();

  // Sans-serif fonts that between them cover as many of the characters of the sample (UTF-8) as the
  // system can, best first; Chinese ones before others.
  FontChoice choose(std::string_view sample) const;

 private:
  struct Config;
  std::unique_ptr<Config> config_;
};

std::vector<FontFile> system_fonts(std::string_view sample);

}  // namespace xiangtu::render::text
