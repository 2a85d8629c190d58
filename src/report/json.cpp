#include "report/coverage_report.hpp"
#include "report/json_parts.hpp"

namespace xiangtu::report {

namespace {

Json unit_json(const CoverageReport& report, std::size_t row) {
  const atlas::Unit& unit = report.hierarchy[report.table.units[row]];
  Json figures = Json::object();
  for (std::size_t k = 0; k < report.table.indicators.size(); ++k)
    figures[report.table.indicators[k].id] = figure_json(report.table.figure(row, k));
  return {{"level", atlas::level_names[static_cast<std::size_t>(unit.level)]},
          {"code", unit.code},
          {"name", unit.name},
          {"parent", unit.parent.exists() ? report.hierarchy[unit.parent].code : ""},
          {"indicators", std::move(figures)}};
}

constexpr std::size_t units_per_block = 64;

// "all" when there are units of several levels besides the total.
std::string_view level_of(const CoverageReport& report) {
  atlas::Level finest = atlas::Level::total;
  for (std::size_t row = 0; row < report.table.units.size(); ++row) {
    const atlas::Level level = report.hierarchy[report.table.units[row]].level;
    if (row > 1 && level != finest) return "all";
    finest = level;
  }
  return atlas::level_names[static_cast<std::size_t>(finest)];
}

}  // namespace

Status write_json(const CoverageReport& report, const TextSink& sink, const Progress& progress) {
  const std::size_t units = report.table.units.size() - 1;  // after the total
  const std::string level{level_of(report)};
  if (Status written = sink("{\n \"level\": \"" + level + "\",\n \"units\": [" + (units > 0 ? "\n" : ""));
      !written)
    return written;
  const Status written = write_blocks(
      units, units_per_block,
      [&](std::size_t first, std::size_t last, std::string& text) {
        for (std::size_t i = first; i < last; ++i)
          text += "  " + indented(dumped(unit_json(report, i + 1)), 2) + (i + 1 < units ? ",\n" : "\n ");
      },
      sink, progress);
  if (!written) return written;
  return sink("]" + json_member("total", unit_json(report, 0)) +
              json_ending(report.provenance, report.findings));
}

std::string json(const CoverageReport& report) {
  std::string text;
  (void)write_json(report, collect_into(text), Progress{});  // without a stop it cannot fail
  return text;
}

}  // namespace xiangtu::report
