// An opened figure as text: the JSON object, CSV of its rows, the page of a terminal.
#pragma once

#include <span>
#include <string>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "indicators/explanation.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// All references outlive the call.
struct ExplanationReport {
  const atlas::Hierarchy& hierarchy;
  const indicators::Explanation& explanation;
  const Provenance& provenance;
  std::span<const Finding> findings;
  bool lists_rows = true;  // in JSON and on the page
};

// indicator (id, names, definition, expressions), unit, figure, layer, verdicts (rows, numerator, known,
// unknown of each), rows (row, code, name, unit, verdict, numerator, known, unknown, unknown_names, and what
// the names of the definition are there), provenance, findings.
Status write_json(const ExplanationReport& report, const TextSink& sink, const Progress& progress);
// One line a row.
Status write_csv(const ExplanationReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress);
// The figure in words, what became of the rows, and the rows: first those that are not counted or not known.
std::string text_page(const ExplanationReport& report, const Catalogue& catalogue, int width);
// Indicator, unit, value with its bounds, and the counts that it is made of: one line.
std::string figure_sentence(const ExplanationReport& report, const Catalogue& catalogue);
// What a verdict says of a row, in English.
const char* verdict_text(indicators::Verdict verdict);
// Those that somebody may want to do something about come first.
std::span<const indicators::Verdict> verdicts_by_interest();
// What is not known at a row, and what one of the definition's names is there: empty where it is not known.
std::string unknown_names_text(const indicators::Explanation& explanation, std::size_t position);
std::string explained_cell(const indicators::Explanation& explanation, std::size_t name,
                           std::size_t position);

}  // namespace xiangtu::report
