#include "measuring.hpp"

#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>
#include <utility>

namespace xiangtu::bench {

namespace fs = std::filesystem;

namespace {

constexpr int floor_runs = 3;  // it is quick, and the first one may still wait for the disk

Result<Run> best_of(int runs, const Command& command, Output output) {
  Result<Run> best = run(command, output);
  for (int i = 1; i < runs && best; ++i) {
    Result<Run> again = run(command, output);
    if (!again || again->cost.wall_s < best->cost.wall_s) best = std::move(again);
  }
  return best;
}

Command command_of(const Bench& bench, const Task& task, const fs::path& region) {
  Command command{{bench.program.string(), task.command, region.string(), "-q", "--format", "csv"},
                  {{"XDG_CACHE_HOME", bench.cache.string()}}};
  if (bench.program_caches && !task.warm && task.command == "stats") command.words.push_back("--no-cache");
  command.words.insert(command.words.end(), task.arguments.begin(), task.arguments.end());
  return command;
}

// Answers from a source that was written moments ago are not kept.
constexpr auto until_settled = std::chrono::seconds(3);

// From an empty cache, so that what is measured was put there by this program.
Status fill_cache(const Bench& bench, const Command& command) {
  std::error_code error;
  fs::remove_all(bench.cache, error);
  if (!error) fs::create_directories(bench.cache, error);
  if (error)
    return Issue{IssueCode::output_unwritable, "{0} cannot be emptied ({1}); remove the folder",
                 bench.cache.string(), error.message()};
  Result<Run> filled = run(command);
  const fs::path entries = bench.cache / "xiangtu";
  if (filled && (!fs::exists(entries, error) || fs::is_empty(entries, error))) {
    std::this_thread::sleep_for(until_settled);
    filled = run(command);
  }
  return filled ? Status{} : filled.issue();
}

Status measure_floor(const Bench& bench, const Task& task, const fs::path& region, Measurement& measured) {
  Command command{{bench.floor.string(), region.string()}, {}};
  command.words.insert(command.words.end(), task.reads.begin(), task.reads.end());
  const Result<Run> floor = best_of(floor_runs, command, Output::kept);
  if (!floor) return floor.issue();
  unsigned long long rows = 0, bytes = 0;
  if (std::sscanf(floor->output.c_str(), "%llu rows, %llu bytes", &rows, &bytes) != 2)
    return Issue{IssueCode::input,
                 "{0} says '{1}' instead of rows and bytes; build both anew with ./dev bench",
                 bench.floor.string(), floor->output};
  measured.rows = rows;
  measured.bytes = bytes;
  measured.floor_s = floor->cost.wall_s;
  return {};
}

}  // namespace

Result<bool> keeps_cache(const fs::path& program) {
  const Result<Run> help = run({{program.string(), "stats", "--help"}, {}}, Output::kept);
  if (!help) return help.issue();
  return help->output.find("--no-cache") != std::string::npos;
}

Result<Measurement> measure(const Bench& bench, const Task& task, const fs::path& region,
                            std::uint64_t villages, int runs) {
  Measurement measured;
  measured.villages = villages;
  measured.task = task.name;
  measured.runs = runs;
  if (const Status done = measure_floor(bench, task, region, measured); !done) return done.issue();
  const Command command = command_of(bench, task, region);
  if (task.warm)
    if (const Status filled = fill_cache(bench, command); !filled) return filled.issue();
  const Result<Run> best = best_of(runs, command, Output::dropped);
  if (!best) return best.issue();
  measured.cost = best->cost;
  return measured;
}

}  // namespace xiangtu::bench
