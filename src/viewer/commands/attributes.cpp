#include "viewer/commands/attributes.hpp"

#include <algorithm>
#include <utility>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "indicators/row_filter.hpp"
#include "table/row_order.hpp"
#include "viewer/cell_text.hpp"
#include "viewer/commands/panels.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/row_work.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr const char* sorting = "sorting rows";
constexpr const char* filtering = "filtering rows";
constexpr std::size_t grain = 32'768;

// Areas that hold everything: a selection of them does not call for their table.
bool is_backdrop(const scene::MapLayer& layer) {
  return layer.role == table::Role::counties || layer.role == table::Role::townships;
}

void put_filter_on_map(AppState& state) {
  for (const auto& [id, kept] : state.attributes.tables)
    state.scene.filter(id, state.attributes.filter_map ? kept.marks : nullptr);
}

void take_marks(AppState& state, scene::LayerId layer, std::string text, scene::RowMarks marks) {
  LayerTable& kept = state.attributes.tables[layer];
  kept.filter = std::move(text);
  kept.marks = std::move(marks);
  put_filter_on_map(state);
}

}  // namespace

const scene::MapLayer* table_layer(const AppState& state) {
  const scene::MapLayer* layer = state.scene.find(state.attributes.layer);
  return layer && layer->role && state.region ? layer : nullptr;
}

LayerTable& layer_table(AppState& state) {
  return state.attributes.tables[state.attributes.layer];
}

void show_attributes(AppState& state, scene::LayerId layer) {
  const scene::MapLayer* found = state.scene.find(layer);
  if (!found || !found->role) return;
  AttributesState& attributes = state.attributes;
  state.view.attributes.shown = state.view.attributes.to_front = attributes.opened = true;
  if (attributes.layer != layer) {
    attributes.layer = layer;
    attributes.completion = {};
    attributes.anchor = attributes.cursor = RowIx::none();
    attributes.scroll_to_cursor = true;
  }
  update_attributes(state);
}

void toggle_attributes(AppState& state) {
  toggle_tab(state.view.attributes);
}

void sort_attributes(AppState& state, int column, bool ascending) {
  const scene::MapLayer* layer = table_layer(state);
  if (!layer) return;
  const auto table = layer->table;
  const bool known = column >= 0 && static_cast<std::size_t>(column) < table->columns.size();
  const RowSort wanted = known ? RowSort{column, ascending} : RowSort{};
  LayerTable& kept = layer_table(state);
  if (kept.wanted == wanted) return;
  kept.wanted = wanted;
  const auto take = [&state, id = layer->id, wanted, table](RowOrder order, bool cancelled) {
    const scene::MapLayer* still = state.scene.find(id);
    if (!still || still->table != table) return;
    LayerTable& of = state.attributes.tables[id];
    if (of.wanted != wanted) return;  // another order was asked for since
    if (cancelled) {
      of.wanted = of.sorted;
      return;
    }
    of.sorted = wanted;
    of.order = std::move(order);
    state.attributes.scroll_to_cursor = true;
  };
  if (!known) {
    state.jobs.cancel(sorting);
    return take(nullptr, false);
  }
  work_on_rows(
      state, sorting, table->size(),
      [table, wanted, workspace = state.region->workspace, role = *layer->role,
       language = state.catalogue.language()](Progress& progress) {
        return sorted_rows(*workspace, *table, role, wanted, language, progress);
      },
      take);
}

RowOrder sorted_rows(const workspace::Workspace& workspace, const table::FeatureTable& table,
                     table::Role role, RowSort by, Language language, const Progress& progress) {
  const table::Column& column = table.columns[static_cast<std::size_t>(by.column)];
  return std::make_shared<const std::vector<RowIx>>(table::sorted_rows(
      column, by.ascending, shown_texts(workspace.schema(), role, column, language), progress));
}

void show_column(AppState& state, const std::string& name, bool shown) {
  if (!table_layer(state)) return;
  if (shown)
    layer_table(state).hidden.erase(name);
  else
    layer_table(state).hidden.insert(name);
}

