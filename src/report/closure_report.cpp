#include "report/closure_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "report/csv_line.hpp"
#include "report/json_parts.hpp"
#include "report/table_cells.hpp"
#include "report/unit_table.hpp"

namespace xiangtu::report {

using reach::BridgeClosure;
using reach::ClosureEffect;

namespace {

constexpr std::size_t bridges_per_block = 512;
constexpr std::array effect_columns{"cut_villages", "cut_households", "cut_population", "longer_villages",
                                    "detour_m_sum", "detour_m_max",   "worst_village",  "townships"};

int class_of(const ClosureReport& report, const BridgeClosure& closure) {
  return reach::condition_class_of(*report.scan.bridges_layer, closure.bridge);
}

std::string_view worst_village(const ClosureReport& report, const ClosureEffect& effect) {
  return effect.worst_village.exists()
             ? text_of(report.scan.villages_layer->table, "code", effect.worst_village)
             : std::string_view{};
}

Json townships_json(const ClosureReport& report, const ClosureEffect& effect) {
  Json codes = Json::array();
  for (const UnitIx township : effect.townships) codes.push_back(report.hierarchy[township].code);
  return codes;
}

void put(Json& json, const ClosureReport& report, const ClosureEffect& effect) {
  json["cut_villages"] = effect.cut_villages;
  json["cut_households"] = effect.cut_households;
  json["cut_population"] = effect.cut_population;
  json["longer_villages"] = effect.longer_villages;
  json["detour_m_sum"] = effect.detour_m_sum;
  json["detour_m_max"] = effect.detour_m_max;
  json["worst_village"] = effect.worst_village.exists() ? Json(worst_village(report, effect)) : Json(nullptr);
  json["townships"] = townships_json(report, effect);
}

Json bridge_json(const ClosureReport& report, const BridgeClosure& closure) {
  const table::FeatureTable& bridges = report.scan.bridges_layer->table;
  const geodesy::LonLat at = bridges.geometry.representative(closure.bridge.value);
  const int condition_class = class_of(report, closure);
  Json json{{"code", text_of(bridges, "code", closure.bridge)},
            {"name", text_of(bridges, "name", closure.bridge)},
            {"row", bridges.row_ids[closure.bridge.value]},
            {"class", condition_class > 0 ? Json(condition_class) : Json(nullptr)},
            {"lon", at.lon},
            {"lat", at.lat}};
  put(json, report, report.to_trunk ? closure.trunk : closure.seat);
  if (!report.to_trunk || !report.to_seat) return json;
  Json seat;
  put(seat, report, closure.seat);
  json["seat"] = std::move(seat);
  return json;
}

void append_effect(std::string& text, const ClosureReport& report, const ClosureEffect& effect) {
  text += "," + std::to_string(effect.cut_villages) + ",";
  append_exact(text, effect.cut_households);
  text += ',';
  append_exact(text, effect.cut_population);
  text += "," + std::to_string(effect.longer_villages) + ",";
  append_exact(text, effect.detour_m_sum);
  text += ',';
  append_exact(text, effect.detour_m_max);
  append_cell(text, worst_village(report, effect));
  std::string townships;
  for (const UnitIx township : effect.townships)
    townships += (townships.empty() ? "" : " ") + report.hierarchy[township].code;
  append_cell(text, townships);
}

Json pair_json(const ClosureReport& report, const reach::PairClosure& pair) {
  const table::FeatureTable& bridges = report.scan.bridges_layer->table;
  Json json{{"codes", {text_of(bridges, "code", pair.first), text_of(bridges, "code", pair.second)}},
            {"rows", {bridges.row_ids[pair.first.value], bridges.row_ids[pair.second.value]}}};
  put(json, report, pair.effect);
  return json;
}

}  // namespace

Status write_json(const ClosureReport& report, const TextSink& sink, const Progress& progress) {
  const auto list = [&](const char* name, const auto& items, const auto& json_of) {
    return write_json_list(
        name, items.size(), bridges_per_block,
        [&](std::size_t i, std::string& text) { text += "  " + one_line(json_of(report, items[i])); }, sink,
        progress);
  };
  if (const Status written = sink("{\n"); !written) return written;
  if (const Status written = list("bridges", report.scan.closures, bridge_json); !written) return written;
  if (report.to_pairs) {
    if (const Status written = sink(",\n"); !written) return written;
    if (const Status written = list("pairs", report.scan.pairs, pair_json); !written) return written;
  }
  return sink(json_ending(report.provenance, report.findings));
}

Status write_csv(const ClosureReport& report, bool byte_order_mark, const TextSink& sink,
                 const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading += "rank,code,name,row,class,lon,lat";
  const bool both = report.to_trunk && report.to_seat;
  for (const char* column : effect_columns) heading += std::string(",") + column;
  for (const char* column : effect_columns)
    if (both) heading += std::string(",seat_") + column;
  if (const Status written = sink(heading + "\r\n"); !written) return written;
  const table::FeatureTable& bridges = report.scan.bridges_layer->table;
  return write_blocks(
      report.scan.closures.size(), bridges_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) {
          const BridgeClosure& closure = report.scan.closures[i];
          text += std::to_string(i + 1);
          append_cell(text, text_of(bridges, "code", closure.bridge));
          append_cell(text, text_of(bridges, "name", closure.bridge));
          text += "," + std::to_string(bridges.row_ids[closure.bridge.value]) + ",";
          if (const int condition_class = class_of(report, closure); condition_class > 0)
            text += std::to_string(condition_class);
          const geodesy::LonLat at = bridges.geometry.representative(closure.bridge.value);
          text += ',';
          append_exact(text, at.lon);
          text += ',';
          append_exact(text, at.lat);
          append_effect(text, report, report.to_trunk ? closure.trunk : closure.seat);
          if (both) append_effect(text, report, closure.seat);
          text += "\r\n";
        }
      },
      sink, progress);
}

