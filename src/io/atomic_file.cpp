#include "io/atomic_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

Issue unwritable(const std::string& path, const char* cause) {
  return {IssueCode::output_unwritable, "{0} cannot be written: {1}; choose another place or make room", path,
          cause};
}

constexpr std::size_t mkstemp_places = 6;  // POSIX: as many X at the name's end, which it replaces

constexpr int wait_ms = 50;  // between looks whether to stop

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

}  // namespace

Result<FileWriter> FileWriter::create(const std::string& given, std::stop_token stop) {
  FileWriter file(std::move(stop));
  if (Status opened = file.open(given); !opened) return opened.issue();
  return file;
}

FileWriter FileWriter::standard_output(std::stop_token stop) {
  FileWriter file(std::move(stop));
  file.descriptor_ = STDOUT_FILENO;
  struct stat state {};
  file.is_stream_ = ::fstat(STDOUT_FILENO, &state) == 0 && !S_ISREG(state.st_mode);
  return file;
}

Status FileWriter::open(const std::string& given) {
  std::error_code error;
  // A link stays a link: what it leads to is written.
  const fs::path target = fs::is_symlink(given, error) ? fs::weakly_canonical(given, error) : fs::path{given};
  path_ = target.empty() ? given : target.string();
  if (fs::is_directory(path_, error)) return unwritable(path_, "it is a folder");
  const fs::path folder = fs::path{path_}.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    return unwritable(path_, "the folder does not exist");
  // A pipe or a device takes the bytes as they come; it is never replaced.
  if (fs::exists(path_, error) && !fs::is_regular_file(path_, error)) {
    open_stream();
  } else {
    // A file that is protected stays as it is.
    if (fs::exists(path_, error) && ::access(path_.c_str(), W_OK) != 0)
      return unwritable(path_, std::strerror(errno));
    temporary_ = path_ + "." + std::string(mkstemp_places, 'X');
    descriptor_ = ::mkstemp(temporary_.data());
    if (descriptor_ < 0) temporary_.clear();
  }
  if (descriptor_ < 0) return failed();
  return {};
}

// A pipe is opened when it has a reader.
void FileWriter::open_stream() {
  is_stream_ = true;
  std::error_code error;
  const bool waits = fs::is_fifo(path_, error);
  while ((descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK)) < 0) {
    if (errno != ENXIO || !waits || stop_.stop_requested()) return;
    ::poll(nullptr, 0, wait_ms);
  }
  if (descriptor_ >= 0) ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~O_NONBLOCK);
}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      is_stream_(other.is_stream_),
      settled_(other.settled_),
      stop_(std::move(other.stop_)) {}

FileWriter& FileWriter::operator=(FileWriter&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(temporary_, other.temporary_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(is_stream_, other.is_stream_);
  std::swap(settled_, other.settled_);
  std::swap(stop_, other.stop_);
  return *this;
}

FileWriter::~FileWriter() {
  if (descriptor_ >= 0 && descriptor_ != STDOUT_FILENO) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Issue FileWriter::failed() const {
  if (stop_.stop_requested()) return cancelled_issue();
  if (!path_.empty()) return unwritable(path_, std::strerror(errno));
  return {IssueCode::output_unwritable, "the result cannot be written to standard output: {0}",
          std::strerror(errno)};
}

// A stream that is ready takes PIPE_BUF bytes without waiting (POSIX).
Status FileWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (is_stream_) {
      if (stop_.stop_requested()) return cancelled_issue();
      pollfd ready{descriptor_, POLLOUT, 0};
      const int ready_count = ::poll(&ready, 1, wait_ms);
      if (ready_count < 0 && errno != EINTR) return failed();
      if (ready_count <= 0) continue;
    }
    const ssize_t written = ::write(
        descriptor_, bytes.data(), is_stream_ ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failed();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status FileWriter::settle(Durability durability) {
  if (temporary_.empty() || settled_) return {};
  if (::fchmod(descriptor_, mode_for(path_)) != 0 ||
      (durability == Durability::synced && ::fsync(descriptor_) != 0))
    return failed();
  settled_ = true;
  return {};
}

Status FileWriter::commit(Durability durability) {
  if (temporary_.empty()) return {};
  if (Status settled = settle(durability); !settled) return settled;
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return unwritable(path_, std::strerror(errno));
  temporary_.clear();
  if (durability == Durability::synced) sync_folder(fs::path{path_}.parent_path());
  return {};
}

Status write_file(const std::string& path, std::string_view bytes, std::stop_token stop) {
  Result<FileWriter> file = FileWriter::create(path, std::move(stop));
  if (!file) return file.issue();
  if (Status written = file->write(bytes); !written) return written;
  return file->commit();
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Issue{IssueCode::input_missing, "{0} cannot be read: {1}", path, std::strerror(errno)};
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

}  // namespace xiangtu::io
