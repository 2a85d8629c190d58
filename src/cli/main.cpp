// The program: command line and window in one.
#include "cli/command_line.hpp"
#include "viewer/viewer.hpp"

int main(int argc, char** argv) {
  using namespace xiangtu;
  const auto dark = [](const std::string& theme) {
    return theme.empty() ? std::nullopt : std::optional{theme == "dark"};
  };
  return cli::run(argc, argv, [dark](const cli::ViewRequest& request, cli::Console& console) -> Status {
    return viewer::run_viewer(
        {request.open, request.screenshot, request.width, request.height, request.indicator, request.level,
         request.select, dark(request.theme), console.language_asked, request.size_asked,
         console.progress().stop_token(), request.backgrounds},
        console.catalogue());
  });
}
