// Text as TOML files hold it.
#pragma once

#include <string>
#include <string_view>

namespace xiangtu {

// UTF-8 text in double quotes.
std::string toml_text(std::string_view text);

}  // namespace xiangtu
