#include "report/link_report.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "reach/link_sums.hpp"
#include "report/csv_line.hpp"
#include "report/geojson.hpp"
#include "report/json_parts.hpp"
#include "report/table_cells.hpp"
#include "report/unit_table.hpp"

namespace xiangtu::report {

using reach::LinkedVillage;
using reach::LinkKind;
using reach::LinkPiece;
using reach::LinkState;
using reach::LinkSums;
using reach::NextLink;
using reach::running_sums;
using reach::sums_of;

namespace {

constexpr std::size_t links_per_block = 256, villages_per_block = 2048;

constexpr std::array<std::string_view, 5> state_names{"connected", "linked", "no_way", "too_far", "unplaced"};
constexpr std::array<std::string_view, 3> kind_names{"harden", "rebuild", "new_road"};

// The table that a piece's row is of.
const table::FeatureTable& table_of(const reach::NextLinks& links, LinkKind kind) {
  const atlas::Layer* layer = kind == LinkKind::harden    ? links.roads_layer
                              : kind == LinkKind::rebuild ? links.bridges_layer
                                                          : links.villages_layer;
  return layer->table;
}

std::int64_t row_id(const reach::NextLinks& links, const LinkPiece& piece) {
  return table_of(links, piece.kind).row_ids[piece.row.value];
}

std::string_view village_code(const reach::NextLinks& links, std::uint32_t village) {
  return text_of(links.villages_layer->table, "code", links.villages[village].row);
}

Json rows_json(const reach::NextLinks& links, const NextLink& link, LinkKind kind) {
  Json rows = Json::array();
  for (const LinkPiece& piece : link.pieces)
    if (piece.kind == kind) rows.push_back(row_id(links, piece));
  return rows;
}

Json sums_json(const LinkSums& sums) {
  return {{"yuan", sums.yuan},
          {"harden_m", sums.harden_m},
          {"unknown_surface_m", sums.unknown_m},
          {"new_road_m", sums.new_road_m},
          {"rebuilt_bridges", sums.bridges},
          {"connected_villages", sums.villages},
          {"households", sums.households},
          {"population", sums.population}};
}

Json link_json(const reach::NextLinks& links, std::size_t i, const LinkSums& until) {
  const NextLink& link = links.links[i];
  Json json{{"rank", i + 1}};
  json.update(sums_json(sums_of(link)));
  json["cumulative_yuan"] = until.yuan;
  json["cumulative_population"] = until.population;
  json["roads"] = rows_json(links, link, LinkKind::harden);
  json["bridges"] = rows_json(links, link, LinkKind::rebuild);
  Json villages = Json::array();
  for (const std::uint32_t village : link.villages) villages.push_back(village_code(links, village));
  json["villages"] = std::move(villages);
  return json;
}

void append_village(std::string& text, const LinkReport& report, const LinkedVillage& village) {
  const table::FeatureTable& table = report.links.villages_layer->table;
  text += "  {\"code\": ";
  append_json_text(text, text_of(table, "code", village.row));
  text += ", \"row\": " + std::to_string(table.row_ids[village.row.value]) + ", \"unit\": ";
  append_json_text(text, report.hierarchy[village.unit].code);
  text.append(", \"state\": \"").append(state_names[static_cast<std::size_t>(village.state)]);
  if (village.state == LinkState::linked) {
    text += "\", \"alone_yuan\": ";
    append_exact(text, village.alone_yuan);
    text += ", \"link\": " + std::to_string(village.link + 1) + "}";
  } else {
    text += "\", \"alone_yuan\": null, \"link\": null}";
  }
}

}  // namespace

Status write_json(const LinkReport& report, const TextSink& sink, const Progress& progress) {
  const std::vector<LinkSums> sums = running_sums(report.links);
  const auto append_link = [&](std::size_t i, std::string& text) {
    text += "  " + one_line(link_json(report.links, i, sums[i]));
  };
  const auto append_linked = [&](std::size_t i, std::string& text) {
    append_village(text, report, report.links.villages[i]);
  };
  if (const Status written = sink("{\n"); !written) return written;
  if (const Status written =
          write_json_list("links", sums.size(), links_per_block, append_link, sink, progress);
      !written)
    return written;
  const Json total = sums_json(sums.empty() ? LinkSums{} : sums.back());
  if (const Status written = sink(json_member("total", total) + ",\n"); !written) return written;
  if (const Status written = write_json_list("villages", report.links.villages.size(), villages_per_block,
                                             append_linked, sink, progress);
      !written)
    return written;
  return sink(json_ending(report.provenance, report.findings));
}

Status write_csv(const LinkReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading +=
      "rank,yuan,cumulative_yuan,harden_m,unknown_surface_m,new_road_m,rebuilt_bridges,connected_villages,"
      "households,population,cumulative_population,villages\r\n";
  if (const Status written = sink(heading); !written) return written;
  const std::vector<LinkSums> sums = running_sums(report.links);
  return write_blocks(
      sums.size(), links_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) {
          const LinkSums own = sums_of(report.links.links[i]);
          text += std::to_string(i + 1);
          for (const double value : {own.yuan, sums[i].yuan, own.harden_m, own.unknown_m, own.new_road_m}) {
            text += ',';
            append_exact(text, value);
          }
          text += "," + std::to_string(own.bridges) + "," + std::to_string(own.villages);
          for (const double value : {own.households, own.population, sums[i].population}) {
            text += ',';
            append_exact(text, value);
          }
          std::string codes;
          for (const std::uint32_t village : report.links.links[i].villages)
            codes.append(codes.empty() ? "" : " ").append(village_code(report.links, village));
          append_cell(text, codes);
          text += "\r\n";
        }
      },
      sink, progress);
}

