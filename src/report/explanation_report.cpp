#include "report/explanation_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "report/csv_line.hpp"
#include "report/json_parts.hpp"
#include "report/table_cells.hpp"
#include "report/unit_table.hpp"

namespace xiangtu::report {

using indicators::Definition;
using indicators::ExplainedName;
using indicators::ExplainedRow;
using indicators::Explanation;
using indicators::Verdict;

namespace {

constexpr std::size_t rows_per_block = 2048;

constexpr std::array<std::string_view, indicators::verdict_count> verdict_names{
    "counted", "partly", "not_counted", "unknown", "outside", "membership_unknown", "weight_missing"};

std::string_view name_of(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

// The expressions of a definition by their keys.
std::vector<std::pair<const char*, std::string>> expressions(const Definition& definition) {
  std::vector<std::pair<const char*, std::string>> texts;
  const auto add = [&](const char* key, const std::optional<indicators::Expression>& expression) {
    if (expression) texts.emplace_back(key, expression->text());
  };
  add("where", definition.where);
  add("weight", definition.weight);
  add("part", definition.part);
  add("when", definition.when);
  return texts;
}

Json indicator_json(const Definition& definition) {
  const indicators::IndicatorInfo& info = definition.info;
  Json json{{"id", info.id},
            {"name_zh", info.name_zh},
            {"name_en", info.name_en},
            {"unit", info.unit_en},
            {"definition_zh", info.definition_zh},
            {"definition_en", info.definition_en},
            {"source", info.source}};
  for (const auto& [key, text] : expressions(definition)) json[key] = text;
  return json;
}

Json verdicts_json(const Explanation& explanation) {
  const auto sums = explanation.by_verdict();
  Json json = Json::object();
  for (std::size_t verdict = 0; verdict < sums.size(); ++verdict)
    json[std::string{verdict_names[verdict]}] = {{"rows", sums[verdict].rows},
                                                 {"numerator", sums[verdict].sums.numerator},
                                                 {"known", sums[verdict].sums.known},
                                                 {"unknown", sums[verdict].sums.unknown}};
  return json;
}

Json row_json(const ExplanationReport& report, std::size_t i) {
  const Explanation& explanation = report.explanation;
  const ExplainedRow& row = explanation.rows[i];
  const table::FeatureTable& table = explanation.layer->table;
  Json cells = Json::object();
  for (const ExplainedName& name : explanation.names)
    cells[name.name] = !name.is_known(row, i) ? Json(nullptr)
                       : name.texts           ? Json(name.texts->at(row.row.value))
                                              : Json(name.numbers[i]);
  return {{"row", table.row_ids[row.row.value]},
          {"code", text_of(table, "code", row.row)},
          {"name", text_of(table, "name", row.row)},
          {"unit", report.hierarchy[row.unit].code},
          {"verdict", name_of(row.share.verdict)},
          {"numerator", row.share.sums.numerator},
          {"known", row.share.sums.known},
          {"unknown", row.share.sums.unknown},
          {"unknown_names", explanation.unknown_names(i)},
          {"cells", std::move(cells)}};
}

}  // namespace

std::span<const Verdict> verdicts_by_interest() {
  static constexpr std::array<Verdict, indicators::verdict_count> order{
      Verdict::not_counted,    Verdict::unknown, Verdict::membership_unknown,
      Verdict::weight_missing, Verdict::partly,  Verdict::counted,
      Verdict::outside};
  return order;
}

std::string unknown_names_text(const Explanation& explanation, std::size_t position) {
  std::string text;
  for (const std::string_view name : explanation.unknown_names(position))
    text.append(text.empty() ? "" : " ").append(name);
  return text;
}

std::string explained_cell(const Explanation& explanation, std::size_t name, std::size_t position) {
  const ExplainedName& explained = explanation.names[name];
  const ExplainedRow& row = explanation.rows[position];
  if (!explained.is_known(row, position)) return "";
  return explained.texts ? std::string{explained.texts->at(row.row.value)}
                         : format_exact(explained.numbers[position]);
}

const char* verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::counted:
      return "counted";
    case Verdict::partly:
      return "counted in part";
    case Verdict::not_counted:
      return "not counted";
    case Verdict::unknown:
      return "not known";
    case Verdict::outside:
      return "does not belong";
    case Verdict::membership_unknown:
      return "left out: not known whether it belongs";
    case Verdict::weight_missing:
      return "left out: what it counts for is missing";
  }
  return "";
}

