// The command line: one entry, one file a command. Exit status: 0 done, 1 done and found what was not to be
// there, 2 wrong usage, 3 an input could not be read or makes no sense, 4 output could not be written, 130
// cancelled.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/catalogue.hpp"
#include "cli/console.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::cli {

// What every command takes.
struct CommonOptions {
  std::string language;  // "zh", "en", or empty: as the environment says
  int threads = 0;       // 0: as many as there are cores
  bool quiet = false;
};

// SOURCE… and how it is understood.
struct SourceOptions {
  std::vector<std::string> sources;
  std::string mapping;
  std::vector<std::string> definitions;  // files of indicators of the user's own
  workspace::OpenOptions open() const;
  // What was named, and every file that layers come from: nothing is written over these.
  std::vector<std::string> files(const workspace::Workspace& workspace) const;
};

// Where a table goes, and what was noticed on the way to it.
struct ResultOptions {
  std::string format;    // as asked; empty: as the output's ending says
  std::string output;    // empty: standard output
  std::string findings;  // empty: none are written
};

// A command: its options are added once; run is called when it was chosen.
struct Command {
  CLI::App* app = nullptr;
  std::function<int(Console&)> run;
};

struct ViewRequest {
  workspace::OpenOptions open;
  std::string screenshot;  // draw one settled frame into this PNG and exit; empty: open the window
  int width = 1280, height = 800;
  std::string indicator;                 // to colour units by; empty: none
  std::string level;                     // "county" or "township"
  std::string select;                    // code of a unit to select
  std::string theme;                     // "light" or "dark"; empty: the last one used
  std::vector<std::string> backgrounds;  // under the map, the first lowest
  bool size_asked = false;
};
// Opens the window; given by the program's main, which links the viewer.
using ViewFunction = std::function<Status(const ViewRequest&, Console&)>;

// Parses and runs; returns the exit status.
int run(int argc, char** argv, const ViewFunction& view);

// Error: a file whose name does not end as what is written into it must. An empty path is none.
Status check_ending(const char* option, const std::string& path, std::string_view ending);
// The format asked for, else the one that the output's ending names, else the table. Error: an ending that
// names none.
Result<std::string> format_of(const std::string& format, const std::string& output);

// --background FILE, for what draws a map.
void add_background_option(CLI::App& app, std::vector<std::string>& files, const Catalogue& catalogue);
void add_sources(CLI::App& app, SourceOptions& options, const Catalogue& catalogue);
void add_result_options(CLI::App& app, ResultOptions& options, const Catalogue& catalogue);

Command add_info(CLI::App& program, const Catalogue& catalogue);
Command add_stats(CLI::App& program, const Catalogue& catalogue);
Command add_explain(CLI::App& program, const Catalogue& catalogue);
Command add_reach(CLI::App& program, const Catalogue& catalogue);
Command add_bridges(CLI::App& program, const Catalogue& catalogue);
Command add_links(CLI::App& program, const Catalogue& catalogue);
Command add_check(CLI::App& program, const Catalogue& catalogue);
Command add_map(CLI::App& program, const Catalogue& catalogue);
Command add_synth(CLI::App& program, const Catalogue& catalogue);
Command add_view(CLI::App& program, const Catalogue& catalogue, const ViewFunction& view);

}  // namespace xiangtu::cli
