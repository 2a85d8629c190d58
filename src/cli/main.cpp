// The program: command line and window in one.
#include "cli/command_line.hpp"
#include "viewer/viewer.hpp"

int main(int argc, char** argv) {
  using namespace xiangtu;
  return cli::run(argc, argv, [](const cli::ViewRequest& request, cli::Console& console) -> Status {
    return viewer::run_viewer(
        {request.open, request.screenshot, request.width, request.height, request.indicator, request.level,
         request.select, console.language_asked, console.progress().stop_token(), request.backgrounds},
        console.catalogue());
  });
}
