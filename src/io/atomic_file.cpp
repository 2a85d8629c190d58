#include "io/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "io/general_formats.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

Issue unwritable(const std::string& path, const char* cause) {
  return {IssueCode::output_unwritable, "{0} cannot be written: {1}; choose another place or make room", path,
          cause};
}

// An open file descriptor; removes its file unless it was kept.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& beside) : path_(beside + ".XXXXXX") {
    descriptor_ = ::mkstemp(path_.data());
  }
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (descriptor_ >= 0 && !kept_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool open() const { return descriptor_ >= 0; }

  bool write(std::string_view bytes, mode_t mode) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fchmod(descriptor_, mode) == 0 && ::fsync(descriptor_) == 0;
  }

  bool become(const std::string& path) {
    kept_ = ::rename(path_.c_str(), path.c_str()) == 0;
    return kept_;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool kept_ = false;
};

// What was there keeps its permissions; a new file gets those that the user's mask leaves.
mode_t mode_for(const std::string& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) == 0) return state.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// So that the new name survives a power cut as well.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// Polynomial 0xEDB88320, as PNG's annex D asks.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

void append_number(std::string& bytes, std::uint32_t number) {
  for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<char>(number >> shift & 0xFF));
}

// A PNG's chunk of physical pixel dimensions, in pixels a metre both ways; GDAL writes none.
std::string resolution_chunk(double dpi) {
  const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
  std::string body = "pHYs";
  append_number(body, per_metre);
  append_number(body, per_metre);
  body.push_back(1);
  std::string chunk;
  append_number(chunk, static_cast<std::uint32_t>(body.size() - 4));
  chunk += body;
  append_number(chunk, crc32(body));
  return chunk;
}

}  // namespace

namespace {

// A pipe or a device takes the bytes as they come; it is never replaced.
Status write_into(const std::string& path, std::string_view bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return unwritable(path, std::strerror(errno));
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const Issue issue = unwritable(path, std::strerror(errno));
      ::close(descriptor);
      return issue;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ::close(descriptor);
  return {};
}

}  // namespace

Status write_file(const std::string& given, std::string_view bytes) {
  std::error_code error;
  // A link stays a link: what it leads to is written.
  const fs::path target = fs::is_symlink(given, error) ? fs::weakly_canonical(given, error) : fs::path{given};
  const std::string path = target.empty() ? given : target.string();
  if (fs::is_directory(path, error)) return unwritable(path, "it is a folder");
  const fs::path folder = fs::path{path}.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    return unwritable(path, "the folder does not exist");
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) return write_into(path, bytes);
  TemporaryFile file(path);
  if (fs::exists(path, error) && ::access(path.c_str(), W_OK) != 0)
    return unwritable(path, std::strerror(errno));  // a file that is protected stays as it is
  if (!file.open() || !file.write(bytes, mode_for(path)) || !file.become(path))
    return unwritable(path, std::strerror(errno));
  sync_folder(folder);
  return {};
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Issue{IssueCode::input_missing, "{0} cannot be read: {1}", path, std::strerror(errno)};
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi) {
  const Result<GeneralFormats*> formats = general_formats();
  if (!formats) return formats.issue();
  std::string encoded = (*formats)->png(rgba, width, height);
  if (encoded.empty()) return unwritable(path, "the picture could not be encoded");
  constexpr std::size_t after_header = 33;  // signature and IHDR
  encoded.insert(after_header, resolution_chunk(dpi));
  return write_file(path, encoded);
}

}  // namespace xiangtu::io