Status write_villages_csv(const LinkReport& report, bool byte_order_mark, const TextSink& sink,
                          const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading += "code,name,row,unit,state,alone_yuan,link\r\n";
  if (const Status written = sink(heading); !written) return written;
  const table::FeatureTable& table = report.links.villages_layer->table;
  return write_blocks(
      report.links.villages.size(), villages_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) {
          const LinkedVillage& village = report.links.villages[i];
          append_quoted(text, text_of(table, "code", village.row));
          append_cell(text, text_of(table, "name", village.row));
          text += "," + std::to_string(table.row_ids[village.row.value]);
          append_cell(text, report.hierarchy[village.unit].code);
          text.append(",").append(state_names[static_cast<std::size_t>(village.state)]).append(",");
          if (village.state == LinkState::linked) append_exact(text, village.alone_yuan);
          text += ',';
          if (village.state == LinkState::linked) text += std::to_string(village.link + 1);
          text += "\r\n";
        }
      },
      sink, progress);
}

Status write_lines_geojson(const LinkReport& report, const TextSink& sink, const Progress& progress) {
  std::vector<GeoJsonFeature> features;
  for (std::size_t rank = 0; rank < report.links.links.size(); ++rank)
    for (const LinkPiece& piece : report.links.links[rank].pieces) {
      std::string properties = "\"rank\": " + std::to_string(rank + 1) + ", \"kind\": \"";
      properties.append(kind_names[static_cast<std::size_t>(piece.kind)]);
      properties += "\", \"row\": " + std::to_string(row_id(report.links, piece)) + ", \"length_m\": ";
      append_exact(properties, piece.length_m);
      properties += ", \"yuan\": ";
      append_exact(properties, piece.yuan);
      features.push_back({std::move(properties), piece.line});
    }
  return write_geojson(features, sink, progress);
}

namespace {

std::string ten_thousand(double yuan) {
  return with_thousands(format_number(yuan / 10000, 0));
}

}  // namespace

