#include "atlas/atlas.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "atlas/placement.hpp"
#include "atlas/unit_codes.hpp"
#include "spatial/validity.hpp"

namespace xiangtu::atlas {

using table::Column;
using table::FeatureTable;

namespace {

constexpr std::uint32_t rows_between_checks = 1 << 12;

// Texts that numbers are shown as; they stay where they are.
using OwnTexts = std::deque<std::string>;

// The texts of a column that may not be there, codes also where they were read as numbers.
class Texts {
 public:
  Texts(const FeatureTable& table, std::string_view field, OwnTexts& own)
      : column_(table.find(field)), own_(own) {}
  std::string_view at(std::size_t row) const {
    if (!column_ || column_->missing(row)) return {};
    return column_->is_text() ? column_->text().at(row) : own_.emplace_back(column_->shown(row));
  }

 private:
  const Column* column_;
  OwnTexts& own_;
};

// A unit before its parent is known to exist. Its texts are those of the tables.
struct Draft {
  std::string_view code, name;
  std::string_view township_code, county_code;  // as fields or code prefixes tell; may be empty
  RowIx row;
  const FeatureTable* table = nullptr;
};

// Units of one level by code; of several with one code the first that came.
class Drafts {
 public:
  bool empty() const { return drafts_.empty(); }
  auto begin() { return drafts_.begin(); }
  auto end() { return drafts_.end(); }
  auto begin() const { return drafts_.begin(); }
  auto end() const { return drafts_.end(); }

  void reserve(std::size_t count) { drafts_.reserve(count); }
  void add(const Draft& draft) { drafts_.push_back(draft); }
  // To be called when all are added, before the others.
  void settle() {
    const auto before = [](const Draft& a, const Draft& b) { return a.code < b.code; };
    if (!std::is_sorted(drafts_.begin(), drafts_.end(), before))
      std::stable_sort(drafts_.begin(), drafts_.end(), before);
    const auto same = [](const Draft& a, const Draft& b) { return a.code == b.code; };
    drafts_.erase(std::unique(drafts_.begin(), drafts_.end(), same), drafts_.end());
  }
  bool contains(std::string_view code) const {
    const auto found =
        std::lower_bound(drafts_.begin(), drafts_.end(), code,
                         [](const Draft& draft, std::string_view c) { return draft.code < c; });
    return found != drafts_.end() && found->code == code;
  }

 private:
  std::vector<Draft> drafts_;
};

void draft_units(const Layer& layer, Level level, const std::vector<RowIx>& rows, Drafts& drafts,
                 OwnTexts& own, const Progress& progress) {
  const FeatureTable& table = layer.table;
  const Texts codes(table, "code", own), names(table, "name", own), townships(table, "township_code", own),
      counties(table, "county_code", own);
  drafts.reserve(rows.size());
  for (const RowIx row : rows) {
    if (row.value % rows_between_checks == 0 && progress.stop_requested()) return;
    const std::string_view code = division_code::without_filling(codes.at(row.value), level);
    if (code.empty()) continue;
    Draft draft{code, names.at(row.value), townships.at(row.value), counties.at(row.value), row, &table};
    if (division_code::is_standard(code)) {
      if (level == Level::village && draft.township_code.empty())
        draft.township_code = division_code::prefix(code, Level::township);
      if (level != Level::county && draft.county_code.empty())
        draft.county_code = division_code::prefix(code, Level::county);
    }
    draft.township_code = division_code::without_filling(draft.township_code, Level::township);
    draft.county_code = division_code::without_filling(draft.county_code, Level::county);
    drafts.add(draft);
  }
  drafts.settle();
}

std::vector<RowIx> all_rows(const Layer& layer) {
  std::vector<RowIx> rows(layer.table.size());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = RowIx{row};
  return rows;
}

bool has_position(const Draft& draft) {
  return draft.table && draft.table->has_geometry() && !draft.table->geometry.empty_at(draft.row.value);
}

bool has_boundaries(const Layer* layer) {
  return layer && layer->table.geometry.kind() == table::GeometryKind::polygon;
}

// The units of a layer's polygons, by their codes.
UnitZones::Boundaries boundaries_of(const Layer& layer, Level level, const Hierarchy& hierarchy) {
  const UnitCodes codes(layer, hierarchy);
  UnitZones::Boundaries boundaries{&layer.table.geometry, level, {}};
  boundaries.unit_of.reserve(layer.table.size());
  for (std::size_t row = 0; row < layer.table.size(); ++row) boundaries.unit_of.push_back(codes.unit(row));
  return boundaries;
}

UnitZones zones_of(const Atlas& atlas, const Progress& progress) {
  std::vector<UnitZones::Boundaries> finest_first;
  for (const auto& [layer, level] : {std::pair{atlas.admin_villages().layer, Level::village},
                                     {atlas.layer(Role::townships), Level::township},
                                     {atlas.layer(Role::counties), Level::county}})
    if (has_boundaries(layer)) finest_first.push_back(boundaries_of(*layer, level, atlas.hierarchy));
  return UnitZones(finest_first, atlas.hierarchy, progress);
}

class HierarchyBuilder {
 public:
  HierarchyBuilder(const Atlas& atlas, Hierarchy& hierarchy, std::vector<Finding>& findings,
                   const Progress& progress)
      : atlas_(atlas), hierarchy_(hierarchy), findings_(findings), progress_(progress) {}

