#include "reach/villages.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "indicators/base_rows.hpp"
#include "table/cells.hpp"

namespace xiangtu::reach {

using table::Role;

Result<Villages> villages_within(const atlas::Atlas& atlas, const indicators::Parameters& parameters,
                                 std::string_view where) {
  const Result<UnitIx> root = atlas.hierarchy.asked(where);
  if (!root) return root.issue();
  Villages villages;
  villages.root = *root;
  const atlas::Selection selection = rows_of(atlas, indicators::Base::settlements, parameters);
  if (!selection.layer || !selection.layer->table.has_geometry())
    return Issue{IssueCode::input_no_role,
                 "there are no villages with positions in the sources; add a layer of villages"};
  villages.layer = selection.layer;
  for (const RowIx row : selection.rows) {
    const UnitIx unit = selection.layer->unit_of[row.value];
    if (!atlas.hierarchy.is_within(unit, villages.root)) continue;
    villages.rows.push_back(row);
    villages.units.push_back(unit);
  }
  return villages;
}

void note_unknown(const Villages& villages, std::initializer_list<const char*> fields,
                  std::vector<Finding>& findings) {
  const table::FeatureTable& table = villages.layer->table;
  for (const char* field : fields) {
    const std::span<const double> numbers = numbers_of(table, field);
    Finding unknown = atlas::finding_of(table, "village.without_" + std::string(field), Severity::note, field,
                                        Message("not known: the village counts as 0"));
    for (const RowIx row : villages.rows)
      if (numbers.empty() || std::isnan(numbers[row.value])) unknown.rows.push_back(table.row_ids[row.value]);
    atlas::keep(std::move(unknown), findings);
  }
}

bool has_townships(const atlas::Hierarchy& hierarchy) {
  return !hierarchy.at_level(atlas::Level::township).empty();
}

Status check_townships(const atlas::Hierarchy& hierarchy) {
  if (has_townships(hierarchy)) return {};
  return Issue{IssueCode::input_no_role,
               "there are no townships in the sources, so that nothing leads to their seats; add a layer of "
               "townships, or township codes to the villages"};
}

std::vector<Township> townships_of(const atlas::Hierarchy& hierarchy, const Villages& villages,
                                   std::span<const Seat> seats, const Footing& footing) {
  std::vector<Township> townships;
  std::vector<std::uint32_t> place_of(hierarchy.size(), UnitIx::none_value);
  for (const Seat& seat : seats) {
    place_of[seat.township.value] = static_cast<std::uint32_t>(townships.size());
    townships.push_back({seat.township, seat.position, footing.sure(seat.position), {}});
  }
  for (std::uint32_t village = 0; village < villages.size(); ++village)
    if (const UnitIx township = hierarchy.ancestor(villages.units[village], atlas::Level::township);
        township.exists() && place_of[township.value] != UnitIx::none_value)
      townships[place_of[township.value]].villages.push_back(village);
  std::erase_if(townships, [](const Township& township) { return township.villages.empty(); });
  return townships;
}

void need_villages(indicators::Needs& needs, bool with_seats) {
  for (const Role role : {Role::villages, Role::natural_villages, Role::admin_villages}) {
    needs.roles.insert(role);
    needs.located.insert(role);
  }
  needs.fields.insert("population");
  if (with_seats) needs.fields.insert({"seat", "urban_rural_class"});
}

}  // namespace xiangtu::reach
