// Whole-process times of the program's commands on synthetic regions: ./dev bench [VILLAGES…]
// Makes each region once (in build/bench), runs every task three times, prints the best wall time, its
// CPU time and peak memory, and writes build/bench/results.json.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

constexpr int runs = 3;

struct Task {
  const char* name;
  const char* what;
  std::vector<std::string> arguments;  // after `stats REGION -q --format csv`
};

const std::vector<Task> tasks{
    {"T1",
     "villages and people near a hardened road, by county",
     {"--indicator", "near_hardened_village_rate", "--indicator", "near_hardened_population_rate", "--by",
      "county"}},
    {"T2",
     "length and hardened length by township",
     {"--indicator", "road_km", "--indicator", "hardened_km", "--by", "township"}},
    {"T5", "tap-in-home rate by county", {"--indicator", "tap_household_rate", "--by", "county"}},
    {"T6", "all indicators, all levels", {"--by", "all"}},
};

struct Cost {
  double wall_s = 0, cpu_s = 0, peak_mb = 0;
  bool ok = false;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Cost run_once(const std::vector<std::string>& command) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execv(words[0], words.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024, WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

Cost best_of(const std::vector<std::string>& command) {
  Cost best;
  for (int i = 0; i < runs; ++i) {
    const Cost cost = run_once(command);
    if (!cost.ok) return cost;
    if (i == 0 || cost.wall_s < best.wall_s) best = cost;
  }
  return best;
}

}  // namespace

int main(int count, char** words) {
  const std::string program = std::string(XIANGTU_BINARY_DIR) + "/xiangtu",
                    folder = std::string(XIANGTU_SOURCE_DIR) + "/build/bench";
  std::filesystem::create_directories(folder);
  std::vector<std::string> sizes(words + 1, words + count);
  if (sizes.empty()) sizes = {"5000", "60000"};
  std::ofstream json(folder + "/results.json");
  json << "[";
  const char* separator = "\n";
  std::printf("%9s  %-4s %9s %9s %9s  %s\n", "villages", "task", "wall s", "cpu s", "peak MB", "what");
  for (const std::string& size : sizes) {
    const std::string region = folder + "/region-" + size + ".gpkg";
    if (!std::filesystem::exists(region)) {
      const Cost made = run_once({program, "synth", "--villages", size, "--seed", "1", "-q", "-o", region});
      if (!made.ok) return 1;
      std::printf("%9s  %-4s %9.2f %9.2f %9.0f  making the region, %.0f MB\n", size.c_str(), "make",
                  made.wall_s, made.cpu_s, made.peak_mb,
                  static_cast<double>(std::filesystem::file_size(region)) / 1e6);
    }
    for (const Task& task : tasks) {
      std::vector<std::string> command{program, "stats", region, "-q", "--format", "csv"};
      command.insert(command.end(), task.arguments.begin(), task.arguments.end());
      const Cost cost = best_of(command);
      if (!cost.ok) return 1;
      std::printf("%9s  %-4s %9.2f %9.2f %9.0f  %s\n", size.c_str(), task.name, cost.wall_s, cost.cpu_s,
                  cost.peak_mb, task.what);
      json << separator << R"({"villages": )" << size << R"(, "task": ")" << task.name << R"(", "wall_s": )"
           << cost.wall_s << R"(, "cpu_s": )" << cost.cpu_s << R"(, "peak_mb": )" << cost.peak_mb << "}";
      separator = ",\n";
    }
  }
  json << "\n]\n";
}