Status write_json(const ExplanationReport& report, const TextSink& sink, const Progress& progress) {
  const Explanation& explanation = report.explanation;
  const atlas::Unit& unit = report.hierarchy[explanation.unit];
  const Json unit_json{{"level", atlas::level_names[static_cast<std::size_t>(unit.level)]},
                       {"code", unit.code},
                       {"name", unit.name}};
  std::string head = json_member("indicator", indicator_json(explanation.definition)) +
                     json_member("unit", unit_json) +
                     json_member("figure", figure_json(explanation.figure()));
  if (explanation.layer) {
    const table::Source& source = explanation.layer->table.source;
    head += json_member("layer", {{"source", source.path}, {"layer", source.layer}});
  }
  head += json_member("verdicts", verdicts_json(explanation));
  head.front() = '{';  // for the comma
  if (report.lists_rows) head += ",\n";
  if (const Status written = sink(head); !written) return written;
  const auto append_row = [&](std::size_t i, std::string& text) {
    text += "  " + one_line(row_json(report, i));
  };
  if (report.lists_rows)
    if (const Status written =
            write_json_list("rows", explanation.rows.size(), rows_per_block, append_row, sink, progress);
        !written)
      return written;
  return sink(json_ending(report.provenance, report.findings));
}

Status write_csv(const ExplanationReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress) {
  const Explanation& explanation = report.explanation;
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading += "verdict,source,layer,row,code,name,unit,unit_name,numerator,known,unknown,unknown_names";
  for (const ExplainedName& name : explanation.names) append_cell(heading, name.name);
  if (const Status written = sink(heading + "\r\n"); !written) return written;
  return write_blocks(
      explanation.rows.size(), rows_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        const table::FeatureTable& table = explanation.layer->table;
        for (std::size_t i = first; i < last; ++i) {
          const ExplainedRow& row = explanation.rows[i];
          text += name_of(row.share.verdict);
          append_cell(text, table.source.path);
          append_cell(text, table.source.layer);
          text += "," + std::to_string(table.row_ids[row.row.value]);
          append_cell(text, text_of(table, "code", row.row));
          append_cell(text, text_of(table, "name", row.row));
          append_cell(text, report.hierarchy[row.unit].code);
          append_cell(text, report.hierarchy[row.unit].name);
          for (const double value :
               {row.share.sums.numerator, row.share.sums.known, row.share.sums.unknown}) {
            text += ',';
            append_exact(text, value);
          }
          append_cell(text, unknown_names_text(explanation, i));
          for (std::size_t k = 0; k < explanation.names.size(); ++k)
            append_cell(text, explained_cell(explanation, k, i));
          text += "\r\n";
        }
      },
      sink, progress);
}

