#include "atlas/placement.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/parallel.hpp"

namespace xiangtu::atlas {

using table::Column;
using table::FeatureTable;

namespace {

constexpr std::size_t rows_per_task = 1024;

// The fields that name a unit, finest first, and the level that each names.
struct UnitField {
  std::string_view name;
  Level level;
};
constexpr std::array<UnitField, 4> unit_fields{{{"admin_village_code", Level::village},
                                                {"village_code", Level::village},
                                                {"township_code", Level::township},
                                                {"county_code", Level::county}}};

// From the codes of one text column to units, looked up once per distinct code.
class CodeColumn {
 public:
  CodeColumn(const Column& column, Level level, const Hierarchy& hierarchy) : text_(&column.text()) {
    units_.reserve(text_->dictionary.size());
    for (std::uint32_t i = 0; i < text_->dictionary.size(); ++i)
      units_.push_back(hierarchy.find(level, text_->dictionary[i]));
  }
  bool has(std::size_t row) const { return text_->has(row); }
  UnitIx unit(std::size_t row) const { return has(row) ? units_[text_->entries[row]] : UnitIx::none(); }

 private:
  const table::TextColumn* text_;
  std::vector<UnitIx> units_;
};

UnitIx unit_of_prefix(std::string_view code, const Hierarchy& hierarchy) {
  if (!division_code::is_standard(code)) return UnitIx::none();
  for (const Level level : {Level::village, Level::township, Level::county})
    if (const auto prefix = division_code::prefix(code, level); !prefix.empty())
      if (const UnitIx unit = hierarchy.find(level, prefix); unit.exists()) return unit;
  return UnitIx::none();
}

bool is_unit_layer(Role role) {
  return role == Role::counties || role == Role::townships;
}

bool is_village_layer(Role role) {
  return role == Role::villages || role == Role::natural_villages || role == Role::admin_villages;
}

struct RowPlacer {
  const Layer& layer;
  const PlacementContext& context;
  std::vector<CodeColumn> columns{};
  const table::TextColumn* own_code = nullptr;
  Level own_level = Level::village;
  Level finest_polygons = Level::total;

  RowPlacer(const Layer& placed, const PlacementContext& where) : layer(placed), context(where) {
    const FeatureTable& table = layer.table;
    if (is_unit_layer(layer.role) || is_village_layer(layer.role))
      if (const Column* code = table.find("code"); code && code->is_text()) own_code = &code->text();
    if (layer.role == Role::counties) own_level = Level::county;
    if (layer.role == Role::townships) own_level = Level::township;
    if (is_unit_layer(layer.role)) return;
    for (const auto& [level, polygons] : {std::pair{Level::county, &context.counties},
                                          {Level::township, &context.townships},
                                          {Level::village, &context.villages}})
      if (polygons->exist()) finest_polygons = level;
    for (const UnitField& field : unit_fields)
      if (const Column* column = table.find(field.name); column && column->is_text())
        columns.emplace_back(*column, field.level, context.hierarchy);
  }

  UnitIx by_own_code(std::size_t row) const {
    if (!own_code || !own_code->has(row)) return UnitIx::none();
    return context.hierarchy.find(own_level, own_code->at(row));
  }

  // is_unknown tells whether a code of the row, finer than the one that was followed, names no unit.
  UnitIx by_code(std::size_t row, bool& is_unknown) const {
    if (const UnitIx unit = by_own_code(row); unit.exists()) return unit;
    for (const CodeColumn& column : columns) {
      if (const UnitIx unit = column.unit(row); unit.exists()) return unit;
      is_unknown = is_unknown || column.has(row);
    }
    if (!own_code || !own_code->has(row)) return UnitIx::none();
    const UnitIx unit = unit_of_prefix(own_code->at(row), context.hierarchy);
    is_unknown = is_unknown || (!unit.exists() && division_code::is_standard(own_code->at(row)));
    return unit;
  }

