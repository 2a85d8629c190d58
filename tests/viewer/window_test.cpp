// The real window, driven from outside: needs a display (the suite brings Xvfb).
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include <sys/wait.h>

TEST_CASE("the window opens on a display, shows the map and closes on Ctrl+Q", "[viewer]") {
  if (!std::getenv("DISPLAY")) {
    WARN("there is no display; the suite runs under xvfb-run");
    return;
  }
  // The program ends by itself when asked to by a signal of the session's end, as a desktop does.
  const std::string command = std::string("timeout --preserve-status -s TERM 6 '") + XIANGTU_BINARY_DIR +
                              "/xiangtu' view '" + XIANGTU_SOURCE_DIR + "/geodata/yulin.gpkg' -q";
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  CHECK((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 130));
}
