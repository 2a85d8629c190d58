// Links to build as text: the JSON object, CSV, their lines, the table of a terminal.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "atlas/hierarchy.hpp"
#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "reach/link_sums.hpp"
#include "reach/next_links.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

// All references outlive the call.
struct LinkReport {
  const atlas::Hierarchy& hierarchy;
  const reach::NextLinks& links;
  const Provenance& provenance;
  std::span<const Finding> findings;
};

// links in their order (rank, yuan, cumulative_yuan, harden_m, unknown_surface_m, new_road_m, bridges and
// roads (row ids), villages (codes), households, population, cumulative_population), villages (code, row,
// unit, state, alone_yuan, link), total, provenance, findings.
Status write_json(const LinkReport& report, const TextSink& sink, const Progress& progress);
// One line a link.
Status write_csv(const LinkReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress);
// One line a village: code,name,row,unit,state,alone_yuan,link.
Status write_villages_csv(const LinkReport& report, bool byte_order_mark, const TextSink& sink,
                          const Progress& progress);
// What is built, as GeoJSON: rank, kind, row, length_m, yuan of each piece.
Status write_lines_geojson(const LinkReport& report, const TextSink& sink, const Progress& progress);
// The first village that a link connects, and how many more: "610826101 Name +3".
std::string villages_text(const reach::NextLinks& links, const reach::NextLink& link);
// How many villages are connected already, how many by a link, and how many no link reaches and why.
std::string village_states(const reach::NextLinks& links, const Catalogue& catalogue);
// A figure of a link as tables show it.
struct LinkColumn {
  const char* heading;  // English
  // own: of the link; until: of it and those before it.
  std::string (*text)(const reach::LinkSums& own, const reach::LinkSums& until);
};
std::span<const LinkColumn> link_columns();
// The first links; below, the total, what no link reaches, and how it was asked.
std::string text_table(const LinkReport& report, std::size_t most, const Catalogue& catalogue, int width);

}  // namespace xiangtu::report
