#include "io/sqlite_connection.hpp"

namespace xiangtu::io {

std::string sql_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + '"';
}

Connection open_connection(const std::string& path) {
  std::string uri = "file:";  // as a URI it can be immutable
  constexpr char hex[] = "0123456789ABCDEF";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain)
      uri += c;
    else
      uri += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2((uri + "?immutable=1").c_str(), &handle,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection{handle};
  if (status != SQLITE_OK) return nullptr;
  map_anew(handle);
  return connection;
}

Connection SqliteFile::borrow() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return open_connection(path_);
  Connection connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void SqliteFile::give_back(Connection connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

void map_anew(sqlite3* connection) {
  sqlite3_exec(connection, "PRAGMA mmap_size = 0; PRAGMA mmap_size = 1099511627776", nullptr, nullptr,
               nullptr);
}

Statement prepare(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
  return Statement{statement};
}

std::string_view text_at(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return {text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

}  // namespace xiangtu::io