  void build() {
    if (const Layer* layer = atlas_.layer(Role::counties))
      draft_units(*layer, Level::county, all_rows(*layer), counties_, own_texts_, progress_);
    if (const Layer* layer = atlas_.layer(Role::townships))
      draft_units(*layer, Level::township, all_rows(*layer), townships_, own_texts_, progress_);
    for (const Selection& selection : {atlas_.admin_villages(), atlas_.communities()})
      if (selection.layer)
        draft_units(*selection.layer, Level::village, selection.rows, villages_, own_texts_, progress_);
    draft_villages_of_codes();
    name_parents(Role::townships, villages_, &Draft::township_code, townships_);
    for (Draft& draft : townships_)
      if (draft.county_code.empty() && division_code::is_standard(draft.code))
        draft.county_code = division_code::prefix(draft.code, Level::county);
    name_parents(Role::counties, townships_, &Draft::county_code, counties_);
    name_parents(Role::counties, villages_, &Draft::county_code, counties_);

    if (progress_.stop_requested()) return;
    for (const Draft& draft : counties_) add(Level::county, draft, Hierarchy::total());
    add_townships();
    if (progress_.stop_requested()) return;
    for (const Draft& draft : villages_) {
      if (draft.row.value % rows_between_checks == 0 && progress_.stop_requested()) return;
      add(Level::village, draft, parent_of_village(draft));
    }
  }

 private:
  // A parent that is only named by a code becomes a unit without a name; where a layer holds the units
  // of its level, such a code is a slip: the child is placed by its position, or higher up.
  void name_parents(Role role, const Drafts& children, std::string_view Draft::*parent_code,
                    Drafts& parents) {
    const bool has_layer = atlas_.layer(role) != nullptr;
    Finding finding{
        "place.unknown_parent",
        Severity::warning,
        "",
        "",
        "",
        Message("the code of the unit above names none of the layer {0}; the row is placed by its "
                "position, else higher up",
                table::role_name(role)),
        {}};
    Drafts named;
    std::string_view last;  // children of one parent mostly come together
    for (const Draft& draft : children) {
      const std::string_view parent = draft.*parent_code;
      if (parent.empty() || parent == last) continue;
      if (parents.contains(parent)) {
        last = parent;
        continue;
      }
      if (!has_layer)
        named.add({parent, "", "", draft.county_code, RowIx::none(), nullptr});
      else if (draft.table)
        finding.source = draft.table->source.path, finding.layer = draft.table->source.layer,
        finding.rows.push_back(draft.table->row_ids[draft.row.value]);
    }
    for (const Draft& draft : named) parents.add(draft);
    parents.settle();
    std::sort(finding.rows.begin(), finding.rows.end());
    if (!finding.rows.empty()) findings_.push_back(std::move(finding));
  }

