#include "report/scenario_report.hpp"

#include "base/text.hpp"
#include "reach/shares.hpp"
#include "report/csv_line.hpp"
#include "table/cells.hpp"

namespace xiangtu::report {

using reach::UnitReach;
using reach::VillageReach;

namespace {

void append_number(std::string& text, std::optional<double> number) {
  text += ',';
  if (number) append_exact(text, *number);
}

void append_unit(std::string& text, const ScenarioReport& report, const NamedScenario& scenario,
                 std::size_t i) {
  const atlas::Unit& unit = report.hierarchy[scenario.reach->units[i]];
  const UnitReach& reach = scenario.reach->figures[i];
  append_quoted(text, scenario.name);
  text.append(",").append(atlas::level_names[static_cast<std::size_t>(unit.level)]);
  append_cell(text, unit.code);
  append_cell(text, unit.name);
  for (const std::uint64_t count : {reach.villages, reach.attached, reach.connected, reach.unknown})
    text += "," + std::to_string(count);
  const indicators::Figure share = share_connected(reach);
  for (const std::optional<double>& number : {share.value, share.low, share.high})
    append_number(text, number);
  for (const double people : {reach.population, reach.population_connected, reach.population_unknown})
    append_number(text, knows_people(reach) ? std::optional{people} : std::nullopt);
  text += "\r\n";
}

void append_change(std::string& text, const ScenarioReport& report, const NamedScenario& scenario,
                   const char* change, std::uint32_t position) {
  const VillageReach& village = scenario.reach->villages[position];
  const table::FeatureTable& table = scenario.reach->villages_layer->table;
  append_quoted(text, scenario.name);
  text.append(",").append(change);
  append_cell(text, text_of(table, "code", village.row));
  append_cell(text, text_of(table, "name", village.row));
  text += "," + std::to_string(table.row_ids[village.row.value]);
  append_cell(text, report.hierarchy[village.unit].code);
  append_number(
      text, village.state == reach::ReachState::connected ? std::optional{village.distance_m} : std::nullopt);
  text += "\r\n";
}

}  // namespace

Status write_units_csv(const ScenarioReport& report, const TextSink& sink, const Progress&) {
  std::string text =
      "scenario,level,code,name,villages,attached,connected,unknown,value,low,high,population,"
      "population_connected,population_unknown\r\n";
  for (const NamedScenario& scenario : report.scenarios)
    for (std::size_t i = 0; i < scenario.reach->units.size(); ++i) append_unit(text, report, scenario, i);
  return sink(text);
}

Status write_changes_csv(const ScenarioReport& report, const TextSink& sink, const Progress&) {
  std::string text = "scenario,change,code,name,row,unit,distance_m\r\n";
  for (const NamedScenario& scenario : report.scenarios) {
    for (const std::uint32_t village : scenario.won) append_change(text, report, scenario, "won", village);
    for (const std::uint32_t village : scenario.lost) append_change(text, report, scenario, "lost", village);
  }
  return sink(text);
}

}  // namespace xiangtu::report
