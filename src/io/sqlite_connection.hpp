// The border to SQLite: ownership, and opening a database that nobody may change.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace xiangtu::io {

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

// Nothing is locked or written beside the file; its pages are read from memory. Null when it cannot be
// opened.
Connection open_connection(const std::string& path);

// A database file with its idle connections: one that is opened anew reads the whole schema. From any thread.
class SqliteFile {
 public:
  explicit SqliteFile(std::string path) : path_(std::move(path)) {}
  const std::string& path() const { return path_; }
  Connection borrow();
  void give_back(Connection connection);

 private:
  std::string path_;
  std::mutex mutex_;
  std::vector<Connection> idle_;
};

// Lets go of the pages that were read so far, which otherwise count as the program's memory. No statement may
// be at a row.
void map_anew(sqlite3* connection);

// Null when the statement makes no sense there.
Statement prepare(sqlite3* connection, const std::string& sql);

// Quoted for a statement.
std::string sql_name(std::string_view name);

// The cell's text; lives until the statement's next step.
std::string_view text_at(sqlite3_stmt* row, int column);

}  // namespace xiangtu::io
