// The program: the command line, and the window where that is asked for.
#include "base/memory.hpp"
#include "base/module.hpp"
#include "cli/command_line.hpp"
#include "viewer/viewer.hpp"

int main(int argc, char** argv) {
  using namespace xiangtu;
  keep_freed_memory();
  const auto dark = [](const std::string& theme) {
    return theme.empty() ? std::nullopt : std::optional{theme == "dark"};
  };
  return cli::run(argc, argv, [dark](const cli::ViewRequest& request, cli::Console& console) -> Status {
    const Result<void*> window = load_module(viewer::library);
    if (!window) return window.issue();
    return reinterpret_cast<viewer::RunViewer*>(*window)(
        {request.open, request.screenshot, request.width, request.height, request.indicator, request.level,
         request.select, dark(request.theme), console.language_asked, request.size_asked,
         console.progress().stop_token(), request.backgrounds},
        console.catalogue());
  });
}
