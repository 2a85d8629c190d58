// xiangtu stats: coverage tables.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "base/assets.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/results.hpp"
#include "report/coverage_report.hpp"
#include "workspace/outputs.hpp"
#include "workspace/stats_cache.hpp"

namespace xiangtu::cli {

namespace {

using atlas::Level;

struct StatsRequest {
  SourceOptions source;
  workspace::StatsOptions stats;
  std::string set;  // empty: as the format asks
  std::string by = "county";
  ResultOptions result;
  std::string eligible = "30/150";
  bool soft_blocks = false;
  bool byte_order_mark = false;
  bool list = false;
  bool no_cache = false;
};

std::vector<Level> levels_of(const std::string& by) {
  if (by == "all") return {Level::county, Level::township, Level::village};
  return {*atlas::level_from_name(by)};
}

// "all", or "HOUSEHOLDS/PEOPLE".
Status read_eligible(const std::string& text, indicators::Parameters& parameters) {
  if (text == "all") {
    parameters.eligible_households = parameters.eligible_population = 0;
    return {};
  }
  const std::size_t slash = text.find('/');
  const auto households = parse_number(text.substr(0, slash));
  const auto people = slash == std::string::npos ? std::nullopt : parse_number(text.substr(slash + 1));
  if (!households || !people || *households < 0 || *people < 0)
    return Issue{IssueCode::usage, "--eligible takes 'all' or HOUSEHOLDS/PEOPLE such as 30/150, not '{0}'",
                 text};
  parameters.eligible_households = *households;
  parameters.eligible_population = *people;
  return {};
}

int list_indicators(Console& console) {
  const auto definitions = indicators::Definitions::load(assets_folder());
  if (!definitions) return console.fail(definitions.issue());
  std::string text;
  for (const indicators::Definition& definition : definitions->indicators()) {
    const indicators::IndicatorInfo& info = definition.info;
    std::string sets;
    for (const std::string& set : definition.sets) sets += (sets.empty() ? "" : ",") + set;
    text += fmt::format("{:<34} {:<9} {}\n", info.id, sets, info.name(console.catalogue().language()));
  }
  const Status written = write_result("", whole(text));
  return written ? 0 : console.fail(written.issue());
}

// A terminal's table without a choice of indicators shows the headline figures, everything else all.
std::string set_of(const StatsRequest& request, const std::string& format) {
  if (!request.set.empty()) return request.set;
  return format == "table" && request.result.output.empty() ? "headline" : "coverage";
}

bool has_figures(const indicators::CoverageTable& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const indicators::FigureColumn& column) {
    for (std::size_t row = 0; row < table.units.size(); ++row)
      if (!column.why(row)) return true;
    return false;
  });
}

// From the cache, else from the sources.
Result<workspace::StatsResult> answer(const StatsRequest& request, workspace::StatsCache& cache,
                                      Console& console) {
  const std::vector<std::string> outputs{request.result.output, request.result.findings};
  // Of all files that belong to the sources, opening tells which are sources themselves.
  if (std::optional<workspace::StatsResult> known = cache.find(request.stats);
      known && workspace::check_outputs(cache.files(), outputs))
    return std::move(*known);
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return workspace.issue();
  if (const Status apart = workspace::check_outputs(request.source.files(*workspace), outputs); !apart)
    return apart.issue();
  Result<workspace::StatsResult> result =
      workspace::compute_stats(*workspace, request.stats, console.progress());
  if (result) cache.store(request.stats, *result, console.progress());
  return result;
}

Status write_table(const StatsRequest& request, const std::string& format,
                   const report::CoverageReport& report, const report::TextSink& sink, Console& console) {
  if (format == "csv") return report::write_csv(report, request.byte_order_mark, sink, console.progress());
  if (format == "json") return report::write_json(report, sink, console.progress());
  return sink(report::text_table(report, console.catalogue(), console.width()));
}

// Thresholds of a workspace file hold where no option says otherwise.
Status take_saved_parameters(const CLI::App& app, StatsRequest& request) {
  const auto saved = workspace::saved_parameters(request.source.open());
  if (!saved) return saved.issue();
  if (!*saved) return {};
  const auto asked = [&](const char* option) { return app.get_option(option)->count() > 0; };
  indicators::Parameters& ours = request.stats.parameters;
  const indicators::Parameters given = std::exchange(ours, **saved);
  if (asked("--near-m")) ours.near_m = given.near_m;
  if (asked("--reach-m")) ours.reach_m = given.reach_m;
  if (asked("--include-communities")) ours.include_communities = given.include_communities;
  if (asked("--no-hardened-blocks")) ours.hardened_blocks = given.hardened_blocks;
  if (!asked("--eligible")) return {};
  ours.eligible_households = given.eligible_households;
  ours.eligible_population = given.eligible_population;
  return {};
}

