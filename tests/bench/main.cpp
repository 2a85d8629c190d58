// Whole-process times of the program on synthetic regions: ./dev bench. See tasks.cpp for what is run.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "comparison.hpp"
#include "lines.hpp"
#include "measuring.hpp"
#include "regions.hpp"
#include "results.hpp"
#include "tasks.hpp"

namespace xiangtu::bench {

namespace {

namespace fs = std::filesystem;

const fs::path built = XIANGTU_BINARY_DIR;
const fs::path folder = fs::path(XIANGTU_SOURCE_DIR) / "build" / "bench";

constexpr std::uint64_t large = 600000;  // from here on a task is run once

struct Options {
  std::vector<std::uint64_t> sizes{5000, 60000};
  bool all = false;
  int runs = 0;                    // 0: as the size is
  std::vector<std::string> tasks;  // empty: all
  std::string compare;             // empty: with nothing
  std::string output = (folder / "results.json").string();
};

int report(const Issue& issue) {
  std::fprintf(stderr, "xiangtu_bench: %s\n", issue.message.english().c_str());
  return exit_status(issue.code);
}

void add_options(CLI::App& app, Options& options) {
  std::vector<std::string> names;
  for (const Task& task : all_tasks()) names.push_back(task.name);
  auto* sizes =
      app.add_option("VILLAGES", options.sizes, "sizes of the regions, each made once in build/bench")
          ->check(CLI::Range(1, 10000000))
          ->capture_default_str();
  app.add_flag("--all", options.all, "5000, 60000, 600000 and 2600000 villages")->excludes(sizes);
  app.add_option("--runs", options.runs,
                 "take the best of so many runs; else of 3, and 1 from 600000 villages")
      ->check(CLI::Range(1, 1000))
      ->type_name("N");
  app.add_option("--task", options.tasks, "only this task; may be repeated")
      ->check(CLI::IsMember(names))
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--compare", options.compare, "show the change from earlier results")->type_name("FILE");
  app.add_option("-o,--output", options.output, "where results are written as JSON")
      ->type_name("FILE")
      ->capture_default_str();
}

void settle(Options& options) {
  if (options.all) options.sizes = {5000, 60000, 600000, 2600000};
  std::sort(options.sizes.begin(), options.sizes.end());  // ratios are from a size to the next
  options.sizes.erase(std::unique(options.sizes.begin(), options.sizes.end()), options.sizes.end());
}

std::vector<Task> tasks_of(const Options& options, const Bench& bench) {
  std::vector<Task> chosen;
  for (const Task& task : all_tasks()) {
    const auto& asked = options.tasks;
    if (!asked.empty() && std::find(asked.begin(), asked.end(), task.name) == asked.end()) continue;
    if (bench.program_caches || !task.warm)
      chosen.push_back(task);
    else
      std::fprintf(stderr, "%s is left out: this xiangtu keeps no cache\n", task.name.c_str());
  }
  return chosen;
}

const Measurement* last_of(const std::vector<Measurement>& measurements, const std::string& task) {
  const auto found = std::find_if(measurements.rbegin(), measurements.rend(),
                                  [&](const Measurement& measured) { return measured.task == task; });
  return found == measurements.rend() ? nullptr : &*found;
}

void show(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

// The results are written after each size, so that a long measurement may be broken off.
Result<std::vector<Measurement>> measure_all(const Options& options, const Bench& bench) {
  const std::vector<Task> tasks = tasks_of(options, bench);
  std::vector<Measurement> measurements;
  for (const std::uint64_t size : options.sizes) {
    const Result<fs::path> region = region_of(size, bench.program, folder);
    if (!region) return region.issue();
    if (size == options.sizes.front()) show(measured_heading());
    const int runs = options.runs > 0 ? options.runs : size < large ? 3 : 1;
    for (const Task& task : tasks) {
      const Result<Measurement> measured = measure(bench, task, *region, size, runs);
      if (!measured) return measured.issue();
      show(measured_line(*measured, last_of(measurements, task.name), task.what));
      measurements.push_back(*measured);
    }
    if (const Status written = write_results(options.output, measurements); !written) return written.issue();
  }
  return measurements;
}

void show_changes(const std::vector<Measurement>& before, const std::vector<Measurement>& after,
                  const std::string& file) {
  show("\nChange from " + file + "\n" + change_heading());
  for (const Change& change : changes(before, after)) show(change_line(change));
}

int bench(const Options& options) {
  std::vector<Measurement> before;  // read first: the file may be the one that is written
  if (!options.compare.empty()) {
    Result<std::vector<Measurement>> read = read_results(options.compare);
    if (!read) return report(read.issue());
    before = std::move(*read);
  }
  Bench bench{built / "xiangtu", built / "xiangtu_bench_floor", folder / "cache"};
  const Result<bool> caches = keeps_cache(bench.program);
  if (!caches) return report(caches.issue());
  bench.program_caches = *caches;
  const Result<std::vector<Measurement>> after = measure_all(options, bench);
  if (!after) return report(after.issue());
  if (!options.compare.empty()) show_changes(before, *after, options.compare);
  return 0;
}

}  // namespace

}  // namespace xiangtu::bench

int main(int count, char** words) {
  using namespace xiangtu::bench;
  CLI::App app{"Measures xiangtu on synthetic regions, each task from its start to its last line"};
  Options options;
  add_options(app, options);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  settle(options);
  return bench(options);
}
