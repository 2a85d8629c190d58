// Road reach as text: the JSON object with every village, CSV of the units or of the villages, the table of a
// terminal.
#pragma once

#include <span>
#include <string>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "reach/road_reach.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// All references outlive the call.
struct ReachReport {
  const atlas::Hierarchy& hierarchy;
  const reach::RoadReach& reach;
  const Provenance& provenance;
  std::span<const Finding> findings;
};

// level, units and total (each with an object `reach`), villages (code, row, unit, state, distance_m in
// metres or null), provenance, findings. Where variants were asked for, units have an object `variants` of
// figures (value, numerator, denominator, unknown, low, high; null with a `why`) and villages yes, no,
// unknown or urban for each.
Status write_json(const ReachReport& report, const TextSink& sink, const Progress& progress);
// One line a unit, the total first; distances in metres, the greatest empty where no village is connected.
Status write_csv(const ReachReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress);
// One line a village: code,name,row,unit,state,attached,distance_m.
Status write_villages_csv(const ReachReport& report, bool byte_order_mark, const TextSink& sink,
                          const Progress& progress);
// The lines of the ways as GeoJSON (RFC 7946): code, name, row, unit and distance_m of each connected
// village.
Status write_lines_geojson(const ReachReport& report, const TextSink& sink, const Progress& progress);
// One row a unit, the total last; below, how it was asked.
std::string text_table(const ReachReport& report, const Catalogue& catalogue, int width);

}  // namespace xiangtu::report