void filter_attributes(AppState& state) {
  const scene::MapLayer* layer = table_layer(state);
  if (!layer) return;
  LayerTable& kept = layer_table(state);
  const std::string text = kept.typed;
  const std::uint64_t request = ++state.attributes.request;
  kept.filter_issue.reset();
  state.attributes.completion = {};
  if (text.find_first_not_of(' ') == std::string::npos) {
    state.jobs.cancel(filtering);
    return take_marks(state, layer->id, "", nullptr);
  }
  auto filter =
      indicators::RowFilter::parse(text, *layer->table, state.region->workspace->schema(), *layer->role);
  if (!filter) {
    kept.filter_issue = filter.issue();
    return;
  }
  work_on_rows(
      state, filtering, layer->table->size(),
      [table = layer->table, filter = std::move(*filter)](Progress& progress) -> scene::RowMarks {
        return std::make_shared<const std::vector<std::uint8_t>>(filter.marks(*table, progress));
      },
      [&state, id = layer->id, table = layer->table, text, request](scene::RowMarks marks, bool cancelled) {
        const scene::MapLayer* still = state.scene.find(id);
        if (cancelled || !still || still->table != table || state.attributes.request != request) return;
        take_marks(state, id, text, std::move(marks));
      });
}

void filter_attributes(AppState& state, std::string text) {
  if (!table_layer(state)) return;
  layer_table(state).typed = std::move(text);
  filter_attributes(state);
}

void enter_filter(AppState& state) {
  const std::size_t cursor = state.attributes.completion.cursor;
  filter_attributes(state);
  state.attributes.completion.cursor_to = static_cast<int>(cursor);
  state.attributes.completion.waits = true;
}

std::string shown_rows_text(const AppState& state) {
  const scene::MapLayer* layer = table_layer(state);
  if (!layer) return {};
  const auto count = [](std::size_t rows) { return with_thousands(std::to_string(rows)); };
  const std::string shown = count(state.attributes.rows.size()), all = count(layer->table->size());
  const auto kept = state.attributes.tables.find(layer->id);
  const bool as_before =
      kept != state.attributes.tables.end() && kept->second.filter_issue && !kept->second.filter.empty();
  if (as_before)
    return Message("{0} of {1} rows, still by {2}", shown, all, kept->second.filter).in(state.catalogue);
  return Message("{0} of {1} rows", shown, all).in(state.catalogue);
}

void filter_map(AppState& state, bool filtered) {
  state.attributes.filter_map = filtered;
  put_filter_on_map(state);
}

void complete_filter(AppState& state, std::size_t cursor) {
  const scene::MapLayer* layer = table_layer(state);
  if (!layer) return;
  FilterCompletion& completion = state.attributes.completion;
  completion.open = true;
  completion.cursor = cursor;
  completion.chosen = -1;
  completion.found = indicators::complete_expression(layer_table(state).typed, cursor, *layer->table,
                                                     state.region->workspace->schema(), *layer->role,
                                                     state.catalogue.language());
}

std::string text_of_offer(const AppState& state, std::size_t offer) {
  const std::string& text = state.attributes.completion.found.offers[offer].text;
  return text.ends_with('(') ? text : text + ' ';
}

void take_completion(AppState& state, std::size_t offer) {
  FilterCompletion& completion = state.attributes.completion;
  if (!table_layer(state) || offer >= completion.found.offers.size()) return;
  const std::size_t begin = completion.found.begin, end = completion.found.end;
  const std::string text = text_of_offer(state, offer);
  std::string& typed = layer_table(state).typed;
  if (end > typed.size()) return;
  typed.replace(begin, end - begin, text);
  complete_filter(state, begin + text.size());
  completion.cursor_to = static_cast<int>(begin + text.size());
}

namespace {

// Which rows lie in the map's view.
std::vector<std::uint8_t> rows_in_view(AppState& state, const scene::MapLayer& layer) {
  LayerTable& kept = layer_table(state);
  const table::GeometryColumn& geometry = layer.table->geometry;
  const Progress progress;
  if (!kept.boxes) {
    std::vector<geodesy::LonLatBox> boxes(geometry.size());
    parallel_for(boxes.size(), grain, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) boxes[row] = geometry.box_of(row);
    });
    kept.boxes = std::make_shared<const std::vector<geodesy::LonLatBox>>(std::move(boxes));
  }
  const scene::WorldBox seen = state.camera.view();
  geodesy::LonLatBox view;
  view.add(scene::lonlat_of(seen.min));
  view.add(scene::lonlat_of(seen.max));
  std::vector<std::uint8_t> marks(layer.table->size(), 0);
  const auto& boxes = *kept.boxes;
  parallel_for(boxes.size(), grain, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) marks[row] = boxes[row].intersects(view);
  });
  return marks;
}

