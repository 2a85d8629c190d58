// xiangtu reach: which villages the trunk network is reached from over roads.
#include <memory>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/network_options.hpp"
#include "cli/option_checks.hpp"
#include "cli/results.hpp"
#include "report/reach_report.hpp"
#include "workspace/outputs.hpp"
#include "workspace/reach.hpp"

namespace xiangtu::cli {

namespace {

struct ReachRequest {
  SourceOptions source;
  workspace::ReachQuestion question;
  NetworkRequest network;
  bool variants = false;
  double near_m = 2000;
  std::string by = "county", to = "trunk", close_classes;
  ResultOptions result;
  std::string villages, ways;  // files for them; empty: none
  bool byte_order_mark = false;
};

Status read_options(ReachRequest& request) {
  reach::RoadReachOptions& options = request.question.options;
  Result<std::vector<int>> closed = condition_classes("--close-classes", request.close_classes);
  if (!closed) return closed.issue();
  options.closed_classes = std::move(*closed);
  options.variants = request.variants;
  options.lines = !request.ways.empty();
  request.question.parameters.near_m = request.near_m;
  options.by = *atlas::level_from_name(request.by);
  options.network = request.network.network();
  options.attach = request.network.attachment();
  options.to = request.to == "seat" ? reach::Destination::seat : reach::Destination::trunk;
  request.question.parameters.hardened_blocks = !request.network.soft_blocks;
  const bool plain = options.to == reach::Destination::trunk &&
                     options.attach.attach == reach::Attach::edge && !options.variants && !options.lines &&
                     request.question.where.empty();
  if (!request.question.scenario.empty() && !plain)
    return Issue{IssueCode::usage,
                 "--scenario is asked of the ways to the trunk roads by --attach edge, without --where, "
                 "--variants and --ways"};
  return {};
}

Result<workspace::ReachResult> answer(const ReachRequest& request, Console& console) {
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return workspace.issue();
  if (const Status apart = workspace::check_outputs(
          request.source.files(*workspace),
          {request.result.output, request.villages, request.ways, request.result.findings});
      !apart)
    return apart.issue();
  return workspace::compute_reach(*workspace, request.question, console.progress());
}

int run_reach(ReachRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  for (const Status& named : {check_ending("--villages", request.villages, ".csv"),
                              check_ending("--ways", request.ways, ".geojson")})
    if (!named) return console.fail(named.issue());
  if (const Status read = read_options(request); !read) return console.fail(read.issue());
  const auto result = answer(request, console);
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::ReachReport report{result->atlas->hierarchy, result->reach, result->provenance,
                                   result->findings};
  const Progress& progress = console.progress();
  const auto villages = [&](const report::TextSink& sink) {
    return report::write_villages_csv(report, request.byte_order_mark, sink, progress);
  };
  const auto ways = [&](const report::TextSink& sink) {
    return report::write_lines_geojson(report, sink, progress);
  };
  const auto table = [&] { return report::text_table(report, console.catalogue(), console.width()); };
  return deliver(report, *format, request.byte_order_mark, request.result, table,
                 {{request.villages, villages}, {request.ways, ways}}, console);
}

}  // namespace

Command add_reach(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<ReachRequest>();
  CLI::App* app =
      program.add_subcommand("reach", texts.c_str("villages that the trunk roads are reached from"));
  app->footer(texts.c_str(
      "A village is connected when the hardened road nearest to it leads, over hardened roads only, to a\n"
      "national or provincial road (class G or S).\n"
      "Examples:\n"
      "  xiangtu reach region.gpkg                            the table by county\n"
      "  xiangtu reach region.gpkg --close-classes 4,5        bridges of class 4 and 5 closed\n"
      "  xiangtu reach region.gpkg --variants                 four ways to count it side by side\n"
      "  xiangtu reach region.gpkg --villages villages.csv    state and distance of each village"));
  add_sources(*app, request->source, texts);
  app->add_option("--by", request->by, texts.c_str("level of the units: county, township or village"))
      ->check(one_of({"county", "township", "village"}, texts))
      ->capture_default_str();
  app->add_option("--where", request->question.where, texts.c_str("only this unit and those in it"))
      ->check(not_empty(texts))
      ->type_name("UNIT_CODE");
  app->add_flag("--variants", request->variants,
                texts.c_str("beside it, near in a straight line and along roads, connected with bridges open "
                            "and closed (classes 4,5 or --close-classes), and SDG 9.1.1"));
  app->add_option("--near-m", request->near_m,
                  texts.c_str("how near a hardened road is near, in metres, for --variants"))
      ->check(metres_up_to(100000, texts))
      ->capture_default_str();
  app->add_option(
         "--scenario", request->question.scenario,
         texts.c_str("file of changes to bridges and roads that are tried out, as the window saves it"))
      ->type_name("FILE.toml");
  add_travel_options(*app, request->network, texts);
  add_network_options(*app, request->network, texts);
  app->add_option(
         "--to", request->to,
         texts.c_str("what is to be reached: trunk, the roads of class G and S, or seat, the seat of "
                     "the village's own township"))
      ->check(one_of({"trunk", "seat"}, texts))
      ->capture_default_str();
  app->add_option("--close-classes", request->close_classes,
                  texts.c_str("close the bridges of these condition classes, such as 4,5"))
      ->type_name("CLASSES");
  add_result_options(*app, request->result, texts);
  app->add_option("--villages", request->villages,
                  texts.c_str("file for the state and distance of each village"))
      ->type_name("FILE.csv");
  app->add_option("--ways", request->ways, texts.c_str("file for the line of each connected village's way"))
      ->type_name("FILE.geojson");
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  return {app, [request](Console& console) { return run_reach(*request, console); }};
}

}  // namespace xiangtu::cli
