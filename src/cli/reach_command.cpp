// xiangtu reach: which villages the trunk network is reached from over roads.
#include <memory>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/results.hpp"
#include "report/coverage_report.hpp"
#include "report/reach_report.hpp"
#include "workspace/outputs.hpp"
#include "workspace/reach.hpp"

namespace xiangtu::cli {

namespace {

struct ReachRequest {
  SourceOptions source;
  workspace::ReachQuestion question;
  std::string by = "county", attach = "edge", join, over = "hardened", length = "geodesic", to = "trunk";
  std::string close_classes;
  double attach_m = 500, bridge_m = 50, join_m = 0.1;
  bool soft_blocks = false;
  ResultOptions result;
  std::string villages;  // file for them; empty: none
  bool byte_order_mark = false;
};

// "4,5": condition classes of bridges, 1 to 5.
Result<std::vector<int>> condition_classes(const std::string& text) {
  std::vector<int> classes;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto number = parse_integer(text.substr(begin, end - begin));
    if (!number || *number < 1 || *number > 5)
      return Issue{IssueCode::usage,
                   "--close-classes takes condition classes from 1 to 5 such as 4,5, not '{0}'", text};
    classes.push_back(static_cast<int>(*number));
    begin = end + 1;
  }
  return classes;
}

Status read_options(ReachRequest& request) {
  indicators::RoadReachOptions& options = request.question.options;
  Result<std::vector<int>> closed = condition_classes(request.close_classes);
  if (!closed) return closed.issue();
  options.closed_classes = std::move(*closed);
  options.by = *atlas::level_from_name(request.by);
  options.attach = request.attach == "node" ? indicators::Attach::node : indicators::Attach::edge;
  // Attached at nodes, results are for comparison with tools that know only ends.
  const bool ends_only = request.join.empty() ? request.attach == "node" : request.join == "ends";
  options.join = ends_only ? indicators::Join::ends : indicators::Join::all;
  options.over = request.over == "any" ? indicators::Over::any : indicators::Over::hardened;
  options.length = request.length == "ledger" ? indicators::LengthBy::ledger : indicators::LengthBy::geodesic;
  options.attach_within = {request.attach_m};
  options.bridge_within = {request.bridge_m};
  options.join_within = {request.join_m};
  request.question.parameters.hardened_blocks = !request.soft_blocks;
  return {};
}

Result<workspace::ReachResult> answer(const ReachRequest& request, Console& console) {
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return workspace.issue();
  if (const Status apart =
          workspace::check_outputs(request.source.files(*workspace),
                                   {request.result.output, request.villages, request.result.findings});
      !apart)
    return apart.issue();
  return workspace::compute_reach(*workspace, request.question, console.progress());
}

int run_reach(ReachRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  if (const Status read = read_options(request); !read) return console.fail(read.issue());
  const auto result = answer(request, console);
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::ReachReport report{result->atlas->hierarchy, result->reach, result->provenance,
                                   result->findings};
  const Progress& progress = console.progress();
  const auto table = [&](const report::TextSink& sink) {
    if (*format == "csv") return report::write_csv(report, request.byte_order_mark, sink, progress);
    if (*format == "json") return report::write_json(report, sink, progress);
    return sink(report::text_table(report, console.catalogue(), console.width()));
  };
  const auto findings = [&](const report::TextSink& sink) {
    return report::write_findings(report.findings, console.catalogue(), sink, progress);
  };
  const auto villages = [&](const report::TextSink& sink) {
    return report::write_villages_csv(report, request.byte_order_mark, sink, progress);
  };
  if (const Status written = write_results(
          {request.result.output, table}, {{request.villages, villages}, {request.result.findings, findings}},
          progress.stop_token());
      !written)
    return console.fail(written.issue());
  console.summarise(result->findings);
  return 0;
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
      "  xiangtu reach region.gpkg --villages villages.csv    state and distance of each village"));
  add_sources(*app, request->source, texts);
  app->add_option("--by", request->by, texts.c_str("level of the units: county, township or village"))
      ->check(CLI::IsMember({"county", "township", "village"}))
      ->capture_default_str();
  app->add_option("--where", request->question.where, texts.c_str("only this unit and those in it"))
      ->type_name("UNIT_CODE");
  app->add_option("--attach", request->attach,
                  texts.c_str("where villages are attached: edge, the nearest place of a road, or node, the "
                              "nearest end of one, without the way there"))
      ->check(CLI::IsMember({"edge", "node"}))
      ->capture_default_str();
  app->add_option("--attach-m", request->attach_m,
                  texts.c_str("how far from a road a village may lie, in metres"))
      ->check(not_negative(texts))
      ->capture_default_str();
  app->add_option("--over", request->over, texts.c_str("roads that are travelled: hardened or any"))
      ->check(CLI::IsMember({"hardened", "any"}))
      ->capture_default_str();
  app->add_option("--to", request->to,
                  texts.c_str("what is to be reached: trunk, the roads of class G and S"))
      ->check(CLI::IsMember({"trunk"}))
      ->capture_default_str();
  app->add_option("--close-classes", request->close_classes,
                  texts.c_str("close the bridges of these condition classes, such as 4,5"))
      ->type_name("CLASSES");
  app->add_option("--length", request->length,
                  texts.c_str("lengths of roads: geodesic, or as in the ledger's length_km"))
      ->check(CLI::IsMember({"geodesic", "ledger"}))
      ->capture_default_str();
  app->add_option("--bridge-m", request->bridge_m,
                  texts.c_str("how far from its road a bridge may lie, in metres"))
      ->check(not_negative(texts))
      ->capture_default_str();
  app->add_option(
         "--join", request->join,
         texts.c_str("where roads join: all, also where they meet or cross inside, or ends only; without it "
                     "ends with --attach node, all with --attach edge"))
      ->check(CLI::IsMember({"ends", "all"}));
  app->add_option("--join-m", request->join_m,
                  texts.c_str("how far apart ends of roads that join may lie, in metres"))
      ->check(not_negative(texts))
      ->capture_default_str();
  app->add_flag("--no-hardened-blocks", request->soft_blocks,
                texts.c_str("stone and brick pavement does not count as hardened"));
  add_result_options(*app, request->result, texts);
  app->add_option("--villages", request->villages,
                  texts.c_str("file for the state and distance of each village"))
      ->type_name("FILE.csv");
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  return {app, [request](Console& console) { return run_reach(*request, console); }};
}

}  // namespace xiangtu::cli
