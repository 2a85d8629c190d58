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
  ResultOptions result;
};

int run_info(const InfoRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return console.fail(workspace.issue());
  if (const Status apart = workspace::check_outputs(request.source.files(*workspace),
                                                    {request.result.output, request.result.findings});
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
  if (const Status written =
          write_results({request.result.output, whole(text)}, {{request.result.findings, findings}},
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
  add_result_options(*app, request->result, texts);
  return {app, [request](Console& console) { return run_info(*request, console); }};
}

}  // namespace xiangtu::cli
