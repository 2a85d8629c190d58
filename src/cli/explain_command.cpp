// xiangtu explain: one figure opened to the rows that it is counted from.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/results.hpp"
#include "cli/threshold_options.hpp"
#include "report/explanation_report.hpp"
#include "workspace/explanation.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::cli {

namespace {

struct ExplainRequest {
  SourceOptions source;
  workspace::ExplainQuestion question;
  ThresholdOptions thresholds;
  ResultOptions result;
  bool list = false;
  bool byte_order_mark = false;
};

// The last of the words that are no options is the indicator, as the sources before it may be several.
Status take_indicator(ExplainRequest& request) {
  std::vector<std::string>& words = request.source.sources;
  if (words.size() < 2)
    return Issue{IssueCode::usage,
                 "name the sources and then the indicator, such as 'xiangtu explain {0} tap_household_rate'; "
                 "'xiangtu stats --list' shows the indicators",
                 words.front()};
  request.question.indicator = std::move(words.back());
  words.pop_back();
  return {};
}

int run_explain(const CLI::App& app, ExplainRequest& request, Console& console) {
  if (const Status taken = take_indicator(request); !taken) return console.fail(taken.issue());
  const Result<std::string> format = format_of(request.result.format, request.result.output);
  if (!format) return console.fail(format.issue());
  const auto parameters = thresholds_of(app, request.thresholds, request.source.open());
  if (!parameters) return console.fail(parameters.issue());
  request.question.parameters = *parameters;
  const auto workspace = workspace::Workspace::open(request.source.open(), console.progress());
  if (!workspace) return console.fail(workspace.issue());
  if (const Status apart = workspace::check_outputs(request.source.files(*workspace),
                                                    {request.result.output, request.result.findings});
      !apart)
    return console.fail(apart.issue());
  const auto result = workspace::compute_explanation(*workspace, request.question, console.progress());
  if (!result) return console.fail(result.issue());
  console.finish_progress();

  const report::ExplanationReport report{result->atlas->hierarchy, result->explanation, result->provenance,
                                         result->findings, request.list};
  const auto page = [&] { return report::text_page(report, console.catalogue(), console.width()); };
  return deliver(report, *format, request.byte_order_mark, request.result, page, {}, console);
}

}  // namespace

Command add_explain(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<ExplainRequest>();
  CLI::App* app = program.add_subcommand(
      "explain", texts.c_str("one figure, opened to the rows that it is counted from"));
  app->footer(texts.c_str(
      "Examples:\n"
      "  xiangtu explain region.gpkg tap_household_rate                        the total, and what of it is "
      "what\n"
      "  xiangtu explain region.gpkg tap_household_rate --unit 610826 --list   every village of a county\n"
      "  xiangtu explain region.gpkg surface_share.hardened -o rows.csv        the rows, as CSV"));
  add_sources(*app, request->source, texts);
  app->get_option("source")
      ->description(
          texts.c_str("datasets or a .toml workspace, and last the id of the indicator; 'xiangtu stats "
                      "--list' shows these"))
      ->type_name("SOURCE... INDICATOR");
  app->add_option("--unit", request->question.unit,
                  texts.c_str("code of the county, township or village; without it the total"))
      ->type_name("UNIT_CODE");
  app->add_flag("--list", request->list, texts.c_str("list the rows below, or among the JSON"));
  add_threshold_options(*app, request->thresholds, texts);
  add_result_options(*app, request->result, texts);
  app->add_flag("--bom", request->byte_order_mark,
                texts.c_str("begin the CSV with a byte order mark, for Excel"));
  return {app, [app, request](Console& console) { return run_explain(*app, *request, console); }};
}

}  // namespace xiangtu::cli
