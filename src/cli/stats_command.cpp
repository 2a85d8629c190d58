// xiangtu stats: coverage tables.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "base/assets.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/option_checks.hpp"
#include "cli/results.hpp"
#include "cli/threshold_options.hpp"
#include "report/coverage_report.hpp"
#include "workspace/outputs.hpp"
#include "workspace/stats_cache.hpp"

namespace xiangtu::cli {

namespace {

using atlas::Level;

struct StatsRequest {
  SourceOptions source;
  workspace::StatsOptions stats;
  ThresholdOptions thresholds;
  std::string set;  // empty: as the format asks
  std::string by = "county";
  ResultOptions result;
  bool byte_order_mark = false;
  bool list = false;
  bool no_cache = false;
};

std::vector<Level> levels_of(const std::string& by) {
  if (by == "all") return {Level::county, Level::township, Level::village};
  return {*atlas::level_from_name(by)};
}

int list_indicators(const std::vector<std::string>& own_files, Console& console) {
  const auto definitions = indicators::Definitions::load(assets_folder(), own_files);
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

int run_stats(const CLI::App& app, StatsRequest& request, Console& console) {
  if (request.list) return list_indicators(request.source.definitions, console);
  if (request.source.sources.empty())
    return console.fail({IssueCode::usage, "name at least one source; see 'xiangtu stats --help'"});
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  const bool shows_part =
      request.stats.set.empty() && set_of(request, *format) == "headline" && request.stats.indicators.empty();
  request.stats.set = set_of(request, *format);
  const auto parameters = thresholds_of(app, request.thresholds, request.source.open());
  if (!parameters) return console.fail(parameters.issue());
  request.stats.parameters = *parameters;
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
      ->check(one_of({"county", "township", "village", "all"}, texts))
      ->capture_default_str();
  app->add_option("--where", request->stats.where, texts.c_str("only this unit and those in it"))
      ->check(not_empty(texts))
      ->type_name("UNIT_CODE");
  add_threshold_options(*app, request->thresholds, texts);
  add_result_options(*app, request->result, texts);
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  app->add_flag("--no-cache", request->no_cache,
                texts.c_str("neither use nor keep answers in the user's cache folder"));
  app->add_flag("--list", request->list, texts.c_str("list the indicators that there are and exit"));
  return {app, [app, request](Console& console) { return run_stats(*app, *request, console); }};
}

}  // namespace xiangtu::cli