  // Without a layer of administrative villages the natural villages' codes tell which there are.
  void draft_villages_of_codes() {
    if (!villages_.empty()) return;
    const Selection natural = atlas_.natural_villages();
    if (!natural.layer) return;
    const FeatureTable& table = natural.layer->table;
    const Texts codes(table, "code", own_texts_), villages(table, "admin_village_code", own_texts_),
        townships(table, "township_code", own_texts_), counties(table, "county_code", own_texts_);
    std::string_view last;  // natural villages of one village mostly come together
    for (const RowIx row : natural.rows) {
      std::string_view code = villages.at(row.value);
      if (const std::string_view own = codes.at(row.value);
          code.empty() && own.size() == 15 && division_code::is_standard(own))
        code = division_code::prefix(own, Level::village);
      if (code.empty() || code == last) continue;
      last = code;
      Draft draft{code, "", townships.at(row.value), counties.at(row.value), RowIx::none(), nullptr};
      if (division_code::is_standard(code)) {
        if (draft.township_code.empty()) draft.township_code = division_code::prefix(code, Level::township);
        if (draft.county_code.empty()) draft.county_code = division_code::prefix(code, Level::county);
      }
      villages_.add(draft);
    }
    villages_.settle();
  }

  void add_townships() {
    std::optional<Finding> apart;
    for (const Draft& draft : townships_) {
      if (progress_.stop_requested()) return;
      const UnitIx county = county_of(draft);
      add(Level::township, draft, county);
      if (county != Hierarchy::total() || counties_.empty() || !draft.table) continue;
      if (!apart)
        apart = finding_of(
            *draft.table, "unit.no_county", Severity::warning, "county_code",
            Message("neither code nor position tells the county of this unit: what lies in it counts "
                    "in no county, only in the total"));
      apart->rows.push_back(draft.table->row_ids[draft.row.value]);
    }
    if (apart) keep(std::move(*apart), findings_);
  }

  void add(Level level, const Draft& draft, UnitIx parent) {
    const bool is_boundary =
        has_position(draft) && draft.table->geometry.kind() == table::GeometryKind::polygon;
    hierarchy_.add({level, std::string{draft.code}, std::string{draft.name}, parent,
                    is_boundary ? draft.row : RowIx::none()});
  }

  // The unit whose boundary in that layer, all of which is in the hierarchy already, contains the draft.
  UnitIx located(Role role, Level level, const Draft& draft) {
    const Layer* layer = atlas_.layer(role);
    if (!has_boundaries(layer)) return UnitIx::none();
    auto [zones, is_new] = zones_.try_emplace(role);
    if (is_new) {
      const UnitZones::Boundaries boundaries = boundaries_of(*layer, level, hierarchy_);
      zones->second = UnitZones({&boundaries, 1}, hierarchy_, progress_);
    }
    return zones->second.locate(draft.table->geometry.representative(draft.row.value));
  }

  UnitIx county_of(const Draft& draft) {
    if (const UnitIx county = hierarchy_.find(Level::county, draft.county_code); county.exists())
      return county;
    if (has_position(draft))
      if (const UnitIx county = located(Role::counties, Level::county, draft); county.exists()) return county;
    return Hierarchy::total();
  }

  UnitIx parent_of_village(const Draft& draft) {
    if (const UnitIx unit = hierarchy_.find(Level::township, draft.township_code); unit.exists()) return unit;
    if (has_position(draft))
      if (const UnitIx unit = located(Role::townships, Level::township, draft); unit.exists()) return unit;
    return county_of(draft);
  }

