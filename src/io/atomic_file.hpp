// Whole files, written so that after a crash there is the old file or the new one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace xiangtu::io {

// Piece by piece into a temporary file in the same folder; commit() syncs it and gives it its name. Without
// commit() nothing stays. Pipes and devices take the bytes as they come. Issues name the path and the cause.
enum class Durability : std::uint8_t {
  synced,       // survives a power cut
  may_be_lost,  // after one there is the old file, the new one, or a damaged one
};

class FileWriter {
 public:
  static Result<FileWriter> create(const std::string& path);
  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&& other) noexcept;
  ~FileWriter();

  Status write(std::string_view bytes);
  Status commit(Durability durability = Durability::synced);

 private:
  FileWriter() = default;

  std::string path_, temporary_;  // temporary: empty where there is none
  int descriptor_ = -1;
};

// The whole file at once.
Status write_file(const std::string& path, std::string_view bytes);

// An RGBA picture, 8 bits a channel, rows from the top, as a PNG with its resolution.
Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi);

// The whole file, for tests and small inputs.
Result<std::string> read_file(const std::string& path);

}  // namespace xiangtu::io
