// Coverage tables as text: the long CSV, the JSON object, the table of a terminal.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "indicators/coverage.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// What is written. All references outlive the call; units of the table are of the hierarchy. The
// table's first unit is the total.
struct CoverageReport {
  const atlas::Hierarchy& hierarchy;
  const indicators::CoverageTable& table;
  const Provenance& provenance;
  std::span<const Finding> findings;
};

// level,code,name,indicator,value,numerator,denominator,unknown,low,high — RFC 4180, UTF-8, '.' as
// the decimal point; a figure that cannot be computed has an empty value, low and high.
Status write_csv(const CoverageReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress);
std::string csv(const CoverageReport& report, bool byte_order_mark);

// One object: level, units, total, provenance, findings; "level" is that of the units, or "all".
Status write_json(const CoverageReport& report, const TextSink& sink, const Progress& progress);
std::string json(const CoverageReport& report);

// One row a unit in blocks of columns that fit the width (terminal columns), the total last; below,
// why figures are missing. An indicator without a figure in any unit has no column.
std::string text_table(const CoverageReport& report, const Catalogue& catalogue, int width);

// Every finding with one line per row: id,severity,source,layer,field,row,message.
Status write_findings(std::span<const Finding> findings, const Catalogue& catalogue, const TextSink& sink,
                      const Progress& progress);

// A cell as text for people: "97.2%", "97.2% [96.9–97.3]", "1,234.5", "n/a".
std::string shown(const indicators::IndicatorInfo& indicator, const indicators::Figure& figure);

}  // namespace xiangtu::report
