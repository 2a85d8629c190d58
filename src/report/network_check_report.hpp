// Defects of a road network as text: the JSON object and the CSV with every defect, the table of a terminal
// with the first of them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/message.hpp"
#include "base/progress.hpp"
#include "reach/defects.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// All references outlive the call.
struct NetworkCheckReport {
  const reach::NetworkDefects& check;
  const Provenance& provenance;
  std::span<const Finding> findings;
};

struct DefectCount {
  std::size_t all = 0, gaining = 0;  // of one kind; those of them that would connect someone
};
std::array<DefectCount, reach::defect_kinds> defect_counts(const reach::NetworkDefects& check);

// As files have it: near_miss, island …
std::string_view defect_name(reach::DefectKind kind);

// As people read it.
Message defect_title(reach::DefectKind kind);

// defects (kind, severity, at and to as [lon, lat], layer, row and code, those of the other road, size_m,
// gain), counts by kind, provenance, findings.
Status write_json(const NetworkCheckReport& report, const TextSink& sink, const Progress& progress);
// One line a defect: kind,severity,population,households,villages,size_m,layer,row,code,other_row,other_code,
// lon,lat,to_lon,to_lat.
Status write_csv(const NetworkCheckReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress);
// At most so many defects, those that matter most; below, how many there are of each kind, and how it was
// asked.
std::string text_table(const NetworkCheckReport& report, std::size_t limit, const Catalogue& catalogue,
                       int width);

}  // namespace xiangtu::report
