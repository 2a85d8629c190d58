#include "base/message.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include "base/catalogue.hpp"

namespace xiangtu {

namespace {

std::string fill(std::string_view pattern, const std::vector<std::string>& values) {
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (const std::string& value : values) arguments.push_back(std::cref(value));
  return fmt::vformat(pattern, arguments);
}

}  // namespace

std::string Message::english() const {
  return fill(pattern, values);
}

std::string Message::in(const Catalogue& catalogue) const {
  try {
    return fill(catalogue(pattern), values);
  } catch (const fmt::format_error&) {  // a translator's slip must not hide the sentence
    return english();
  }
}

}  // namespace xiangtu
