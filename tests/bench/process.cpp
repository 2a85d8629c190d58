#include "process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

namespace xiangtu::bench {

namespace {

constexpr int not_started = 127;  // as a shell has it

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(const Command& command, int output) {
  for (const auto& [name, value] : command.environment) setenv(name.c_str(), value.c_str(), 1);
  dup2(output, STDOUT_FILENO);
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execv(words[0], words.data());
  _exit(not_started);
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 65536> block;
  for (;;) {
    const ssize_t got = read(from, block.data(), block.size());
    if (got > 0)
      text.append(block.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
      return text;
  }
}

std::string line_of(const Command& command) {
  std::string line;
  for (const std::string& word : command.words) line += (line.empty() ? "" : " ") + word;
  return line;
}

Status judged(const Command& command, int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == not_started)
    return Issue{IssueCode::input, "{0} cannot be started; build it with ./dev bench", command.words.front()};
  if (WIFSIGNALED(status))
    return Issue{IssueCode::input,
                 "'{0}' was ended by signal {1} ({2}); run it alone and see whether memory is short",
                 line_of(command), WTERMSIG(status), strsignal(WTERMSIG(status))};
  return Issue{IssueCode::input, "'{0}' ended with status {1}; run it alone to see why", line_of(command),
               WEXITSTATUS(status)};
}

}  // namespace

Result<Run> run(const Command& command, Output output) {
  const auto no_start = [&](const char* what) {
    return Issue{IssueCode::input, "{0} cannot be started: no {1} ({2}); end other programs and try again",
                 command.words.front(), what, std::strerror(errno)};
  };
  int ends[2] = {-1, -1};  // reading, writing
  if (output == Output::kept && pipe2(ends, O_CLOEXEC) != 0) return no_start("pipe");
  if (output == Output::dropped) ends[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become(command, ends[1]);
  close(ends[1]);
  if (child < 0) {
    if (ends[0] >= 0) close(ends[0]);
    return no_start("process");
  }
  Run done;
  if (output == Output::kept) {
    done.output = read_all(ends[0]);
    close(ends[0]);
  }
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  done.cost = {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
               static_cast<double>(usage.ru_maxrss) * 1024 / 1e6};
  if (const Status good = judged(command, status); !good) return good.issue();
  return done;
}

}  // namespace xiangtu::bench