Status write_pairs_csv(const ClosureReport& report, bool byte_order_mark, const TextSink& sink,
                       const Progress& progress) {
  std::string heading = byte_order_mark ? "\xEF\xBB\xBF" : "";
  heading += "rank,code,row,other_code,other_row";
  for (const char* column : effect_columns) heading += std::string(",") + column;
  if (const Status written = sink(heading + "\r\n"); !written) return written;
  const table::FeatureTable& bridges = report.scan.bridges_layer->table;
  return write_blocks(
      report.scan.pairs.size(), bridges_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i) {
          const reach::PairClosure& pair = report.scan.pairs[i];
          text += std::to_string(i + 1);
          for (const RowIx bridge : {pair.first, pair.second}) {
            append_cell(text, text_of(bridges, "code", bridge));
            text += "," + std::to_string(bridges.row_ids[bridge.value]);
          }
          append_effect(text, report, pair.effect);
          text += "\r\n";
        }
      },
      sink, progress);
}

std::string ClosureColumn::text_of(const ClosureEffect& effect) const {
  const double figure = value(effect);
  return std::isnan(figure) ? "n/a" : text(figure);
}

std::span<const ClosureColumn> cut_columns() {
  static constexpr std::array columns{
      ClosureColumn{"villages cut off", [](const ClosureEffect& e) { return double(e.cut_villages); },
                    whole_text},
      ClosureColumn{"households cut off", [](const ClosureEffect& e) { return e.cut_households; },
                    whole_text},
      ClosureColumn{"people cut off", [](const ClosureEffect& e) { return e.cut_population; }, whole_text}};
  return columns;
}

std::span<const ClosureColumn> detour_columns() {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  static constexpr std::array columns{
      ClosureColumn{"villages with a longer way",
                    [](const ClosureEffect& e) { return double(e.longer_villages); }, whole_text},
      ClosureColumn{"detours, sum km", [](const ClosureEffect& e) { return e.detour_m_sum; },
                    kilometres_text},
      ClosureColumn{"mean detour km",
                    [](const ClosureEffect& e) {
                      return e.longer_villages > 0 ? e.detour_m_sum / double(e.longer_villages) : none;
                    },
                    kilometres_text},
      ClosureColumn{"greatest detour km",
                    [](const ClosureEffect& e) { return e.longer_villages > 0 ? e.detour_m_max : none; },
                    kilometres_text}};
  return columns;
}