std::string villages_text(const reach::NextLinks& links, const NextLink& link) {
  const std::string first = code_and_name(links.villages_layer->table, links.villages[link.villages[0]].row);
  return link.villages.size() == 1 ? first : first + " +" + std::to_string(link.villages.size() - 1);
}

std::string village_states(const reach::NextLinks& links, const Catalogue& catalogue) {
  std::array<std::size_t, state_names.size()> counts{};
  for (const LinkedVillage& village : links.villages) ++counts[static_cast<std::size_t>(village.state)];
  const auto of = [&](LinkState state) {
    return with_thousands(std::to_string(counts[static_cast<std::size_t>(state)]));
  };
  return Message(
             "Villages: {0} connected, {1} linked, {2} without any way to the trunk, {3} too far from any "
             "road, {4} without position",
             of(LinkState::connected), of(LinkState::linked), of(LinkState::no_way), of(LinkState::too_far),
             of(LinkState::unplaced))
      .in(catalogue);
}

std::span<const LinkColumn> link_columns() {
  using Sums = const LinkSums&;
  static constexpr std::array columns{
      LinkColumn{"10,000 yuan", [](Sums own, Sums) { return ten_thousand(own.yuan); }},
      LinkColumn{"km to harden", [](Sums own, Sums) { return kilometres_text(own.harden_m); }},
      LinkColumn{"of it unknown surface", [](Sums own, Sums) { return kilometres_text(own.unknown_m); }},
      LinkColumn{"bridges to rebuild", [](Sums own, Sums) { return whole_text(double(own.bridges)); }},
      LinkColumn{"km of new road", [](Sums own, Sums) { return kilometres_text(own.new_road_m); }},
      LinkColumn{"people", [](Sums own, Sums) { return whole_text(own.population); }},
      LinkColumn{"people for 10,000 yuan",
                 [](Sums own, Sums) {
                   return own.yuan > 0 ? format_fixed(own.population / (own.yuan / 10000), 2) : "n/a";
                 }},
      LinkColumn{"10,000 yuan so far", [](Sums, Sums until) { return ten_thousand(until.yuan); }},
      LinkColumn{"people so far", [](Sums, Sums until) { return whole_text(until.population); }}};
  return columns;
}

std::string text_table(const LinkReport& report, std::size_t most, const Catalogue& catalogue, int width) {
  const std::vector<LinkSums> sums = running_sums(report.links);
  const std::size_t count = std::min(most, sums.size());
  TextColumn names{std::string{catalogue("villages connected")}, {}};
  std::vector<TextColumn> columns;
  for (const LinkColumn& column : link_columns())
    columns.push_back({std::string{catalogue(column.heading)}, std::vector<std::string>{}});
  for (std::size_t i = 0; i < count; ++i) {
    const NextLink& link = report.links.links[i];
    names.cells.push_back(villages_text(report.links, link));
    const LinkSums own = sums_of(link);
    for (std::size_t column = 0; column < columns.size(); ++column)
      columns[column].cells.push_back(link_columns()[column].text(own, sums[i]));
  }
  std::string text = row_table(names, columns, width);
  if (count < sums.size())
    text += Message("{0} more: --limit, or a file by -o", with_thousands(std::to_string(sums.size() - count)))
                .in(catalogue) +
            "\n";
  const LinkSums all = sums.empty() ? LinkSums{} : sums.back();
  text +=
      Message(
          "All {0} links: {1} × 10,000 yuan, {2} km to harden, {3} bridges to rebuild, {4} km of new road; "
          "{5} people in {6} villages",
          with_thousands(std::to_string(sums.size())), ten_thousand(all.yuan), kilometres_text(all.harden_m),
          whole_text(double(all.bridges)), kilometres_text(all.new_road_m), whole_text(all.population),
          whole_text(double(all.villages)))
          .in(catalogue) +
      "\n";
  return text + village_states(report.links, catalogue) + "\n" + threshold_line(report.provenance, catalogue);
}

}  // namespace xiangtu::report
