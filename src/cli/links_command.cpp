// xiangtu links: what to build so that villages are connected, the most gain for the money first.
#include <memory>
#include <string>

#include "cli/command_line.hpp"
#include "cli/network_options.hpp"
#include "cli/option_checks.hpp"
#include "cli/results.hpp"
#include "report/link_report.hpp"
#include "workspace/next_links.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::cli {

namespace {

struct LinksRequest {
  SourceOptions source;
  NetworkRequest network;
  workspace::LinkQuestion question;
  std::string close_classes = "4,5", costs;
  double new_road_m = 5000;
  std::size_t limit = 20;
  ResultOptions result;
  std::string villages, lines;  // files for them; empty: none
  bool byte_order_mark = false;
};

Status read_options(LinksRequest& request) {
  reach::LinkOptions& options = request.question.options;
  Result<std::vector<int>> closed = condition_classes("--close-classes", request.close_classes);
  if (!closed) return closed.issue();
  options.closed_classes = std::move(*closed);
  Result<reach::UnitCosts> costs = reach::load_unit_costs(request.costs);
  if (!costs) return costs.issue();
  options.costs = *costs;
  options.network = request.network.network();
  options.attach_within = {request.network.attach_m};
  options.new_road_within = {request.new_road_m};
  request.question.parameters.hardened_blocks = !request.network.soft_blocks;
  return {};
}

Result<workspace::LinkResult> answer(LinksRequest& request, Console& console) {
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return workspace.issue();
  std::vector<std::string> inputs = request.source.files(*workspace);
  if (!request.costs.empty()) inputs.push_back(request.costs);
  if (const Status apart = workspace::check_outputs(
          inputs, {request.result.output, request.villages, request.lines, request.result.findings});
      !apart)
    return apart.issue();
  return workspace::compute_links(*workspace, request.question, console.progress());
}

int run_links(LinksRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  for (const Status& named : {check_ending("--villages", request.villages, ".csv"),
                              check_ending("--lines", request.lines, ".geojson")})
    if (!named) return console.fail(named.issue());
  if (const Status read = read_options(request); !read) return console.fail(read.issue());
  const auto result = answer(request, console);
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::LinkReport report{result->atlas->hierarchy, result->links, result->provenance,
                                  result->findings};
  const Progress& progress = console.progress();
  const auto villages = [&](const report::TextSink& sink) {
    return report::write_villages_csv(report, request.byte_order_mark, sink, progress);
  };
  const auto lines = [&](const report::TextSink& sink) {
    return report::write_lines_geojson(report, sink, progress);
  };
  const auto table = [&] {
    return report::text_table(report, request.limit, console.catalogue(), console.width());
  };
  return deliver(report, *format, request.byte_order_mark, request.result, table,
                 {{request.villages, villages}, {request.lines, lines}}, console);
}

}  // namespace

Command add_links(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<LinksRequest>();
  CLI::App* app = program.add_subcommand(
      "links",
      texts.c_str("what to build so that villages are connected, the most gain for the money first"));
  app->footer(texts.c_str(
      "For every village that no hardened road connects to a national or provincial road: the roads to\n"
      "harden, the bridges to rebuild and, where it has no road, the new road; stretches that several\n"
      "villages share are paid for once. Unit costs are in assets/unit_costs.toml; --costs names your own.\n"
      "Examples:\n"
      "  xiangtu links region.gpkg --where 610826             what one county needs\n"
      "  xiangtu links region.gpkg --lines links.geojson      what is built, for the map\n"
      "  xiangtu links region.gpkg --costs costs.toml -o links.csv"));
  add_sources(*app, request->source, texts);
  app->add_option("--where", request->question.where, texts.c_str("only villages of this unit"))
      ->check(not_empty(texts))
      ->type_name("UNIT_CODE");
  app->add_option("--costs", request->costs, texts.c_str("file of unit costs, over the program's own"))
      ->type_name("FILE.toml");
  app->add_option("--close-classes", request->close_classes,
                  texts.c_str("bridges of these condition classes must be rebuilt to be crossed"))
      ->type_name("CLASSES")
      ->capture_default_str();
  app->add_option("--new-road-m", request->new_road_m,
                  texts.c_str("the greatest length of a new road to a village without one, in metres"))
      ->check(metres_up_to(100000, texts))
      ->capture_default_str();
  add_network_options(*app, request->network, texts);
  app->add_option("--limit", request->limit, texts.c_str("how many links the table shows"))
      ->capture_default_str();
  add_result_options(*app, request->result, texts);
  app->add_option("--villages", request->villages,
                  texts.c_str("file for the state of each village and the cost of a way to it alone"))
      ->type_name("FILE.csv");
  app->add_option("--lines", request->lines, texts.c_str("file for the lines of what is built"))
      ->type_name("FILE.geojson");
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  return {app, [request](Console& console) { return run_links(*request, console); }};
}

}  // namespace xiangtu::cli
