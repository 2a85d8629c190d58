// Sources that are no files: connection texts of databases, which may hold a password.
#pragma once

#include <string>

namespace xiangtu::io {

// "PG:host=… dbname=…" or "PG:postgresql://…".
bool is_connection_text(const std::string& source);

// As it may be shown, kept and written into results; other sources stay as they are.
std::string without_password(const std::string& source);

}  // namespace xiangtu::io
