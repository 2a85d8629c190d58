#include "cli/results.hpp"

#include <utility>
#include <vector>

#include "io/atomic_file.hpp"

namespace xiangtu::cli {

namespace {

Result<io::FileWriter> written(const std::string& path, const Writing& result, const std::stop_token& stop) {
  Result<io::FileWriter> writer =
      path.empty() ? io::FileWriter::standard_output(stop) : io::FileWriter::create(path, stop);
  if (!writer) return writer;
  if (Status status = result([&](std::string_view text) { return writer->write(text); }); !status)
    return status.issue();
  if (stop.stop_requested()) return cancelled_issue();
  if (Status settled = writer->settle(); !settled) return settled.issue();
  return writer;
}

}  // namespace

Writing whole(std::string text) {
  return [text = std::move(text)](const report::TextSink& sink) { return sink(text); };
}

Status write_result(const std::string& path, const Writing& result, std::stop_token stop) {
  return write_results({path, result}, {}, std::move(stop));
}

Status write_results(const Output& result, const std::vector<Output>& beside, std::stop_token stop) {
  std::vector<io::FileWriter> writers;  // the result's comes last
  const auto write = [&](const Output& output) -> Status {
    Result<io::FileWriter> writer = written(output.path, output.writing, stop);
    if (!writer) return writer.issue();
    writers.push_back(std::move(*writer));
    return {};
  };
  for (const Output& output : beside)
    if (!output.path.empty())
      if (const Status done = write(output); !done) return done;
  if (const Status done = write(result); !done) return done;
  for (auto writer = writers.rbegin(); writer != writers.rend(); ++writer)
    if (const Status committed = writer->commit(); !committed) return committed;
  return {};
}

}  // namespace xiangtu::cli
