#include "cli/command_line.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <new>

#include "base/nearest_word.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "cli/help_format.hpp"
#include "cli/option_checks.hpp"
#include "cli/results.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::cli {

namespace {

// --lang and --threads are needed before the rest is parsed: help and errors speak the language.
Language language_asked(int argc, char** argv) {
  Language language = language_of_environment();
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::string_view value = word == "--lang" && i + 1 < argc ? std::string_view{argv[i + 1]}
                                   : word.starts_with("--lang=")    ? word.substr(7)
                                                                    : std::string_view{};
    if (value == "zh") language = Language::chinese;
    if (value == "en") language = Language::english;
  }
  return language;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string nearest_of(std::string_view word, const std::vector<std::string>& words) {
  return nearest(word, {words.begin(), words.end()});
}

// CLI11 names the option and then says in English what is the matter; our own checks speak for themselves.
Issue refusal(const CLI::ParseError& error, const std::string& help) {
  const std::string_view said = error.what();
  const std::string option{said.substr(0, std::min(said.find(':'), said.find(' ')))};
  if (dynamic_cast<const CLI::RequiredError*>(&error))
    return option == "A" ? Issue{IssueCode::usage, "a command is missing; see '{0}'", help}
                         : Issue{IssueCode::usage, "{0} is missing; see '{1}'", option, help};
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
    return {IssueCode::usage, "{0} takes one value; see '{1}'", option, help};
  if (dynamic_cast<const CLI::ConversionError*>(&error)) {
    constexpr std::string_view before = "Could not convert: ", between = " = ";
    const std::string_view pair = said.starts_with(before) ? said.substr(before.size()) : said;
    const std::size_t cut = std::min(pair.find(between), pair.size());
    return {IssueCode::usage, "{0} takes a number, not '{1}'; see '{2}'", pair.substr(0, cut),
            pair.substr(std::min(cut + between.size(), pair.size())), help};
  }
  return {IssueCode::usage, "{0}; see '{1}'", said, help};
}

// What CLI11 refused, as one sentence that says what to do.
Issue usage_issue(const CLI::ParseError& error, const CLI::App& program,
                  const std::vector<const CLI::App*>& chosen) {
  const CLI::App& app = chosen.empty() ? program : *chosen.front();
  const std::string help = chosen.empty() ? "xiangtu --help" : "xiangtu " + app.get_name() + " --help";
  std::string extra;
  for (const std::string& word : app.remaining(true))
    if (word != "--") {
      extra = word;
      break;
    }
  if (extra.empty()) return refusal(error, help);
  if (extra.starts_with("-")) {
    const std::string close = nearest_of(extra.substr(0, extra.find('=')), option_names(app));
    if (close.empty())
      return {IssueCode::unknown_option, "there is no option '{0}' here; see '{1}'", extra, help};
    return {IssueCode::unknown_option, "there is no option '{0}' here; did you mean '{1}'? See '{2}'", extra,
            close, help};
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : program.get_subcommands({})) commands.push_back(command->get_name());
  const std::string close = nearest_of(extra, commands);
  if (close.empty()) return {IssueCode::usage, "there is no command '{0}'; see 'xiangtu --help'", extra};
  return {IssueCode::usage, "there is no command '{0}'; did you mean '{1}'? See 'xiangtu --help'", extra,
          close};
}

void add_common(CLI::App& app, CommonOptions& options, const Catalogue& texts) {
  app.add_option("--lang", options.language,
                 texts.c_str("language of texts: zh or en; else the environment's"))
      ->check(one_of({"zh", "en"}, texts));
  app.add_option("--threads", options.threads, texts.c_str("threads to use; else as many as there are cores"))
      ->check(number_between(1, 1024, texts));
  app.add_flag("-q,--quiet", options.quiet,
               texts.c_str("no progress and no remarks, only results and errors"));
}

}  // namespace

Status check_ending(const char* option, const std::string& path, std::string_view ending) {
  if (path.empty() || fold(std::filesystem::path{path}.extension().string()) == ending) return {};
  return Issue{IssueCode::output_unknown_ending, "{0}: {1} writes a file that ends in {2}", path, option,
               ending};
}

Result<std::string> format_of(const std::string& format, const std::string& output) {
  if (!format.empty()) return format;
  if (output.empty()) return std::string{"table"};
  const std::string ending = std::filesystem::path{output}.extension().string();
  if (ending == ".csv") return std::string{"csv"};
  if (ending == ".json") return std::string{"json"};
  if (ending == ".txt") return std::string{"table"};
  return Issue{IssueCode::output_unknown_ending,
               "{0}: the ending '{1}' names no format; use .csv, .json or .txt, or say --format", output,
               ending};
}