  const Atlas& atlas_;
  Hierarchy& hierarchy_;
  std::vector<Finding>& findings_;
  const Progress& progress_;
  OwnTexts own_texts_;
  Drafts counties_, townships_, villages_;
  std::map<Role, UnitZones> zones_;  // made when a parent must be found by position
};

enum class VillageKind { natural, administrative, community, unsaid };

VillageKind kind_of(const Layer& layer, std::size_t row, const Column* kind, const Column* code) {
  if (layer.role == Role::natural_villages) return VillageKind::natural;
  const std::string_view said = kind && kind->is_text() ? kind->text().at(row) : std::string_view{};
  if (said == "natural" && layer.role == Role::villages) return VillageKind::natural;
  if (said == "community") return VillageKind::community;
  if (said == "administrative") return VillageKind::administrative;
  const std::string_view digits = code && code->is_text() ? code->text().at(row) : std::string_view{};
  if (digits.size() == 12 && division_code::is_residents_committee(digits)) return VillageKind::community;
  if (digits.size() == 12 && division_code::is_village_committee(digits)) return VillageKind::administrative;
  return layer.role == Role::admin_villages ? VillageKind::administrative : VillageKind::unsaid;
}

bool counted(const Layer& layer, std::size_t row) {
  return layer.repeats.empty() || !layer.repeats[row];
}

// Rows with the key of an earlier one. The 12-digit code of an administrative village is a key by itself;
// elsewhere a code may stand for several things, and only the same code with the same name is a repeat.
std::vector<std::uint8_t> repeats_of(const Layer& layer) {
  using enum Role;
  if (layer.role == roads || layer.role == sanitation || layer.role == housing || layer.role == projects)
    return {};
  const Column *code = layer.table.find("code"), *name = layer.table.find("name");
  if (!code || !code->is_text()) return {};
  const bool key_alone = layer.role == counties || layer.role == townships || layer.role == admin_villages;
  const table::TextColumn& codes = code->text();
  std::vector<std::uint32_t> uses(codes.dictionary.size(), 0);
  for (const std::uint32_t entry : codes.entries)
    if (entry != table::Dictionary::missing) ++uses[entry];
  std::set<std::pair<std::uint32_t, std::string>> seen;
  std::vector<std::uint8_t> repeats(layer.table.size(), 0);
  bool any = false;
  for (std::size_t row = 0; row < repeats.size(); ++row) {
    if (!codes.has(row) || uses[codes.entries[row]] == 1) continue;
    std::string called = key_alone || !name ? std::string{} : name->shown(row);
    if (seen.emplace(codes.entries[row], std::move(called)).second) continue;
    repeats[row] = 1;
    any = true;
  }
  return any ? repeats : std::vector<std::uint8_t>{};
}

Selection all_counted(const Layer* layer) {
  Selection selection{layer, {}};
  if (!layer) return selection;
  selection.rows = all_rows(*layer);
  if (!layer->repeats.empty())
    std::erase_if(selection.rows, [&](RowIx row) { return !counted(*layer, row.value); });
  return selection;
}

Selection select(const Layer* layer, bool (*wanted)(VillageKind)) {
  Selection selection{layer, {}};
  if (!layer) return selection;
  const Column* kind = layer->table.find("kind");
  const Column* code = layer->table.find("code");
  for (std::size_t row = 0; row < layer->table.size(); ++row)
    if (counted(*layer, row) && wanted(kind_of(*layer, row, kind, code))) selection.rows.emplace_back(row);
  return selection;
}

}  // namespace

const Layer* Atlas::layer(Role role) const {
  const auto found =
      std::find_if(layers.begin(), layers.end(), [&](const Layer& layer) { return layer.role == role; });
  return found == layers.end() ? nullptr : &*found;
}

Selection Atlas::rows_of(Role role) const {
  return all_counted(layer(role));
}

Selection Atlas::rows_that_are(UnitIx unit) const {
  const Level level = hierarchy[unit].level;
  for (const Layer& candidate : layers) {
    const bool carries = (candidate.role == Role::counties && level == Level::county) ||
                         (candidate.role == Role::townships && level == Level::township) ||
                         ((candidate.role == Role::admin_villages || candidate.role == Role::villages) &&
                          level == Level::village);
    if (!carries || candidate.unit_of.empty()) continue;
    Selection selection{&candidate, {}};
    for (std::size_t row = 0; row < candidate.unit_of.size(); ++row)
      if (candidate.unit_of[row] == unit) selection.rows.emplace_back(row);
    if (!selection.rows.empty()) return selection;
  }
  return {};
}

Selection Atlas::natural_villages() const {
  if (const Layer* natural = layer(Role::natural_villages)) return all_counted(natural);
  const bool kinds_said = layer(Role::villages) && layer(Role::villages)->table.find("kind");
  Selection selection = select(layer(Role::villages), [](VillageKind kind) {
    return kind == VillageKind::natural || kind == VillageKind::unsaid;
  });
  // A layer without kinds counts as both, whatever its codes say.
  if (selection.layer && !kinds_said) selection = rows_of(Role::villages);
  if (selection.rows.empty()) selection.layer = nullptr;
  return selection;
}

Selection Atlas::admin_villages() const {
  const Layer* admin = layer(Role::admin_villages) ? layer(Role::admin_villages) : layer(Role::villages);
  Selection selection = select(admin, [](VillageKind kind) {
    return kind == VillageKind::administrative || kind == VillageKind::unsaid;
  });
  if (selection.rows.empty() && admin && admin->role == Role::villages) selection.layer = nullptr;
  return selection;
}

Selection Atlas::communities() const {
  const Layer* admin = layer(Role::admin_villages) ? layer(Role::admin_villages) : layer(Role::villages);
  return select(admin, [](VillageKind kind) { return kind == VillageKind::community; });
}

namespace {

// Boundaries whose rings cross are used as they are, and said.
Status note_invalid(const Layer& layer, std::vector<Finding>& findings, const Progress& progress) {
  using enum Role;
  const bool bounds = layer.role == counties || layer.role == townships || layer.role == admin_villages;
  if (!bounds || layer.table.geometry.kind() != table::GeometryKind::polygon) return {};
  const auto found = spatial::invalid_polygons(layer.table.geometry, progress);
  if (!found) return found.issue();
  std::map<std::string, Finding> by_cause;
  for (const spatial::Invalidity& invalid : *found) {
    Finding& finding = by_cause[invalid.cause];
    finding.rows.push_back(layer.table.row_ids[invalid.row.value]);
  }
  for (auto& [cause, finding] : by_cause)
    findings.push_back({"geometry.invalid", Severity::warning, layer.table.source.path,
                        layer.table.source.layer, "",
                        Message("the boundary is not valid ({0}); what lies in it is found by the even-odd "
                                "rule: mend it in a GIS",
                                cause),
                        std::move(finding.rows)});
  return {};
}

}  // namespace

Result<Atlas> assemble(std::vector<Layer> layers, std::vector<Finding> findings, Progress& progress) {
  Atlas atlas;
  atlas.layers = std::move(layers);
  atlas.findings = std::move(findings);
  progress.begin("placing features", 0);
  for (Layer& layer : atlas.layers) {
    layer.repeats = repeats_of(layer);
    if (const Status judged = note_invalid(layer, atlas.findings, progress); !judged) return judged.issue();
  }
  if (progress.stop_requested()) return cancelled_issue();
  HierarchyBuilder builder(atlas, atlas.hierarchy, atlas.findings, progress);
  builder.build();
  if (progress.stop_requested()) return cancelled_issue();
  atlas.zones = zones_of(atlas, progress);
  for (Layer& layer : atlas.layers) {
    if (layer.role != Role::roads) place_rows(layer, atlas.hierarchy, atlas.zones, atlas.findings, progress);
    if (progress.stop_requested()) return cancelled_issue();
  }
  return atlas;
}

bool placed_by_codes(const Atlas& atlas, Level level) {
  const std::span<const Unit> units = atlas.hierarchy.units();
  const auto has_parent = [&](const Unit& unit) {
    const int above = static_cast<int>(unit.level) - 1;
    return above <= 0 || static_cast<int>(units[unit.parent.value].level) == above;
  };
  if (!std::all_of(units.begin() + 1, units.end(), has_parent)) return false;
  const auto deep_enough = [&](UnitIx unit) { return atlas.hierarchy[unit].level >= level; };
  return std::all_of(atlas.layers.begin(), atlas.layers.end(), [&](const Layer& layer) {
    const bool unit_layer = layer.role == Role::counties || layer.role == Role::townships;
    return unit_layer || std::all_of(layer.unit_of.begin(), layer.unit_of.end(), deep_enough);
  });
}

}  // namespace xiangtu::atlas
