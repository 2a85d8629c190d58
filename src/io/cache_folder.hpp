// What was computed before, kept in the user's cache folder by a text that says what it was computed from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace xiangtu::io {

// A file's bytes in memory, read only; valid also when the file is replaced or removed meanwhile.
class MappedFile {
 public:
  // Null when it cannot be read or is empty.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::span<const std::byte> bytes_;
};

// One file an entry. Entries appear whole, by renaming, so that several programs may use the folder at once;
// an entry counts only where its key is the same to the byte and its checksum holds.
class CacheFolder {
 public:
  static constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;  // of all entries; the oldest go first

  explicit CacheFolder(std::filesystem::path folder, std::uint64_t most = most_bytes)
      : folder_(std::move(folder)), most_(most) {}
  // $XDG_CACHE_HOME/xiangtu, else ~/.cache/xiangtu; none where there is no home.
  static std::optional<CacheFolder> of_user();

  struct Entry {
    std::shared_ptr<const MappedFile> file;  // keeps the payload; null: there is no such entry
    std::span<const std::byte> payload;      // begins at a multiple of eight
    bool damaged = false;                    // there was one, which has been thrown away
  };
  Entry find(std::string_view key) const;
  // Failure is no harm: nothing is kept then.
  void store(std::string_view key, std::string_view payload) const;
  // For what was found but makes no sense.
  void discard(std::string_view key) const;

 private:
  std::filesystem::path path_of(std::string_view key) const;
  void make_room(std::uint64_t bytes) const;

  std::filesystem::path folder_;
  std::uint64_t most_;
};

}  // namespace xiangtu::io