void mark_selected(AppState& state, const scene::MapLayer& layer) {
  std::vector<std::uint8_t>& marks = state.attributes.selected;
  marks.assign(layer.table->size(), 0);
  for (const scene::LayerRows& part : state.scene.selection())
    if (part.layer == layer.id)
      for (const RowIx row : part.rows) marks[row.value] = 1;
}

void collect_rows(AppState& state, const scene::MapLayer& layer, const LayerTable& kept) {
  AttributesState& attributes = state.attributes;
  std::vector<std::uint8_t> in_view;
  if (attributes.only_in_view) in_view = rows_in_view(state, layer);
  const auto shown = [&](std::size_t row) {
    return (!kept.marks || (*kept.marks)[row]) && (!attributes.only_selected || attributes.selected[row]) &&
           (!attributes.only_in_view || in_view[row]);
  };
  attributes.rows.clear();
  if (kept.order) {
    for (const RowIx row : *kept.order)
      if (shown(row.value)) attributes.rows.push_back(row);
    return;
  }
  for (std::size_t row = 0; row < layer.table->size(); ++row)
    if (shown(row)) attributes.rows.emplace_back(row);
}

// A selection that was made elsewhere: its first row in the table's order is where the keys move from.
void follow_selection(AppState& state) {
  AttributesState& attributes = state.attributes;
  const auto first =
      std::ranges::find_if(attributes.rows, [&](RowIx row) { return attributes.selected[row.value] != 0; });
  if (first == attributes.rows.end()) return;
  attributes.anchor = attributes.cursor = *first;
  attributes.scroll_to_cursor = true;
}

void turn_to_selected_layer(AppState& state) {
  const auto& selection = state.scene.selection();
  const auto has_rows = [&](scene::LayerId id) {
    return std::ranges::any_of(selection,
                               [&](const auto& part) { return part.layer == id && !part.rows.empty(); });
  };
  if (has_rows(state.attributes.layer)) return;
  const auto& layers = state.scene.layers();
  const auto topmost = std::find_if(layers.rbegin(), layers.rend(), [&](const scene::MapLayer& layer) {
    return layer.role && !is_backdrop(layer) && has_rows(layer.id);
  });
  if (topmost != layers.rend()) state.attributes.layer = topmost->id;
}

bool has_table(const scene::MapLayer& layer) {
  return layer.role.has_value();
}

// Before the user has chosen one: the layer whose style is edited, else villages, which most questions are
// about, else the topmost.
scene::LayerId first_layer(const AppState& state) {
  using table::Role;
  const scene::MapLayer* edited = layer_called(state, state.style_editor.layer);
  if (edited && has_table(*edited)) return edited->id;
  const auto& layers = state.scene.layers();
  for (const Role role : {Role::natural_villages, Role::villages, Role::admin_villages})
    for (const scene::MapLayer& layer : layers)
      if (layer.role == role) return layer.id;
  const auto topmost = std::find_if(layers.rbegin(), layers.rend(), has_table);
  return topmost == layers.rend() ? scene::LayerId::none() : topmost->id;
}

}  // namespace

void update_attributes(AppState& state) {
  AttributesState& attributes = state.attributes;
  const bool selected_elsewhere = attributes.selection_seen != state.scene.selection_revision();
  if (!table_layer(state) || !attributes.opened) attributes.layer = first_layer(state);
  attributes.opened = attributes.opened || state.view.attributes.shown;
  if (selected_elsewhere && state.view.attributes.shown) turn_to_selected_layer(state);
  const scene::MapLayer* layer = table_layer(state);
  if (!layer) {
    attributes.rows.clear();
    attributes.selected.clear();
    attributes.made_from = {};
    return;
  }
  if (!state.view.attributes.shown) return;
  const bool another = attributes.made_from.layer != layer->id;
  attributes.selection_seen = state.scene.selection_revision();
  if (selected_elsewhere || another) mark_selected(state, *layer);
  const LayerTable& kept = layer_table(state);
  AttributesState::Basis basis{layer->id, kept.order, kept.marks, std::nullopt, std::nullopt};
  if (attributes.only_selected) basis.selection = state.scene.selection_revision();
  if (attributes.only_in_view) basis.view = state.camera;
  if (basis != attributes.made_from) {
    collect_rows(state, *layer, kept);
    attributes.made_from = std::move(basis);
  }
  if (selected_elsewhere || another) follow_selection(state);
}

}  // namespace xiangtu::viewer
