// Results to files, or to standard output where the path is empty.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::cli {

// Writes a text, piece by piece, into the sink.
using Writing = std::function<Status(const report::TextSink&)>;
Writing whole(std::string text);

// A file appears when all of it is written. A requested stop ends the waiting for the reader of a pipe.
Status write_result(const std::string& path, const Writing& result, std::stop_token stop = {});
struct Output {
  std::string path;
  Writing writing;
};
// The same with files beside it; those without a path are left out. No file appears before all are whole on
// the disk.
Status write_results(const Output& result, const std::vector<Output>& beside, std::stop_token stop);

}  // namespace xiangtu::cli