namespace {

// The first of some bridges, with columns of their effects on each destination that was asked for.
std::string table_of(const ClosureReport& report, std::span<const BridgeClosure* const> shown,
                     std::span<const ClosureColumn> columns, const Catalogue& catalogue, int width) {
  TextColumn names{std::string{catalogue("bridge")}, {}};
  std::vector<TextColumn> cells{{std::string{catalogue("class")}, {}}};
  for (const BridgeClosure* closure : shown) {
    names.cells.push_back(code_and_name(report.scan.bridges_layer->table, closure->bridge));
    const int condition_class = class_of(report, *closure);
    cells[0].cells.push_back(condition_class > 0 ? std::to_string(condition_class) : "?");
  }
  const auto add = [&](const char* destination, const ClosureEffect BridgeClosure::*effect) {
    for (const ClosureColumn& column : columns) {
      TextColumn& text = cells.emplace_back(
          std::string{catalogue(column.heading)} + " (" + std::string{catalogue(destination)} + ")",
          std::vector<std::string>{});
      for (const BridgeClosure* closure : shown) text.cells.push_back(column.text_of(closure->*effect));
    }
  };
  if (report.to_trunk) add("trunk", &BridgeClosure::trunk);
  if (report.to_seat) add("seat", &BridgeClosure::seat);
  return row_table(names, cells, width);
}

}  // namespace

namespace {

std::string pairs_table(const ClosureReport& report, std::size_t most, const Catalogue& catalogue,
                        int width) {
  const table::FeatureTable& bridges = report.scan.bridges_layer->table;
  const std::vector<reach::PairClosure>& pairs = report.scan.pairs;
  const std::size_t shown = std::min(most, pairs.size());
  std::string text = Message("Pairs that do together what neither bridge does alone: {0}",
                             with_thousands(std::to_string(pairs.size())))
                         .in(catalogue) +
                     "\n";
  if (shown == 0) return text;
  TextColumn names{std::string{catalogue("bridges")}, {}};
  std::vector<TextColumn> cells;
  for (std::size_t i = 0; i < shown; ++i)
    names.cells.push_back(code_and_name(bridges, pairs[i].first) + " + " +
                          code_and_name(bridges, pairs[i].second));
  const auto add = [&](std::span<const ClosureColumn> columns) {
    for (const ClosureColumn& column : columns) {
      TextColumn& added =
          cells.emplace_back(std::string{catalogue(column.heading)}, std::vector<std::string>{});
      for (std::size_t i = 0; i < shown; ++i) added.cells.push_back(column.text_of(pairs[i].effect));
    }
  };
  add(cut_columns());
  add(detour_columns());
  text += row_table(names, cells, width);
  return text;
}

}  // namespace

std::string text_table(const ClosureReport& report, std::size_t most, const Catalogue& catalogue, int width) {
  std::vector<const BridgeClosure*> cutting, lengthening;
  for (const BridgeClosure& closure : report.scan.closures) {
    if (closure.trunk.cut_villages + closure.seat.cut_villages > 0)
      cutting.push_back(&closure);
    else if (closure.trunk.is_felt() || closure.seat.is_felt())
      lengthening.push_back(&closure);
  }
  std::string text;
  const auto part = [&](const char* title, std::vector<const BridgeClosure*>& closures,
                        std::span<const ClosureColumn> columns) {
    text += Message(title, with_thousands(std::to_string(closures.size()))).in(catalogue) + "\n";
    const std::size_t shown = std::min(most, closures.size());
    if (shown > 0) text += table_of(report, std::span{closures}.first(shown), columns, catalogue, width);
    if (shown < closures.size())
      text += Message("{0} more: --limit, or a file by -o",
                      with_thousands(std::to_string(closures.size() - shown)))
                  .in(catalogue) +
              "\n\n";
  };
  part("Bridges that cut villages off: {0}", cutting, cut_columns());
  part("Bridges that only make ways longer: {0}", lengthening, detour_columns());
  if (report.to_pairs) text += pairs_table(report, most, catalogue, width);
  const std::size_t felt = cutting.size() + lengthening.size();
  text += Message("Bridges without effect: {0}",
                  with_thousands(std::to_string(report.scan.closures.size() - felt)))
              .in(catalogue) +
          "\n";
  return text + threshold_line(report.provenance, catalogue);
}

}  // namespace xiangtu::report
