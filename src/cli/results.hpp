// Results to files, or to standard output where the path is empty.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/command_line.hpp"
#include "report/coverage_report.hpp"
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

// A finished result as it was asked for, its findings and further files, and how many findings there are.
// Report: of the room report, with write_csv, write_json and findings. Returns the exit status.
template <class Report>
int deliver(const Report& report, const std::string& format, bool byte_order_mark,
            const ResultOptions& options, const std::function<std::string()>& text_table,
            std::vector<Output> beside, Console& console) {
  const Progress& progress = console.progress();
  const auto table = [&](const report::TextSink& sink) {
    if (format == "csv") return write_csv(report, byte_order_mark, sink, progress);
    if (format == "json") return write_json(report, sink, progress);
    return sink(text_table());
  };
  beside.push_back({options.findings, [&](const report::TextSink& sink) {
                      return report::write_findings(report.findings, console.catalogue(), sink, progress);
                    }});
  if (const Status written = write_results({options.output, table}, beside, progress.stop_token()); !written)
    return console.fail(written.issue());
  console.summarise(report.findings);
  return 0;
}

}  // namespace xiangtu::cli
