// The real window, driven from outside: needs a display (the suite brings Xvfb).
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include <sys/wait.h>

#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"

TEST_CASE("the window opens on a display, ends on a signal and remembers what it should", "[viewer]") {
  if (!std::getenv("DISPLAY")) {
    WARN("there is no display; the suite runs under xvfb-run");
    return;
  }
  const xiangtu::test::ScratchFolder folder;
  // As a desktop ends its programs: by a signal. What the display's libraries leave behind is not ours.
  const std::string command = "ASAN_OPTIONS=detect_leaks=0 XDG_CONFIG_HOME='" + folder.file("") +
                              "' timeout --preserve-status -s TERM 6 '" XIANGTU_BINARY_DIR
                              "/xiangtu' view '" XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg' -q";
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  const auto settings = xiangtu::io::read_file(folder.file("xiangtu/viewer.txt"));
  REQUIRE(settings);
  CHECK(settings->find("theme light") != std::string::npos);
}
