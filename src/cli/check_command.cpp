// xiangtu check: what is wrong with the data.
#include <algorithm>
#include <memory>
#include <string>

#include "cli/command_line.hpp"
#include "cli/network_options.hpp"
#include "cli/option_checks.hpp"
#include "cli/results.hpp"
#include "report/network_check_report.hpp"
#include "workspace/network_check.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::cli {

namespace {

struct CheckRequest {
  SourceOptions source;
  bool network_asked = false;  // the only check so far: made without being asked for as well
  NetworkRequest network;
  double gap_m = 20, overshoot_m = 20;
  std::size_t limit = 50;
  std::string fail_on;  // a severity; empty: nothing fails
  ResultOptions result;
  bool byte_order_mark = false;
};

workspace::NetworkCheckQuestion question_of(const CheckRequest& request) {
  workspace::NetworkCheckQuestion question;
  question.options.network = request.network.network();
  if (request.network.join.empty()) question.options.network.join = reach::Join::all;
  question.options.attach = request.network.attachment();
  question.options.gap = {request.gap_m};
  question.options.overshoot = {request.overshoot_m};
  question.parameters.hardened_blocks = !request.network.soft_blocks;
  return question;
}

Result<workspace::NetworkCheckResult> answer(const CheckRequest& request, Console& console) {
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return workspace.issue();
  if (const Status apart = workspace::check_outputs(request.source.files(*workspace),
                                                    {request.result.output, request.result.findings});
      !apart)
    return apart.issue();
  return workspace::check_network(*workspace, question_of(request), console.progress());
}

// Whether a defect or finding is at least as severe as what was asked for.
bool fails(const CheckRequest& request, const workspace::NetworkCheckResult& result) {
  if (request.fail_on.empty()) return false;
  const auto asked = std::find(severity_names.begin(), severity_names.end(), request.fail_on);
  const auto least = static_cast<Severity>(asked - severity_names.begin());
  return std::any_of(result.check.defects.begin(), result.check.defects.end(),
                     [&](const reach::Defect& defect) { return defect.severity() >= least; }) ||
         std::any_of(result.findings.begin(), result.findings.end(),
                     [&](const Finding& finding) { return finding.severity >= least; });
}

int run_check(const CheckRequest& request, Console& console) {
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  const auto result = answer(request, console);
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::NetworkCheckReport report{result->check, result->provenance, result->findings};
  const auto table = [&] {
    return report::text_table(report, request.limit, console.catalogue(), console.width());
  };
  const int status = deliver(report, *format, request.byte_order_mark, request.result, table, {}, console);
  return status == 0 && fails(request, *result) ? 1 : status;
}

}  // namespace

Command add_check(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<CheckRequest>();
  CLI::App* app = program.add_subcommand("check", texts.c_str("what is wrong with the data"));
  app->footer(texts.c_str(
      "Roads are checked as a network: ends that almost join another road, ends that run past a crossing,\n"
      "roads drawn twice, islands, bridges and villages off the roads. Each defect tells how many people,\n"
      "households and villages would be connected to a national or provincial road if it were mended.\n"
      "Examples:\n"
      "  xiangtu check region.gpkg --network                  what matters most, and how much there is\n"
      "  xiangtu check region.gpkg --network -o defects.csv   every defect with its place\n"
      "  xiangtu check region.gpkg --network --gap-m 50       with roads up to 50 m apart"));
  add_sources(*app, request->source, texts);
  app->add_flag("--network", request->network_asked,
                texts.c_str("check the roads as a network; the only check so far"));
  app->add_option("--gap-m", request->gap_m,
                  texts.c_str("how far from another road an end may lie to almost join it, in metres"))
      ->check(metres_up_to(1000, texts))
      ->capture_default_str();
  app->add_option("--overshoot-m", request->overshoot_m,
                  texts.c_str("how far behind a crossing a road may end to have run past it, in metres"))
      ->check(metres_up_to(1000, texts))
      ->capture_default_str();
  add_travel_options(*app, request->network, texts);
  add_network_options(*app, request->network, texts);
  app->add_option("--limit", request->limit, texts.c_str("how many defects the table lists"))
      ->capture_default_str();
  app->add_option("--fail-on", request->fail_on,
                  texts.c_str("exit with status 1 when something is at least so severe: note, warning or "
                              "error, an error being what connects someone"))
      ->check(one_of({"note", "warning", "error"}, texts));
  add_result_options(*app, request->result, texts);
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  return {app, [request](Console& console) { return run_check(*request, console); }};
}

}  // namespace xiangtu::cli