int run_stats(const CLI::App& app, StatsRequest& request, Console& console) {
  if (request.list) return list_indicators(console);
  if (request.source.sources.empty())
    return console.fail({IssueCode::usage, "name at least one source; see 'xiangtu stats --help'"});
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  if (const Status read = read_eligible(request.eligible, request.stats.parameters); !read)
    return console.fail(read.issue());
  const bool shows_part =
      request.stats.set.empty() && set_of(request, *format) == "headline" && request.stats.indicators.empty();
  request.stats.set = set_of(request, *format);
  request.stats.parameters.hardened_blocks = !request.soft_blocks;
  if (const Status saved = take_saved_parameters(app, request); !saved) return console.fail(saved.issue());
  request.stats.levels = levels_of(request.by);

  workspace::StatsCache cache(request.source.open(), !request.no_cache);
  auto result = answer(request, cache, console);
  if (shows_part && result && !has_figures(result->table)) {  // sources of another kind: whatever there is
    request.stats.set = "coverage";
    result = answer(request, cache, console);
  }
  for (const Message& remark : cache.remarks()) console.note(remark);
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::CoverageReport report{result->atlas->hierarchy, result->table, result->provenance,
                                      result->findings};
  const auto table = [&](const report::TextSink& sink) {
    return write_table(request, *format, report, sink, console);
  };
  const auto findings = [&](const report::TextSink& sink) {
    return report::write_findings(report.findings, console.catalogue(), sink, console.progress());
  };
  if (const Status written =
          write_results({request.result.output, table}, {{request.result.findings, findings}},
                        console.progress().stop_token());
      !written)
    return console.fail(written.issue());
  if (shows_part && request.stats.set == "headline")
    console.note(
        Message("The headline figures are shown; --set coverage shows all, -o FILE.csv writes all."));
  console.summarise(result->findings);
  return 0;
}

}  // namespace

Command add_stats(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<StatsRequest>();
  CLI::App* app = program.add_subcommand("stats", texts.c_str("coverage tables by administrative unit"));
  app->footer(
      texts.c_str("Examples:\n"
                  "  xiangtu stats region.gpkg                                 the table by county\n"
                  "  xiangtu stats region.gpkg --by all -o coverage.csv        every unit, as CSV\n"
                  "  xiangtu stats region.gpkg --by township --where 610802    the townships of one county\n"
                  "  xiangtu stats region.gpkg --indicator tap_household_rate --indicator 'surface_share.*'\n"
                  "  xiangtu stats region.gpkg --set bulletin                  the published figures"));
  add_sources(*app, request->source, texts);
  app->get_option("source")->required(false);
  app->add_option("--set", request->set,
                  texts.c_str("set of indicators: coverage (all), headline or bulletin; a table on the "
                              "terminal shows headline, all else coverage"))
      ->type_name("NAME");
  app->add_option("--indicator", request->stats.indicators,
                  texts.c_str("only these indicators; 'surface_share.*' takes all that begin so"))
      ->type_name("ID")
      ->take_all()
      ->allow_extra_args(false);
  app->add_option("--by", request->by, texts.c_str("level of the units: county, township, village or all"))
      ->check(CLI::IsMember({"county", "township", "village", "all"}))
      ->capture_default_str();
  app->add_option("--where", request->stats.where, texts.c_str("only this unit and those in it"))
      ->type_name("UNIT_CODE");
  app->add_option("--near-m", request->stats.parameters.near_m,
                  texts.c_str("distance of the near_* indicators in metres, inclusive"))
      ->check(not_negative(texts))
      ->capture_default_str();
  app->add_option("--reach-m", request->stats.parameters.reach_m,
                  texts.c_str("distance to a hardened road at which a village is reached, in metres"))
      ->check(not_negative(texts))
      ->capture_default_str();
  app->add_option("--eligible", request->eligible,
                  texts.c_str("natural villages that count: all, or at least HOUSEHOLDS/PEOPLE"))
      ->capture_default_str();
  app->add_flag("--include-communities", request->stats.parameters.include_communities,
                texts.c_str("count residents' committees among the administrative villages"));
  app->add_flag("--no-hardened-blocks", request->soft_blocks,
                texts.c_str("stone and brick pavement does not count as hardened"));
  add_result_options(*app, request->result, texts);
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  app->add_flag("--no-cache", request->no_cache,
                texts.c_str("neither use nor keep answers in the user's cache folder"));
  app->add_flag("--list", request->list, texts.c_str("list the indicators that there are and exit"));
  return {app, [app, request](Console& console) { return run_stats(*app, *request, console); }};
}

}  // namespace xiangtu::cli
