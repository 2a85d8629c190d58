#include "cli/results.hpp"

#include <optional>
#include <utility>

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
  return write_results(path, result, {}, {}, std::move(stop));
}

Status write_results(const std::string& path, const Writing& result, const std::string& findings_path,
                     const Writing& findings, std::stop_token stop) {
  std::optional<Result<io::FileWriter>> listed;
  if (!findings_path.empty()) {
    listed = written(findings_path, findings, stop);
    if (!*listed) return listed->issue();
  }
  Result<io::FileWriter> file = written(path, result, stop);
  if (!file) return file.issue();
  if (Status committed = file->commit(); !committed) return committed;
  return listed ? (*listed)->commit() : Status{};
}

}  // namespace xiangtu::cli
