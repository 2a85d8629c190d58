// Which font files the system has for our texts, asked of fontconfig.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "render/text/font_file.hpp"

namespace xiangtu::render::text {

// What fontconfig knows, which takes some milliseconds to be read.
class FontCatalogue {
 public:
  FontCatalogue();
  FontCatalogue(FontCatalogue&&) noexcept;
  ~FontCatalogue();

  // Sans-serif fonts that between them cover as many of the characters of the sample (UTF-8) as the
  // system can, best first; Chinese ones before others. Empty when the system has no font at all.
  std::vector<FontFile> files_for(std::string_view sample) const;

 private:
  struct Config;
  std::unique_ptr<Config> config_;
};

std::vector<FontFile> system_fonts(std::string_view sample);

}  // namespace xiangtu::render::text
