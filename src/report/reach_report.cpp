#include "report/reach_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "reach/shares.hpp"
#include "report/csv_line.hpp"
#include "report/geojson.hpp"
#include "report/json_parts.hpp"
#include "report/table_cells.hpp"
#include "report/unit_table.hpp"

namespace xiangtu::report {

using reach::ReachState;
using reach::UnitReach;
using reach::VariantFigure;
using reach::VariantFigures;
using reach::VillageReach;

namespace {

constexpr std::size_t units_per_block = 64, villages_per_block = 2048;

constexpr std::string_view state_name(ReachState state) {
  constexpr std::array<std::string_view, 5> names{"connected", "unknown", "unconnected", "unattached",
                                                  "unplaced"};
  return names[static_cast<std::size_t>(state)];
}

// What a variant counts, for readers of the result.
constexpr std::array<const char*, reach::variant_count> variant_definitions{
    "villages with a hardened road within near_m in a straight line ÷ villages",
    "villages from which it is at most near_m along roads to a hardened one ÷ villages",
    "villages from which a way leads to what is asked for (to), over the roads that are travelled (over), "
    "all "
    "bridges open ÷ villages",
    "the same with the bridges of the dangerous classes closed ÷ villages",
    "rural people within rai_m of an all-season road in a straight line ÷ rural people (SDG 9.1.1); where no "
    "urban-rural class tells otherwise all villages are rural"};

// People are null where those of no village are known.
Json reach_json(const UnitReach& reach) {
  const auto people = [&](double number) { return knows_people(reach) ? Json(number) : Json(nullptr); };
  return {{"villages", reach.villages},
          {"attached", reach.attached},
          {"connected", reach.connected},
          {"unknown", reach.unknown},
          {"population", people(reach.population)},
          {"population_connected", people(reach.population_connected)},
          {"population_unknown", people(reach.population_unknown)},
          {"without_population", reach.without_population},
          {"distance_m_sum", reach.distance_m_sum},
          {"distance_m_max", reach.connected > 0 ? Json(reach.distance_m_max) : Json(nullptr)}};
}

Json variant_json(const ReachReport& report, const VariantFigure& figure, reach::Variant variant) {
  Json json = figure_json(share_reached(report.reach, figure, variant));
  json.update({{"villages", figure.villages},
               {"reached", figure.reached},
               {"population", figure.population},
               {"population_reached", figure.population_reached}});
  return json;
}

Json variants_json(const ReachReport& report, const VariantFigures& figures) {
  Json json = Json::object();
  for (std::size_t variant = 0; variant < reach::variant_count; ++variant)
    json[std::string(reach::variant_names[variant])] =
        variant_json(report, figures[variant], reach::Variant(variant));
  return json;
}

Json unit_json(const ReachReport& report, std::size_t i) {
  const atlas::Unit& unit = report.hierarchy[report.reach.units[i]];
  Json json{{"level", atlas::level_names[static_cast<std::size_t>(unit.level)]},
            {"code", unit.code},
            {"name", unit.name},
            {"parent", unit.parent.exists() ? report.hierarchy[unit.parent].code : ""},
            {"reach", reach_json(report.reach.figures[i])}};
  if (!report.reach.variant_figures.empty())
    json["variants"] = variants_json(report, report.reach.variant_figures[i]);
  return json;
}

std::int64_t row_id(const ReachReport& report, const VillageReach& village) {
  return report.reach.villages_layer->table.row_ids[village.row.value];
}

std::int64_t road_id(const ReachReport& report, const VillageReach& village) {
  return report.reach.roads_layer->table.row_ids[village.road.value];
}

constexpr std::string_view counts_name(reach::Counts counts) {
  return counts == reach::Counts::yes ? "yes" : counts == reach::Counts::no ? "no" : "unknown";
}

// A village that is not rural is not asked about in the Rural Access Index.
std::string_view variant_name_of(const reach::VillageVariants& village, std::size_t variant) {
  if (reach::Variant(variant) == reach::Variant::rural_access && !village.rural) return "urban";
  return counts_name(village.reached[variant]);
}

void append_village(std::string& text, const ReachReport& report, std::size_t i) {
  const VillageReach& village = report.reach.villages[i];
  text += "  {\"code\": ";
  append_json_text(text, text_of(report.reach.villages_layer->table, "code", village.row));
  text += ", \"row\": " + std::to_string(row_id(report, village)) + ", \"unit\": ";
  append_json_text(text, report.hierarchy[village.unit].code);
  text.append(", \"state\": \"").append(state_name(village.state)).append("\", \"distance_m\": ");
  if (village.state == ReachState::connected)
    append_exact(text, village.distance_m);
  else
    text += "null";
  text += ", \"road_row\": " + (village.road.exists() ? std::to_string(road_id(report, village)) : "null");
  text += ", \"access_m\": ";
  if (!std::isnan(village.access_m))
    append_exact(text, village.access_m);
  else
    text += "null";
  if (!report.reach.village_variants.empty())
    for (std::size_t variant = 0; variant < reach::variant_count; ++variant)
      text.append(", \"")
          .append(reach::variant_names[variant])
          .append("\": \"")
          .append(variant_name_of(report.reach.village_variants[i], variant))
          .append("\"");
  text += '}';
}

std::string level_of(const ReachReport& report) {
  const UnitIx last = report.reach.units.back();
  return std::string{atlas::level_names[static_cast<std::size_t>(report.hierarchy[last].level)]};
}

}  // namespace

Status write_json(const ReachReport& report, const TextSink& sink, const Progress& progress) {
  const auto append_unit = [&](std::size_t i, std::string& text) {
    text += "  " + indented(dumped(unit_json(report, i + 1)), 2);  // after the total
  };
  const auto append_reached = [&](std::size_t i, std::string& text) { append_village(text, report, i); };
  if (const Status written = sink("{\n \"level\": \"" + level_of(report) + "\",\n"); !written) return written;
  if (const Status written = write_json_list("units", report.reach.units.size() - 1, units_per_block,
                                             append_unit, sink, progress);
      !written)
    return written;
  if (const Status written = sink(json_member("total", unit_json(report, 0)) + ",\n"); !written)
    return written;
  if (const Status written = write_json_list("villages", report.reach.villages.size(), villages_per_block,
                                             append_reached, sink, progress);
      !written)
    return written;
  if (!report.reach.variant_figures.empty()) {
    Json definitions = Json::object();
    for (std::size_t variant = 0; variant < reach::variant_count; ++variant)
      definitions[std::string(reach::variant_names[variant])] = variant_definitions[variant];
    if (const Status written = sink(json_member("variant_definitions", definitions)); !written)
      return written;
  }
  return sink(json_ending(report.provenance, report.findings));
}

namespace {

void append_variants(std::string& text, const VariantFigures& figures) {
  for (const VariantFigure& figure : figures) {
    for (const std::uint64_t count : {figure.villages, figure.reached, figure.unknown})
      text += "," + std::to_string(count);
    for (const double people : {figure.population, figure.population_reached, figure.population_unknown}) {
      text += ',';
      append_exact(text, people);
    }
  }
}

}  // namespace

Status write_csv(const ReachReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading +=
      "level,code,name,villages,attached,connected,unknown,population,population_connected,population_"
      "unknown,"
      "without_population,distance_m_sum,distance_m_max";
  if (!report.reach.variant_figures.empty())
    for (const std::string_view name : reach::variant_names)
      for (const char* part :
           {"villages", "reached", "unknown", "population", "population_reached", "population_unknown"})
        heading += "," + std::string(name) + "_" + part;
  if (const Status written = sink(heading + "\r\n"); !written) return written;
  return write_blocks(
      report.reach.units.size(), units_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) {
          const atlas::Unit& unit = report.hierarchy[report.reach.units[i]];
          const UnitReach& reach = report.reach.figures[i];
          text += atlas::level_names[static_cast<std::size_t>(unit.level)];
          append_cell(text, unit.code);
          append_cell(text, unit.name);
          for (const std::uint64_t count : {reach.villages, reach.attached, reach.connected, reach.unknown})
            text += "," + std::to_string(count);
          for (const double people :
               {reach.population, reach.population_connected, reach.population_unknown}) {
            text += ',';
            append_exact(text, people);
          }
          text += "," + std::to_string(reach.without_population) + ",";
          append_exact(text, reach.distance_m_sum);
          text += ',';
          if (reach.connected > 0) append_exact(text, reach.distance_m_max);
          if (!report.reach.variant_figures.empty()) append_variants(text, report.reach.variant_figures[i]);
          text += "\r\n";
        }
      },
      sink, progress);
}

