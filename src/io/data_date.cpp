#include "io/data_date.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "io/file_ending.hpp"
#include "io/sqlite_connection.hpp"

namespace xiangtu::io {

namespace {

// Whether a text begins with year, month and day.
bool is_dated(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-dd";
  return text.size() >= form.size() &&
         std::equal(form.begin(), form.end(), text.begin(),
                    [](char wanted, char c) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
}

std::string day_in_geopackage(const std::string& path) {
  const Connection connection = open_connection(path);
  if (!connection) return "";
  const Statement newest = prepare(connection.get(), "SELECT max(last_change) FROM gpkg_contents");
  if (!newest || sqlite3_step(newest.get()) != SQLITE_ROW) return "";
  const std::string_view text = text_at(newest.get(), 0);
  return is_dated(text) ? std::string{text.substr(0, 10)} : "";
}

std::string day_of_file(const std::string& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0 || !S_ISREG(state.st_mode)) return "";
  std::tm day{};
  if (!::localtime_r(&state.st_mtim.tv_sec, &day)) return "";
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

}  // namespace

std::optional<DataDate> data_date(const std::vector<std::string>& sources) {
  DataDate newest;
  for (const std::string& source : sources) {
    DataDate date{ending_of(source) == ".gpkg" ? day_in_geopackage(source) : "", false};
    if (date.day.empty()) date = {day_of_file(source), true};
    if (date.day > newest.day) newest = date;
  }
  return newest.day.empty() ? std::nullopt : std::optional{newest};
}

}  // namespace xiangtu::io
