// xiangtu info: what is in the sources and how it was understood.
#include <memory>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/results.hpp"
#include "report/coverage_report.hpp"
#include "report/source_report.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::cli {

namespace {

struct InfoRequest {
  SourceOptions source;
  std::string format, output, findings;
};

int run_info(const InfoRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.format, request.output);
  if (!format) return console.fail(format.issue());
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return console.fail(workspace.issue());
  if (const Status apart =
          workspace::check_outputs(workspace::source_files(*workspace), {request.output, request.findings});
      !apart)
    return console.fail(apart.issue());
  const auto atlas = workspace->read_all(console.progress());
  if (!atlas) return console.fail(atlas.issue());
  console.finish_progress();
  const report::SourceReport report{workspace->layers(), *atlas};
  const std::string text = *format == "json"  ? report::json(report)
                           : *format == "csv" ? report::csv(report)
                                              : report::text(report, console.catalogue());
  const auto findings = [&](const report::TextSink& sink) {
    return report::write_findings(atlas->findings, console.catalogue(), sink, console.progress());
  };
  if (const Status written = write_results(request.output, whole(text), request.findings, findings,
                                           console.progress().stop_token());
      !written)
    return console.fail(written.issue());
  return 0;
}

}  // namespace

Command add_info(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<InfoRequest>();
  CLI::App* app =
      program.add_subcommand("info", texts.c_str("what is in the sources and how it was understood"));
  app->footer(
      texts.c_str("Examples:\n"
                  "  xiangtu info region.gpkg\n"
                  "  xiangtu info roads.shp villages.csv --format json"));
  add_sources(*app, request->source, texts);
  app->add_option("--format", request->format, texts.c_str("table, csv or json; else by the output's ending"))
      ->check(CLI::IsMember({"table", "csv", "json"}));
  app->add_option("-o,--output", request->output, texts.c_str("file to write; else standard output"))
      ->type_name("FILE");
  app->add_option("--findings", request->findings, texts.c_str("file for every finding with its rows"))
      ->type_name("FILE.csv");
  return {app, [request](Console& console) { return run_info(*request, console); }};
}

}  // namespace xiangtu::cli
