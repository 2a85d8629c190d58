// Closures of bridges as text: the JSON object, CSV, the table of a terminal.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "reach/closures.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// All references outlive the call. What was not asked for is left out.
struct ClosureReport {
  const atlas::Hierarchy& hierarchy;
  const reach::ClosureScan& scan;
  bool to_trunk, to_seat, to_pairs;
  const Provenance& provenance;
  std::span<const Finding> findings;
};

// bridges in the order of their rank, each with code, name, row, class and position, then cut_villages,
// cut_households, cut_population, longer_villages, detour_m_sum, detour_m_max, worst_village (its code) and
// townships (codes): on the ways to the trunk roads, and in an object `seat` on those to the seats; where
// only seats are asked for, these alone. pairs, where they are asked for: codes and rows of two bridges, then
// the same of what they do together. provenance, findings.
Status write_json(const ClosureReport& report, const TextSink& sink, const Progress& progress);
// One line a bridge in the same order; columns of ways to seats begin with seat_, townships are separated by
// spaces.
Status write_csv(const ClosureReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress);
// The pairs, one a line: codes and rows of both bridges, then what they do together.
Status write_pairs_csv(const ClosureReport& report, bool byte_order_mark, const TextSink& sink,
                       const Progress& progress);

// A figure of a closure as tables show it; cut_columns: of whom it cuts off, detour_columns: of the others.
struct ClosureColumn {
  const char* heading;                           // English
  double (*value)(const reach::ClosureEffect&);  // NaN: there is none
  std::string (*text)(double value);

  std::string text_of(const reach::ClosureEffect& effect) const;  // "n/a" where there is none
};
std::span<const ClosureColumn> cut_columns();
std::span<const ClosureColumn> detour_columns();
// The first bridges that cut somebody off, and apart from them the first that only make ways longer; below,
// how many more there are and how it was asked.
std::string text_table(const ClosureReport& report, std::size_t most, const Catalogue& catalogue, int width);

}  // namespace xiangtu::report
