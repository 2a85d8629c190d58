#include "io/file_health.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "io/file_ending.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

using Head = std::array<unsigned char, 100>;

std::optional<Head> head_of(const fs::path& path, std::size_t least) {
  Head head{};
  std::ifstream stream(path, std::ios::binary);
  stream.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  if (static_cast<std::size_t>(stream.gcount()) < least) return std::nullopt;
  return head;
}

std::uint64_t big_endian(const Head& head, std::size_t at, int bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) value = value << 8 | head[at + static_cast<std::size_t>(i)];
  return value;
}

std::uint64_t little_endian(const Head& head, std::size_t at, int bytes) {
  std::uint64_t value = 0;
  for (int i = bytes - 1; i >= 0; --i) value = value << 8 | head[at + static_cast<std::size_t>(i)];
  return value;
}

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : size;
}

Status cut_off(const fs::path& path, std::uint64_t there, std::uint64_t needed) {
  return Issue{IssueCode::input_unreadable,
               "{0} is cut off: {1} of {2} bytes are there; copy it again from where it came", path.string(),
               there, needed};
}

// SQLite's file format, section 1.3: page size at 16, pages at 28 when the counters at 24 and 92 agree.
Status check_sqlite(const fs::path& path) {
  const auto head = head_of(path, 100);
  if (!head) return cut_off(path, size_of(path), 512);
  const std::uint64_t page = big_endian(*head, 16, 2) == 1 ? 65536 : big_endian(*head, 16, 2);
  const std::uint64_t pages = big_endian(*head, 28, 4);
  const bool counted = big_endian(*head, 24, 4) == big_endian(*head, 92, 4);
  if (counted && size_of(path) < page * pages) return cut_off(path, size_of(path), page * pages);
  for (const char* log : {"-wal", "-journal"})
    if (size_of(path.string() + log) > 0)
      return Issue{
          IssueCode::input_unreadable,
          "{0} has changes that its writer has not finished ({0}{1}); close the program that has it open, "
          "or open and close it there once",
          path.string(), log};
  return {};
}

fs::path sibling(const fs::path& path, std::string_view lower, std::string_view upper) {
  fs::path other = path;
  std::error_code error;
  if (fs::exists(other.replace_extension(lower), error)) return other;
  return other.replace_extension(upper);
}

// ESRI Shapefile technical description: the file's length in 16-bit words at 24, big-endian.
Status check_shapefile_part(const fs::path& path) {
  if (Status status = check_readable(path.string()); !status) return status;
  const auto head = head_of(path, 100);
  if (!head) return cut_off(path, size_of(path), 100);
  if (big_endian(*head, 0, 4) != 9994)
    return Issue{IssueCode::input_unreadable,
                 "{0} is damaged: it does not begin as a shapefile does; copy it again", path.string()};
  const std::uint64_t needed = big_endian(*head, 24, 4) * 2;
  return size_of(path) < needed ? cut_off(path, size_of(path), needed) : Status{};
}

// dBASE III: records at 4, bytes of the header at 8 and of a record at 10, little-endian.
Status check_dbf(const fs::path& path) {
  if (Status status = check_readable(path.string()); !status) return status;
  const auto head = head_of(path, 32);
  if (!head) return cut_off(path, size_of(path), 32);
  const std::uint64_t needed =
      little_endian(*head, 8, 2) + little_endian(*head, 4, 4) * little_endian(*head, 10, 2);
  return size_of(path) < needed ? cut_off(path, size_of(path), needed) : Status{};
}

Status check_shapefile(const fs::path& path) {
  if (Status status = check_shapefile_part(path); !status) return status;
  const fs::path index = sibling(path, ".shx", ".SHX");
  std::error_code error;
  if (!fs::exists(index, error))
    return Issue{
        IssueCode::input_unreadable,
        "{0} is without its index {1}; copy all files of the shapefile (.shp, .shx, .dbf, .prj) together",
        path.string(), index.filename().string()};
  if (Status status = check_shapefile_part(index); !status) return status;
  const fs::path attributes = sibling(path, ".dbf", ".DBF");
  return fs::exists(attributes, error) ? check_dbf(attributes) : Status{};
}

}  // namespace

Status check_readable(const std::string& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return Issue{IssueCode::input_missing, "{0} does not exist; check the path", path};
    return Issue{IssueCode::input_unreadable,
                 "{0} cannot be reached ({1}); check the path and its permissions", path,
                 std::strerror(errno)};
  }
  const bool folder = S_ISDIR(state.st_mode);
  if (!folder && !S_ISREG(state.st_mode))
    return Issue{IssueCode::input_unreadable, "{0} is neither a file nor a folder; give one of these", path};
  if (::access(path.c_str(), folder ? R_OK | X_OK : R_OK) != 0)
    return Issue{IssueCode::input_unreadable, "{0} may not be read ({1}); ask its owner for the permission",
                 path, std::strerror(errno)};
  return {};
}

Status check_file(const std::string& file) {
  const fs::path path{file};
  if (size_of(path) == 0)
    return Issue{IssueCode::input_unreadable, "{0} is empty (0 bytes); copy it again from where it came",
                 file};
  const std::string extension = ending_of(path);
  if (extension == ".shp") return check_shapefile(path);
  if (extension == ".dbf") return check_dbf(path);
  const auto head = head_of(path, 16);
  const std::string_view magic{"SQLite format 3", 16};
  if (head && std::string_view{reinterpret_cast<const char*>(head->data()), 16} == magic)
    return check_sqlite(path);
  return {};
}

}  // namespace xiangtu::io