workspace::OpenOptions SourceOptions::open() const {
  return {sources, mapping.empty() ? std::nullopt : std::optional<std::string>{mapping}, definitions};
}

std::vector<std::string> SourceOptions::files(const workspace::Workspace& workspace) const {
  std::vector<std::string> files = workspace::source_files(workspace);
  files.insert(files.end(), sources.begin(), sources.end());
  if (!mapping.empty()) files.push_back(mapping);
  files.insert(files.end(), definitions.begin(), definitions.end());
  return files;
}

void add_result_options(CLI::App& app, ResultOptions& options, const Catalogue& texts) {
  app.add_option("--format", options.format, texts.c_str("table, csv or json; else by the output's ending"))
      ->check(one_of({"table", "csv", "json"}, texts));
  app.add_option("-o,--output", options.output, texts.c_str("file to write; else standard output"))
      ->type_name("FILE");
  app.add_option("--findings", options.findings, texts.c_str("file for every finding with its rows"))
      ->type_name("FILE.csv");
}

void add_background_option(CLI::App& app, std::vector<std::string>& files, const Catalogue& texts) {
  app.add_option("--background", files,
                 texts.c_str("picture of the ground under the map: GeoTIFF, MBTiles, or a GDAL service "
                             "description; may be repeated"))
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_sources(CLI::App& app, SourceOptions& options, const Catalogue& texts) {
  app.add_option("source", options.sources,
                 texts.c_str("datasets (GeoPackage, Shapefile or a folder of them, GeoJSON, FlatGeobuf, CSV "
                             "…) or a .toml workspace"))
      ->required()
      ->type_name("SOURCE");
  app.add_option("--mapping", options.mapping,
                 texts.c_str("file that says what layers and fields mean where their names do not"))
      ->type_name("FILE.toml");
  app.add_option("--definitions", options.definitions,
                 texts.c_str("file of indicators of your own, over the program's of the same name; may be "
                             "repeated"))
      ->type_name("FILE.toml")
      ->allow_extra_args(false);
}

int run(int argc, char** argv, const ViewFunction& view) {
  reserve_standard_streams();
  Result<Catalogue> loaded = Catalogue::load(language_asked(argc, argv));
  const Catalogue texts = loaded ? std::move(*loaded) : Catalogue{};

  CLI::App program{texts.c_str("Xiangtu, a map and calculator for village infrastructure"), "xiangtu"};
  program.formatter(help_format(texts));  // commands that are added later take it over
  program.set_version_flag("--version", "xiangtu " + std::string{version()},
                           texts.c_str("show the version and exit"));
  program.set_help_flag("-h,--help", texts.c_str("show this help and exit"));
  program.require_subcommand(1);
  program.footer(texts.c_str("Each command explains itself: xiangtu COMMAND --help"));
  CommonOptions common;
  std::vector<Command> commands{add_info(program, texts),       add_stats(program, texts),
                                add_explain(program, texts),    add_reach(program, texts),
                                add_bridges(program, texts),    add_links(program, texts),
                                add_check(program, texts),      add_map(program, texts),
                                add_view(program, texts, view), add_synth(program, texts)};
  add_common(program, common, texts);
  for (Command& command : commands) add_common(*command.app, common, texts);

  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = program.get_subcommands();
    const Status written = write_result("", whole(chosen.empty() ? program.help() : chosen.front()->help()));
    return written ? 0 : exit_status(written.issue().code);
  } catch (const CLI::CallForVersion& call) {
    const Status written = write_result("", whole(std::string{call.what()} + "\n"));
    return written ? 0 : exit_status(written.issue().code);
  } catch (const CLI::ParseError& error) {
    std::vector<const CLI::App*> chosen;
    for (const CLI::App* app : program.get_subcommands()) chosen.push_back(app);
    return Console(texts, true).fail(usage_issue(error, program, chosen));
  }

  std::optional<ThreadLimit> limit;
  if (common.threads > 0) limit.emplace(static_cast<std::size_t>(common.threads));
  Console console(texts, common.quiet);
  if (!loaded) console.note(loaded.issue().message);
  console.language_asked = !common.language.empty();
  try {
    for (const Command& command : commands)
      if (command.app->parsed()) return command.run(console);
  } catch (const std::bad_alloc&) {
    return console.fail({IssueCode::output,
                         "the memory is not enough for this; close other programs, or ask for a smaller "
                         "picture, fewer layers or fewer indicators"});
  }
  return 2;
}

}  // namespace xiangtu::cli
