// Ctrl-C while the reader of the result does not read.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "cli/program.hpp"

using namespace xiangtu::tests;

namespace {

// The program as a process of its own, killed when the test is done with it.
class Running {
 public:
  explicit Running(std::vector<std::string> arguments) {
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    REQUIRE(::posix_spawn(&process_, argv[0], nullptr, nullptr, argv.data(), environ) == 0);
    handle_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
    REQUIRE(handle_ >= 0);
  }
  ~Running() {
    if (!ended_) ::kill(process_, SIGKILL), ::waitpid(process_, nullptr, 0);
    ::close(handle_);
  }
  void interrupt() const { ::kill(process_, SIGINT); }
  // Its exit status; -1 when it does not end in time.
  int end(int within_ms) {
    pollfd ended{handle_, POLLIN, 0};
    if (::poll(&ended, 1, within_ms) != 1) return -1;
    int status = 0;
    ::waitpid(process_, &status, 0);
    ended_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t process_ = 0;
  int handle_ = -1;
  bool ended_ = false;
};

constexpr int patience_ms = 20000;  // a machine may be slow; an answer that never comes is what is looked for

}  // namespace

TEST_CASE("Ctrl-C ends the program although the pipe is full and nobody reads", "[cli]") {
  const WorkFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  Running program({XIANGTU_BINARY_DIR "/xiangtu", "stats", XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg", "--by",
                   "all", "-q", "--no-cache", "--format", "csv", "-o", pipe});
  pollfd filled{reader, POLLIN, 0};
  REQUIRE(::poll(&filled, 1, patience_ms) == 1);
  program.interrupt();
  CHECK(program.end(patience_ms) == 130);
  ::close(reader);
}

TEST_CASE("Ctrl-C ends the program although the pipe has no reader", "[cli]") {
  const WorkFolder folder;
  const std::string pipe = folder / "pipe", findings = folder / "findings";
  for (const std::string& path : {pipe, findings}) REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const int reader = ::open(findings.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  Running program({XIANGTU_BINARY_DIR "/xiangtu", "stats", XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg", "-q",
                   "--no-cache", "--format", "csv", "-o", pipe, "--findings", findings});
  pollfd filled{reader, POLLIN, 0};
  REQUIRE(::poll(&filled, 1, patience_ms) == 1);  // now the figures are computed and the pipe is next
  program.interrupt();
  CHECK(program.end(patience_ms) == 130);
  ::close(reader);
}
