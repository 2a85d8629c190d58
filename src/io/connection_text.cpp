#include "io/connection_text.hpp"

#include <regex>

namespace xiangtu::io {

bool is_connection_text(const std::string& source) {
  return source.starts_with("PG:") || source.starts_with("pg:");
}

// "password = 'x'" and "password=x" between spaces, and the part between ':' and '@' of an address.
std::string without_password(const std::string& path) {
  if (!is_connection_text(path)) return path;
  static const std::regex key("(password\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*'|[^ ]*)", std::regex::icase);
  static const std::regex address("(//[^/:@ ]*:)[^@ ]*@");
  return std::regex_replace(std::regex_replace(path, key, "$1***"), address, "$1***@");
}

}  // namespace xiangtu::io