  // The finer unit in a coarse one that the position tells; none where it tells nothing finer.
  UnitIx refined(std::size_t row, UnitIx unit) const {
    if (context.hierarchy[unit].level >= finest_polygons) return UnitIx::none();
    const UnitIx located = by_location(row);
    const bool finer = located.exists() && located != unit && context.hierarchy.is_within(located, unit);
    return finer ? located : UnitIx::none();
  }

  UnitIx by_location(std::size_t row) const {
    if (!layer.table.has_geometry() || layer.table.geometry.empty_at(row)) return UnitIx::none();
    const geodesy::LonLat p = layer.table.geometry.representative(row);
    for (const UnitPolygons* polygons : {&context.villages, &context.townships})
      if (const UnitIx unit = polygons->locate(p); unit.exists()) return unit;
    return context.counties.locate(p);
  }

  // Whether the row lies outside the polygon of the unit that its code names, at the finest level
  // that has polygons.
  bool disagrees(std::size_t row, UnitIx unit) const {
    if (!layer.table.has_geometry() || layer.table.geometry.empty_at(row)) return false;
    const Hierarchy& units = context.hierarchy;
    for (const auto& [level, polygons] :
         {std::pair{Level::township, &context.townships}, {Level::county, &context.counties}}) {
      const UnitIx coded = units.ancestor(unit, level);
      if (!polygons->exist() || !coded.exists() || !units[coded].boundary.exists()) continue;
      return !polygons->contains(coded, layer.table.geometry.representative(row));
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

UnitPolygons::UnitPolygons(const table::GeometryColumn& polygons, std::vector<UnitIx> unit_of,
                           const Progress& progress) {
  table::GeometryColumn of_units(table::GeometryKind::polygon);
  for (std::size_t row = 0; row < unit_of.size(); ++row) {
    if (!unit_of[row].exists()) continue;
    of_units.add_copy(polygons, row);
    unit_of_.push_back(unit_of[row]);
  }
  locator_ = spatial::PolygonLocator(of_units, progress);
}

bool UnitPolygons::contains(UnitIx unit, geodesy::LonLat p) const {
  if (locate(p) == unit) return true;
  for (std::size_t row = 0; row < unit_of_.size(); ++row)  // overlaps and exclaves, which are rare
    if (unit_of_[row] == unit && locator_.contains(RowIx{row}, p)) return true;
  return false;
}

UnitIx UnitPolygons::locate(geodesy::LonLat p) const {
  const RowIx row = unit_of_.empty() ? RowIx::none() : locator_.locate(p);
  return row.exists() ? unit_of_[row.value] : UnitIx::none();
}

void place_rows(Layer& layer, const PlacementContext& context, std::vector<Finding>& findings,
                Progress& progress) {
  const std::size_t rows = layer.table.size();
  layer.unit_of.assign(rows, Hierarchy::total());
  layer.placement.assign(rows, Placement::none);
  std::vector<std::uint8_t> marks(rows, fine);
  const RowPlacer placer(layer, context);
  const bool is_unit = is_unit_layer(layer.role);

  parallel_for(rows, rows_per_task, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      bool is_unknown = false;
      if (const UnitIx unit = placer.by_code(row, is_unknown); unit.exists()) {
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
  mark_coarse(layer, context.hierarchy, marks);
  add_finding(
      layer, marks, coarse, "place.coarse", Severity::note,
      layer.table.has_geometry()
          ? "neither code nor position tells the unit of the finest level; the row counts from the one "
            "above it up"
          : "no code tells the unit of the finest level; the row counts from the one above it up",
      findings);
  if (context.hierarchy.size() > 1)
    add_finding(
        layer, marks, nowhere, "place.nowhere", Severity::warning,
        "neither code nor position tells the unit, or the code names none; the row counts only in the total",
        findings);
}

}  // namespace xiangtu::atlas
