// The program: command line and window in one.
#include "cli/command_line.hpp"

int main(int argc, char** argv) {
  using namespace xiangtu;
  return cli::run(argc, argv, [](const cli::ViewRequest&, cli::Console&) -> Status {
    return Issue{IssueCode::no_display, "the window is not part of this build"};
  });
}
