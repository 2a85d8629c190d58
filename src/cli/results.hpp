// Results to files, or to standard output where the path is empty.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::cli {

// Writes a text, piece by piece, into the sink.
using Writing = std::function<Status(const report::TextSink&)>;
Writing whole(std::string text);

// A file appears when all of it is written. A requested stop ends the waiting for the reader of a pipe.
Status write_result(const std::string& path, const Writing& result, std::stop_token stop = {});
// The same with the findings in a file of their own; no path, no findings. Neither file appears before
// both are whole on the disk.
Status write_results(const std::string& path, const Writing& result, const std::string& findings_path,
                     const Writing& findings, std::stop_token stop);

}  // namespace xiangtu::cli
