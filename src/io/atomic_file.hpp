// Whole files, written so that after a crash there is the old file or the new one.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace xiangtu::io {

enum class Durability : std::uint8_t {
  synced,       // survives a power cut
  may_be_lost,  // after one there is the old file, the new one, or a damaged one
};

// Piece by piece into a temporary file in the same folder; commit() syncs it and gives it its name. Without
// commit() nothing stays. Pipes, devices and standard output take the bytes as they come; a requested stop
// ends the waiting for their reader. Issues name the path and the cause; cancelled.
class FileWriter {
 public:
  static Result<FileWriter> create(const std::string& path, std::stop_token stop = {});
  static FileWriter standard_output(std::stop_token stop = {});
  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&& other) noexcept;
  ~FileWriter();

  Status write(std::string_view bytes);
  // All that commit() does but the name, so that of several files each is ready before the first has its
  // name.
  Status settle(Durability durability = Durability::synced);
  Status commit(Durability durability = Durability::synced);

 private:
  explicit FileWriter(std::stop_token stop) : stop_(std::move(stop)) {}
  Status open(const std::string& given);
  void open_stream();
  Issue failed() const;  // by errno

  std::string path_, temporary_;  // path: empty for standard output; temporary: where there is one
  int descriptor_ = -1;
  bool is_stream_ = false;  // its reader may be slow
  bool settled_ = false;
  std::stop_token stop_;
};

// The whole file at once.
Status write_file(const std::string& path, std::string_view bytes, std::stop_token stop = {});

// The whole file, for tests and small inputs.
Result<std::string> read_file(const std::string& path);

}  // namespace xiangtu::io
