#include "io/cache_folder.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/checksum.hpp"
#include "io/atomic_file.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view ending = ".cache";

struct Head {
  char magic[8] = {'X', 'I', 'A', 'N', 'G', 'T', 'U', '1'};
  std::uint64_t key_bytes = 0, payload_bytes = 0;
  std::uint64_t sum = 0;  // over what is before it, key and payload
};

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}

std::size_t padded(std::size_t bytes) {
  return (bytes + 7) / 8 * 8;
}

std::uint64_t sum_of(const Head& head, std::span<const std::byte> body) {
  return checksum(body, checksum(std::as_bytes(std::span{&head, 1}).first(offsetof(Head, sum))));
}

// Whether these are the bytes of an entry, undamaged; then the head is read.
bool is_whole(std::span<const std::byte> bytes, Head& head) {
  if (bytes.size() < sizeof(Head)) return false;
  std::memcpy(&head, bytes.data(), sizeof(Head));
  const std::span<const std::byte> body = bytes.subspan(sizeof(Head));
  const bool same_magic = std::memcmp(head.magic, Head{}.magic, sizeof(head.magic)) == 0;
  return same_magic && head.key_bytes <= body.size() && padded(head.key_bytes) <= body.size() &&
         head.payload_bytes == body.size() - padded(head.key_bytes) && sum_of(head, body) == head.sum;
}

// An entry that was not finished: its name, and what FileWriter adds to it.
bool is_left_over(const fs::path& path) {
  return path.filename().string().find(std::string{ending} + ".") != std::string::npos;
}

}  // namespace

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // no waiting at a pipe
  if (descriptor < 0) return nullptr;
  struct stat state {};
  void* memory = MAP_FAILED;
  if (::fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode) && state.st_size > 0)
    memory = ::mmap(nullptr, static_cast<std::size_t>(state.st_size), PROT_READ, MAP_PRIVATE | MAP_POPULATE,
                    descriptor, 0);
  ::close(descriptor);
  if (memory == MAP_FAILED) return nullptr;
  return std::shared_ptr<const MappedFile>(
      new MappedFile({static_cast<const std::byte*>(memory), static_cast<std::size_t>(state.st_size)}));
}

MappedFile::~MappedFile() {
  ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

std::optional<CacheFolder> CacheFolder::of_user() {
  if (const char* given = std::getenv("XDG_CACHE_HOME"); given && *given == '/')
    return CacheFolder(fs::path{given} / "xiangtu");
  if (const char* home = std::getenv("HOME"); home && *home == '/')
    return CacheFolder(fs::path{home} / ".cache" / "xiangtu");
  return std::nullopt;
}

fs::path CacheFolder::path_of(std::string_view key) const {
  return folder_ / fmt::format("{:016x}{}", checksum(bytes_of(key)), ending);
}

CacheFolder::Entry CacheFolder::find(std::string_view key) const {
  const fs::path path = path_of(key);
  Entry entry;
  entry.file = MappedFile::open(path);
  std::error_code error;
  // After a power cut an entry may be there with nothing in it.
  if (!entry.file && !(fs::is_regular_file(path, error) && fs::file_size(path, error) == 0)) return {};
  const std::span<const std::byte> bytes = entry.file ? entry.file->bytes() : std::span<const std::byte>{};
  Head head;
  if (!is_whole(bytes, head)) {
    fs::remove(path, error);
    return {nullptr, {}, true};
  }
  const bool same =
      head.key_bytes == key.size() && std::memcmp(bytes.data() + sizeof(Head), key.data(), key.size()) == 0;
  if (!same) return {};  // another question with the same number
  entry.payload = bytes.subspan(sizeof(Head) + padded(key.size()));
  ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);  // used now: it goes later
  return entry;
}

void CacheFolder::store(std::string_view key, std::string_view payload) const {
  std::error_code error;
  if (fs::create_directories(folder_, error)) fs::permissions(folder_, fs::perms::owner_all, error);
  Head head;
  std::string body{key};
  body.resize(padded(body.size()));
  body += payload;
  head.key_bytes = key.size();
  head.payload_bytes = payload.size();
  head.sum = sum_of(head, bytes_of(body));
  const std::uint64_t bytes = sizeof(Head) + body.size();
  if (bytes > most_ / 2) return;
  make_room(bytes);
  Result<FileWriter> file = FileWriter::create(path_of(key).string());
  if (!file || !file->write({reinterpret_cast<const char*>(&head), sizeof(Head)}) || !file->write(body))
    return;
  (void)file->commit(Durability::may_be_lost);
}

void CacheFolder::discard(std::string_view key) const {
  std::error_code error;
  fs::remove(path_of(key), error);
}

// Removes the entries that were used longest ago, and what was left half-written.
void CacheFolder::make_room(std::uint64_t bytes) const {
  struct Old {
    fs::file_time_type used;
    std::uint64_t bytes;
    fs::path path;
  };
  constexpr auto long_ago = std::chrono::hours(1);
  std::vector<Old> entries;
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (const fs::directory_entry& file : fs::directory_iterator(folder_, error)) {
    if (!file.is_regular_file(error)) continue;
    const std::uint64_t size = file.file_size(error);
    const auto used = file.last_write_time(error);
    if (file.path().extension() == ending)
      entries.push_back({used, size, file.path()});
    else if (now - used > long_ago && is_left_over(file.path()))
      fs::remove(file.path(), error);
  }
  std::sort(entries.begin(), entries.end(), [](const Old& a, const Old& b) { return a.used < b.used; });
  std::uint64_t all = bytes;
  for (const Old& entry : entries) all += entry.bytes;
  for (const Old& entry : entries) {
    if (all <= most_) return;
    fs::remove(entry.path, error);
    all -= entry.bytes;
  }
}

}  // namespace xiangtu::io
