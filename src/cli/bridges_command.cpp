// xiangtu bridges: who is cut off when a bridge is closed, and how much longer the other ways get.
#include <memory>
#include <string>

#include "cli/command_line.hpp"
#include "cli/network_options.hpp"
#include "cli/option_checks.hpp"
#include "cli/results.hpp"
#include "report/closure_report.hpp"
#include "workspace/closures.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::cli {

namespace {

struct BridgesRequest {
  SourceOptions source;
  NetworkRequest network;
  workspace::ClosureQuestion question;
  std::string to = "both", pairs;
  std::string pair_list;  // file for the pairs; empty: none
  std::size_t limit = 20;
  ResultOptions result;
  bool byte_order_mark = false;
};

Result<workspace::ClosureResult> answer(BridgesRequest& request, Console& console) {
  Result<std::vector<int>> pairs = condition_classes("--pairs", request.pairs);
  if (!pairs) return pairs.issue();
  if (pairs->empty() && !request.pair_list.empty())
    return Issue{IssueCode::usage, "--pair-list needs --pairs, such as --pairs 4,5"};
  request.question.options = {request.network.network(), request.network.attachment(), request.to != "seat",
                              request.to != "trunk", std::move(*pairs)};
  request.question.parameters.hardened_blocks = !request.network.soft_blocks;
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return workspace.issue();
  if (const Status apart =
          workspace::check_outputs(request.source.files(*workspace),
                                   {request.result.output, request.pair_list, request.result.findings});
      !apart)
    return apart.issue();
  return workspace::compute_closures(*workspace, request.question, console.progress());
}

int run_bridges(BridgesRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  if (const Status named = check_ending("--pair-list", request.pair_list, ".csv"); !named)
    return console.fail(named.issue());
  if (*format == "csv" && !request.pairs.empty() && request.pair_list.empty())
    return console.fail(
        {IssueCode::usage,
         "a CSV lists the bridges alone: name a file for the pairs by --pair-list FILE.csv, or "
         "write JSON"});
  const auto result = answer(request, console);
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::ClosureReport report{result->atlas->hierarchy,
                                     result->scan,
                                     request.question.options.to_trunk,
                                     result->scan.to_seat,
                                     !request.question.options.pair_classes.empty(),
                                     result->provenance,
                                     result->findings};
  const auto table = [&] {
    return report::text_table(report, request.limit, console.catalogue(), console.width());
  };
  const auto pairs = [&](const report::TextSink& sink) {
    return report::write_pairs_csv(report, request.byte_order_mark, sink, console.progress());
  };
  return deliver(report, *format, request.byte_order_mark, request.result, table,
                 {{request.pair_list, pairs}}, console);
}

}  // namespace

Command add_bridges(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<BridgesRequest>();
  CLI::App* app =
      program.add_subcommand("bridges", texts.c_str("what closing each bridge would do, the gravest first"));
  app->footer(texts.c_str(
      "Each bridge is closed by itself: who then has no way any more to a national or provincial road, or\n"
      "to the seat of the own township, and how much longer the ways of the others get.\n"
      "Examples:\n"
      "  xiangtu bridges region.gpkg                          the gravest bridges\n"
      "  xiangtu bridges region.gpkg --to seat -o bridges.csv all bridges, ways to township seats\n"
      "  xiangtu bridges region.gpkg --where 610826           only villages of one county"));
  add_sources(*app, request->source, texts);
  app->add_option("--where", request->question.where, texts.c_str("only villages of this unit"))
      ->check(not_empty(texts))
      ->type_name("UNIT_CODE");
  add_travel_options(*app, request->network, texts);
  add_network_options(*app, request->network, texts);
  app->add_option("--to", request->to,
                  texts.c_str("ways to trunk, the roads of class G and S, to seat, the seat of the village's "
                              "own township, or both"))
      ->check(one_of({"trunk", "seat", "both"}, texts))
      ->capture_default_str();
  app->add_option(
         "--pairs", request->pairs,
         texts.c_str("also pairs of bridges of these condition classes, such as 4,5, that do together "
                     "what neither does alone"))
      ->type_name("CLASSES");
  app->add_option("--pair-list", request->pair_list, texts.c_str("file for the pairs"))
      ->type_name("FILE.csv");
  app->add_option("--limit", request->limit, texts.c_str("how many bridges of a kind the table shows"))
      ->capture_default_str();
  add_result_options(*app, request->result, texts);
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  return {app, [request](Console& console) { return run_bridges(*request, console); }};
}

}  // namespace xiangtu::cli