Status write_lines_geojson(const ReachReport& report, const TextSink& sink, const Progress& progress) {
  std::vector<GeoJsonFeature> features;
  const table::FeatureTable& table = report.reach.villages_layer->table;
  for (std::size_t i = 0; i < report.reach.lines.size(); ++i) {
    const VillageReach& village = report.reach.villages[i];
    if (report.reach.lines[i].empty()) continue;
    std::string properties = "\"code\": ";
    append_json_text(properties, text_of(table, "code", village.row));
    properties += ", \"name\": ";
    append_json_text(properties, text_of(table, "name", village.row));
    properties += ", \"row\": " + std::to_string(row_id(report, village)) + ", \"unit\": ";
    append_json_text(properties, report.hierarchy[village.unit].code);
    properties += ", \"distance_m\": ";
    append_exact(properties, village.distance_m);
    features.push_back({std::move(properties), report.reach.lines[i]});
  }
  return write_geojson(features, sink, progress);
}

Status write_villages_csv(const ReachReport& report, bool byte_order_mark, const TextSink& sink,
                          const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading += "code,name,row,unit,state,attached,distance_m,road_row,access_m";
  const bool has_variants = !report.reach.village_variants.empty();
  for (const std::string_view name : reach::variant_names)
    if (has_variants) heading += "," + std::string(name);
  if (const Status written = sink(heading + "\r\n"); !written) return written;
  return write_blocks(
      report.reach.villages.size(), villages_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) {
          const VillageReach& village = report.reach.villages[i];
          append_quoted(text, text_of(report.reach.villages_layer->table, "code", village.row));
          append_cell(text, text_of(report.reach.villages_layer->table, "name", village.row));
          text += "," + std::to_string(row_id(report, village));
          append_cell(text, report.hierarchy[village.unit].code);
          text.append(",").append(state_name(village.state)).append(village.attached ? ",1," : ",0,");
          if (village.state == ReachState::connected) append_exact(text, village.distance_m);
          text += ',';
          if (village.road.exists()) text += std::to_string(road_id(report, village));
          text += ',';
          if (!std::isnan(village.access_m)) append_exact(text, village.access_m);
          for (std::size_t variant = 0; has_variants && variant < reach::variant_count; ++variant)
            text.append(",").append(variant_name_of(report.reach.village_variants[i], variant));
          text += "\r\n";
        }
      },
      sink, progress);
}

