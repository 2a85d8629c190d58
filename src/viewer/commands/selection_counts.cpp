// How many rows of what are selected, and what they add up to.
#include <algorithm>
#include <cmath>
#include <map>

#include "viewer/commands/selection.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using table::Role;

namespace {

// Fields whose sum over some rows means something.
std::vector<std::string> summed_fields(Role role, bool measured) {
  switch (role) {
    case Role::villages:
    case Role::natural_villages:
    case Role::admin_villages:
      return {"households", "population"};
    case Role::roads:
      return {measured ? std::string{measured_km} : "length_km"};
    case Role::water_projects:
      return {"households", "investment_yuan"};
    case Role::housing:
      return {"households"};
    case Role::projects:
      return {"budget_yuan"};
    default:
      return {};
  }
}

void add_to(SelectedCount::Sum& sum, double value) {
  if (std::isnan(value))
    ++sum.unknown;
  else
    sum.value += value;
}

double value_of(const table::FeatureTable& rows, const table::Column* column, const std::string& field,
                RowIx row) {
  if (field == measured_km) return rows.lengths_m[row.value] / 1000;
  return column && !column->is_text() ? column->numbers()[row.value] : std::nan("");
}

// Villages of several kinds in one layer live in each other: they are counted by kind.
void count_layer(const scene::MapLayer& layer, const std::vector<RowIx>& rows,
                 std::vector<SelectedCount>& counts) {
  const table::FeatureTable& table = *layer.table;
  const table::Column* kinds = layer.role == Role::villages ? table.find("kind") : nullptr;
  if (kinds && !kinds->is_text()) kinds = nullptr;
  const std::vector<std::string> fields =
      layer.role ? summed_fields(*layer.role, !table.lengths_m.empty()) : std::vector<std::string>{};
  std::vector<const table::Column*> columns;
  for (const std::string& field : fields) columns.push_back(table.find(field));
  std::map<std::uint32_t, SelectedCount> by_kind;
  for (const RowIx row : rows) {
    const std::uint32_t kind = kinds ? kinds->text().entries[row.value] : table::Dictionary::missing;
    SelectedCount& count = by_kind[kind];
    if (count.rows++ == 0) {
      count.layer = layer.id;
      if (kinds) count.kind = kinds->text().at(row.value);
      for (const std::string& field : fields) count.sums.push_back({field, 0, 0});
    }
    for (std::size_t i = 0; i < fields.size(); ++i)
      add_to(count.sums[i], value_of(table, columns[i], fields[i], row));
  }
  for (auto& [kind, count] : by_kind) {
    // A field that nobody has says nothing.
    std::erase_if(count.sums, [&](const SelectedCount::Sum& sum) { return sum.unknown == count.rows; });
    counts.push_back(std::move(count));
  }
}

}  // namespace

void count_selection(AppState& state) {
  SelectionState& selection = state.selection;
  if (selection.counted == state.scene.selection_revision()) return;
  selection.counted = state.scene.selection_revision();
  selection.counts.clear();
  for (const scene::LayerRows& part : state.scene.selection())
    if (const scene::MapLayer* layer = state.scene.find(part.layer))
      count_layer(*layer, part.rows, selection.counts);
}

}  // namespace xiangtu::viewer
