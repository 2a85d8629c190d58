#include "atlas/placement.hpp"

#include <algorithm>
#include <utility>

#include "atlas/unit_codes.hpp"
#include "base/parallel.hpp"

namespace xiangtu::atlas {

namespace {

constexpr std::size_t rows_per_task = 1024;

struct RowPlacer {
  const Layer& layer;
  const Hierarchy& hierarchy;
  const UnitZones& zones;
  UnitCodes codes{layer, hierarchy};
  Level finest_zones = is_unit_layer(layer.role) ? Level::total : zones.finest();

  // The finer unit in a coarse one that the position tells; none where it tells nothing finer.
  UnitIx refined(std::size_t row, UnitIx unit) const {
    if (hierarchy[unit].level >= finest_zones) return UnitIx::none();
    const UnitIx located = by_location(row);
    const bool finer = located.exists() && located != unit && hierarchy.is_within(located, unit);
    return finer ? located : UnitIx::none();
  }

  UnitIx by_location(std::size_t row) const {
    if (!layer.table.has_geometry() || layer.table.geometry.empty_at(row)) return UnitIx::none();
    return zones.locate(layer.table.geometry.representative(row));
  }

  // Whether the row lies outside the boundary of the unit that its code names: of its township where that has
  // one, else of its county.
  bool disagrees(std::size_t row, UnitIx unit) const {
    if (!layer.table.has_geometry() || layer.table.geometry.empty_at(row)) return false;
    for (const Level level : {Level::township, Level::county}) {
      const UnitIx coded = hierarchy.ancestor(unit, level);
      if (coded.exists() && hierarchy[coded].boundary.exists())
        return !zones.contains(coded, layer.table.geometry.representative(row));
    }
    return false;
  }
};

enum RowMark : std::uint8_t { fine = 0, unknown_code = 1, misplaced = 2, nowhere = 4, coarse = 8 };

// Rows that are placed higher than others of their layer.
void mark_coarse(const Layer& layer, const Hierarchy& hierarchy, std::vector<std::uint8_t>& marks) {
  Level finest = Level::total;
  for (const UnitIx unit : layer.unit_of) finest = std::max(finest, hierarchy[unit].level);
  for (std::size_t row = 0; row < marks.size(); ++row)
    if (!(marks[row] & nowhere) && hierarchy[layer.unit_of[row]].level < finest) marks[row] |= coarse;
}

void add_finding(const Layer& layer, const std::vector<std::uint8_t>& marks, RowMark mark, std::string id,
                 Severity severity, const char* text, std::vector<Finding>& findings) {
  Finding finding{std::move(id), severity, layer.table.source.path, layer.table.source.layer, "",
                  Message(text), {}};
  for (std::size_t row = 0; row < marks.size(); ++row)
    if (marks[row] & mark) finding.rows.push_back(layer.table.row_ids[row]);
  if (!finding.rows.empty()) findings.push_back(std::move(finding));
}

}  // namespace

void place_rows(Layer& layer, const Hierarchy& hierarchy, const UnitZones& zones,
                std::vector<Finding>& findings, Progress& progress) {
  const std::size_t rows = layer.table.size();
  layer.unit_of.assign(rows, Hierarchy::total());
  layer.placement.assign(rows, Placement::none);
  std::vector<std::uint8_t> marks(rows, fine);
  const RowPlacer placer{layer, hierarchy, zones};
  const bool is_unit = is_unit_layer(layer.role);

  parallel_for(rows, rows_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      bool is_unknown = false;
      if (const UnitIx unit = placer.codes.unit(row, is_unknown); unit.exists()) {
        const UnitIx finer = is_unit ? UnitIx::none() : placer.refined(row, unit);
        layer.unit_of[row] = finer.exists() ? finer : unit;
        layer.placement[row] = finer.exists() ? Placement::by_both : Placement::by_code;
        if (!is_unit && placer.disagrees(row, unit)) marks[row] |= misplaced;
      } else if (const UnitIx located = placer.by_location(row); located.exists()) {
        layer.unit_of[row] = located;
        layer.placement[row] = Placement::by_location;
      } else {
        marks[row] |= nowhere;
      }
      if (is_unknown && !(marks[row] & nowhere)) marks[row] |= unknown_code;
    }
    progress.advance(end - begin);
  });
  if (progress.stop_requested()) return;

  add_finding(layer, marks, unknown_code, "place.unknown_code", Severity::warning,
              "a code names no unit of the region; the row is placed by its other codes and its position",
              findings);
  add_finding(layer, marks, misplaced, "place.disagrees", Severity::warning,
              "the position lies outside the unit that the code names; the code is followed", findings);
  mark_coarse(layer, hierarchy, marks);
  add_finding(
      layer, marks, coarse, "place.coarse", Severity::note,
      layer.table.has_geometry()
          ? "neither code nor position tells the unit of the finest level; the row counts from the one "
            "above it up"
          : "no code tells the unit of the finest level; the row counts from the one above it up",
      findings);
  if (hierarchy.size() > 1)
    add_finding(
        layer, marks, nowhere, "place.nowhere", Severity::warning,
        "neither code nor position tells the unit, or the code names none; the row counts only in the total",
        findings);
}

}  // namespace xiangtu::atlas