namespace {

// Nothing where no village is connected.
std::string kilometres(const UnitReach& reach, double metres) {
  return reach.connected > 0 ? kilometres_text(metres) : "n/a";
}

}  // namespace

std::string text_table(const ReachReport& report, const Catalogue& catalogue, int width) {
  struct Shown {
    const char* heading;
    std::string (*cell)(const UnitReach&);
  };
  constexpr Shown shown[] = {
      {"villages", [](const UnitReach& reach) { return whole_text(static_cast<double>(reach.villages)); }},
      {"attached", [](const UnitReach& reach) { return whole_text(static_cast<double>(reach.attached)); }},
      {"connected", [](const UnitReach& reach) { return whole_text(static_cast<double>(reach.connected)); }},
      {"%", [](const UnitReach& reach) { return share_text(share_connected(reach)); }},
      {"people connected",
       [](const UnitReach& reach) {
         return knows_people(reach) ? whole_text(reach.population_connected) : std::string{"n/a"};
       }},
      {"mean km",
       [](const UnitReach& reach) {
         return kilometres(reach, reach.distance_m_sum / static_cast<double>(reach.connected));
       }},
      {"greatest km", [](const UnitReach& reach) { return kilometres(reach, reach.distance_m_max); }}};
  std::vector<TextColumn> columns;
  for (const Shown& column : shown) {
    TextColumn& text =
        columns.emplace_back(std::string{catalogue(column.heading)}, std::vector<std::string>{});
    for (const UnitReach& reach : report.reach.figures) text.cells.push_back(column.cell(reach));
  }
  constexpr const char* variant_headings[] = {
      "near in a straight line", "near along roads", "connected, bridges open",
      "connected, dangerous bridges closed", "rural access index (SDG 9.1.1)"};
  for (std::size_t variant = 0; variant < reach::variant_count; ++variant) {
    if (report.reach.variant_figures.empty()) break;
    TextColumn& text =
        columns.emplace_back(std::string{catalogue(variant_headings[variant])}, std::vector<std::string>{});
    for (const VariantFigures& figures : report.reach.variant_figures)
      text.cells.push_back(
          share_text(share_reached(report.reach, figures[variant], reach::Variant(variant))));
  }
  std::string text = unit_table(report.hierarchy, report.reach.units, columns, catalogue, width);
  for (std::size_t variant = 0; variant < reach::variant_count && !report.reach.variant_figures.empty();
       ++variant)
    text += std::string{catalogue(variant_headings[variant])} + ": " +
            std::string{catalogue(variant_definitions[variant])} + "\n";
  return text + threshold_line(report.provenance, catalogue);
}

}  // namespace xiangtu::report
