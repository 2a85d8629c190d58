// Runs the built program as a user would and catches what it says.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace xiangtu::tests {

struct Said {
  int status = -1;
  std::string out, err;
};

// A folder of its own for each test case, gone with it.
struct WorkFolder {
  std::filesystem::path path;
  WorkFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiangtu-cli-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~WorkFolder() { std::filesystem::remove_all(path); }
  std::string operator/(const char* name) const { return (path / name).string(); }
};

inline std::string read_all(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The command line is one a shell would take; `before` goes in front of the program, e.g. an assignment.
// Nothing that was computed before is known, and the user's own cache is left alone.
inline Said xiangtu_run(const std::string& arguments, const std::string& before = "") {
  const WorkFolder folder;
  const std::string command = "LC_ALL=C XDG_CACHE_HOME='" + (folder / "caches") + "' " + before + " '" +
                              XIANGTU_BINARY_DIR + "/xiangtu' " + arguments + " >'" + (folder / "out") +
                              "' 2>'" + (folder / "err") + "'";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_all(folder.path / "out"),
          read_all(folder.path / "err")};
}

}  // namespace xiangtu::tests
