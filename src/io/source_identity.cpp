#include "io/source_identity.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/checksum.hpp"
#include "io/connection_text.hpp"
#include "io/file_ending.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_files = 2000;
constexpr std::int64_t unsettled_seconds = 2;
constexpr off_t end_bytes = 1 << 16, piece_bytes = 1 << 12;
constexpr int pieces = 16;

// Formats of one file, and those where the files of the same name belong together. Others may lead to files
// that are not known here, as GDAL's virtual formats do.
constexpr std::array<std::string_view, 8> single{".gpkg", ".geojson", ".json", ".fgb",
                                                 ".kml",  ".kmz",     ".xlsx", ".pbf"};
constexpr std::array<std::string_view, 3> several{".shp", ".dbf", ".csv"};

std::uint64_t fingerprint(int descriptor, off_t size) {
  std::vector<std::byte> buffer(static_cast<std::size_t>(end_bytes));
  std::uint64_t sum = 0;
  const auto add = [&](off_t at, off_t count) {
    const ssize_t read = ::pread(descriptor, buffer.data(), static_cast<std::size_t>(count), at);
    if (read > 0) sum = checksum(std::span{buffer}.first(static_cast<std::size_t>(read)), sum);
  };
  add(0, end_bytes);
  if (size > end_bytes) add(std::max<off_t>(size - end_bytes, end_bytes), end_bytes);
  if (size > 2 * end_bytes)
    for (int i = 1; i <= pieces; ++i) add(size / (pieces + 1) * i, piece_bytes);
  return sum;
}

std::vector<std::string> files_of(const std::string& source) {
  std::error_code error;
  const fs::path path{source};
  std::vector<std::string> files;
  const bool folder = fs::is_directory(path, error);
  if (!folder) files.push_back(source);
  const std::string ending = ending_of(path);
  const auto is_among = [&](const auto& endings) {
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
  };
  if (!folder && is_among(single)) {
    const std::string followed = fs::weakly_canonical(path, error).string();  // SQLite looks beside this one
    for (const char* log : {"-wal", "-journal"})
      for (const std::string& file : {source, followed})
        if (fs::exists(file + log, error)) files.push_back(file + log);
    return files;
  }
  if (!folder && !is_among(several)) return {};
  const fs::path parent = folder ? path : path.has_parent_path() ? path.parent_path() : fs::path{"."};
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, error)) {
    if (files.size() > most_files) break;
    const bool belongs = folder || (entry.path().stem() == path.stem() && entry.path() != path &&
                                    entry.path().filename() != path.filename());
    if (belongs && entry.is_regular_file(error)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool add_file(const std::string& path, std::time_t now, SourceIdentity& identity) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // no waiting at a pipe
  struct stat state {};
  const bool good = descriptor >= 0 && ::fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode);
  if (good) {
    std::error_code error;
    identity.files.push_back(path);
    identity.text += fmt::format("{}\t{}\t{}\t{}.{:09}\t{}.{:09}\t{}\t{:016x}\n", path,
                                 fs::weakly_canonical(path, error).string(), state.st_size,
                                 state.st_mtim.tv_sec, state.st_mtim.tv_nsec, state.st_ctim.tv_sec,
                                 state.st_ctim.tv_nsec, state.st_ino, fingerprint(descriptor, state.st_size));
    const std::int64_t last = std::max(state.st_mtim.tv_sec, state.st_ctim.tv_sec);
    identity.settled = identity.settled && last + unsettled_seconds < now;
  }
  if (descriptor >= 0) ::close(descriptor);
  return good;
}

}  // namespace

std::optional<SourceIdentity> identity_of(const std::vector<std::string>& sources, std::time_t now) {
  SourceIdentity identity;
  for (const std::string& source : sources) {
    if (is_connection_text(source)) return std::nullopt;
    identity.text += "source\t" + source + "\n";
    const std::vector<std::string> files = files_of(source);
    if (files.empty() || files.size() > most_files) return std::nullopt;
    for (const std::string& file : files)
      if (!add_file(file, now, identity)) return std::nullopt;
  }
  return identity;
}

std::optional<SourceIdentity> identity_of_files(const std::vector<std::string>& files, std::time_t now) {
  SourceIdentity identity;
  for (const std::string& file : files)
    if (!add_file(file, now, identity)) return std::nullopt;
  return identity;
}

}  // namespace xiangtu::io