namespace {

std::string amount(double number) {
  return with_thousands(format_number(number, 3));
}

// "97.2% [96.9–97.3] = 12,345 of 12,700; 40 of them not known".
std::string figure_text(const Explanation& explanation, const Catalogue& catalogue) {
  const indicators::IndicatorInfo& info = explanation.definition.info;
  const indicators::Figure figure = explanation.figure();
  std::string text = shown(info, figure);
  if (figure.why) return text + ": " + figure.why->in(catalogue);
  if (!info.fraction) text.append(" ").append(info.unit(catalogue.language()));
  if (info.fraction)
    text +=
        " = " + Message("{0} of {1}", amount(figure.numerator), amount(figure.denominator - figure.unknown))
                    .in(catalogue);
  if (figure.unknown != 0)
    text += "; " + Message("{0} more are not known", amount(figure.unknown)).in(catalogue);
  return text;
}

std::string definition_lines(const Explanation& explanation, const Catalogue& catalogue) {
  const indicators::IndicatorInfo& info = explanation.definition.info;
  std::string text{info.definition(catalogue.language())};
  if (!text.empty()) text += "\n";
  for (const auto& [key, expression] : expressions(explanation.definition))
    text.append("  ").append(key).append(": ").append(expression).append("\n");
  if (!info.source.empty())
    text.append(catalogue("defined by")).append(": ").append(info.source).append("\n");
  if (explanation.layer)
    text += Message("counted in layer {0} of {1}", explanation.layer->table.source.layer,
                    explanation.layer->table.source.path)
                .in(catalogue) +
            "\n";
  return text;
}

std::string verdict_table(const Explanation& explanation, const Catalogue& catalogue, int width) {
  TextColumn names{std::string{catalogue("what became of the rows")}, {}};
  std::vector<TextColumn> columns{{std::string{catalogue("rows")}, {}},
                                  {std::string{catalogue("counted")}, {}},
                                  {std::string{catalogue("of")}, {}}};
  const auto sums = explanation.by_verdict();
  for (std::size_t verdict = 0; verdict < sums.size(); ++verdict) {
    if (sums[verdict].rows == 0) continue;
    names.cells.emplace_back(catalogue(verdict_text(static_cast<Verdict>(verdict))));
    columns[0].cells.push_back(with_thousands(std::to_string(sums[verdict].rows)));
    columns[1].cells.push_back(amount(sums[verdict].sums.numerator));
    columns[2].cells.push_back(amount(sums[verdict].sums.known + sums[verdict].sums.unknown));
  }
  return names.cells.empty() ? "" : row_table(names, columns, width);
}

std::string row_list(const ExplanationReport& report, const Catalogue& catalogue, int width) {
  const Explanation& explanation = report.explanation;
  TextColumn names{std::string{catalogue("feature")}, {}};
  std::vector<TextColumn> columns{{std::string{catalogue("what became of it")}, {}},
                                  {std::string{catalogue("counted")}, {}},
                                  {std::string{catalogue("of")}, {}},
                                  {std::string{catalogue("not known")}, {}}};
  for (const ExplainedName& name : explanation.names) columns.push_back({name.name, {}});
  for (const Verdict verdict : verdicts_by_interest())
    for (std::size_t i = 0; i < explanation.rows.size(); ++i) {
      const ExplainedRow& row = explanation.rows[i];
      if (row.share.verdict != verdict) continue;
      names.cells.push_back(code_and_name(explanation.layer->table, row.row));
      columns[0].cells.emplace_back(catalogue(verdict_text(verdict)));
      columns[1].cells.push_back(amount(row.share.sums.numerator));
      columns[2].cells.push_back(amount(row.share.sums.known + row.share.sums.unknown));
      columns[3].cells.push_back(unknown_names_text(explanation, i));
      for (std::size_t k = 0; k < explanation.names.size(); ++k)
        columns[4 + k].cells.push_back(explained_cell(explanation, k, i));
    }
  return names.cells.empty() ? "" : row_table(names, columns, width);
}

}  // namespace

std::string figure_sentence(const ExplanationReport& report, const Catalogue& catalogue) {
  const Explanation& explanation = report.explanation;
  const atlas::Unit& unit = report.hierarchy[explanation.unit];
  std::string text = unit.level == atlas::Level::total ? std::string{catalogue("total")} : unit.code;
  if (!unit.name.empty()) text += " " + unit.name;
  return Message("{0}: {1} {2}", text, explanation.definition.info.name(catalogue.language()),
                 figure_text(explanation, catalogue))
      .in(catalogue);
}

std::string text_page(const ExplanationReport& report, const Catalogue& catalogue, int width) {
  const Explanation& explanation = report.explanation;
  std::string text = figure_sentence(report, catalogue) + "\n" + definition_lines(explanation, catalogue) +
                     "\n" + verdict_table(explanation, catalogue, width);
  if (report.lists_rows) text += "\n" + row_list(report, catalogue, width);
  return text + threshold_line(report.provenance, catalogue);
}

}  // namespace xiangtu::report
