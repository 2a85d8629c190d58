// A text as the characters it is drawn with.
#pragma once

#include <string_view>
#include <vector>

namespace xiangtu::render::text {

// The characters of a UTF-8 text; an invalid byte gives U+FFFD.
std::vector<char32_t> characters(std::string_view utf8);

}  // namespace xiangtu::render::text
