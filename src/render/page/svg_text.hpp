// Pieces of SVG as text.
#pragma once

#include <string>
#include <string_view>

#include "render/page/path.hpp"
#include "render/scene/colour.hpp"

namespace xiangtu::render::page {

// A number with so many decimals at most, as short as it can be: "12.5", "-.25", "0".
void append_decimal(double number, int decimals, std::string& text);
std::string decimal(double number, int decimals = 2);

// The path's data, each point rounded to so many decimals.
std::string path_data(const Path& path, int decimals);

// As content of an element or of an attribute: what XML takes for its own is escaped, what it cannot hold
// (control characters, what is not UTF-8) becomes U+FFFD.
std::string xml_escaped(std::string_view utf8);

// ' fill="#1f78b4" fill-opacity=".5"'; the opacity only where it is not 1.
std::string colour_attribute(const char* name, scene::Colour colour);

}  // namespace xiangtu::render::page
