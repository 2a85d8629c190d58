#include "viewer/commands/kept_tables.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "indicators/row_filter.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/row_work.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr const char* again = "sorting and filtering rows again";

std::vector<std::string> names_of(const table::FeatureTable& table) {
  std::vector<std::string> names;
  for (const table::Column& column : table.columns) names.push_back(column.name);
  return names;
}

const scene::MapLayer* layer_with(const AppState& state, table::Role role) {
  const auto& layers = state.scene.layers();
  const auto found = std::ranges::find_if(layers, [&](const auto& layer) { return layer.role == role; });
  return found == layers.end() ? nullptr : &*found;
}

// The order by the column of that name; as in the source where it is gone.
RowSort sort_in(const KeptTable& kept, const table::FeatureTable& table) {
  const RowSort old = kept.table.wanted;
  if (old.column < 0) return {};
  const table::Column* column = table.find(kept.columns[static_cast<std::size_t>(old.column)]);
  return column ? RowSort{static_cast<int>(column - table.columns.data()), old.ascending} : RowSort{};
}

// A layer whose rows are to be sorted or filtered.
struct Task {
  scene::LayerId layer;
  table::Role role;
  std::shared_ptr<const table::FeatureTable> table;
  RowSort sort;
  std::optional<indicators::RowFilter> filter;
};
struct Done {
  RowOrder order;
  scene::RowMarks marks;
};

std::optional<indicators::RowFilter> filter_in(AppState& state, const KeptTable& kept,
                                               const scene::MapLayer& layer, LayerTable& now) {
  const std::string& text = kept.table.filter;
  if (text.empty()) return std::nullopt;
  auto filter =
      indicators::RowFilter::parse(text, *layer.table, state.region->workspace->schema(), kept.role);
  if (filter) return std::move(*filter);
  if (now.typed == text) now.filter_issue = filter.issue();
  report(state,
         {filter.issue().code, Message("{0}: the filter {1} can no longer be used ({2})", layer.name, text,
                                       filter.issue().message.in(state.catalogue))},
         NoticeAbout::region);
  return std::nullopt;
}

Task keep(AppState& state, const KeptTable& kept, const scene::MapLayer& layer) {
  LayerTable& now = state.attributes.tables[layer.id];
  now.typed = kept.table.typed;
  now.filter_issue = kept.table.filter_issue;
  now.hidden = kept.table.hidden;
  if (names_of(*layer.table) == kept.columns) now.widget = kept.table.widget;
  now.wanted = sort_in(kept, *layer.table);
  if (kept.is_looked_at) state.attributes.layer = layer.id;
  return {layer.id, kept.role, layer.table, now.wanted, filter_in(state, kept, layer, now)};
}

void take(AppState& state, const Task& task, Done done, bool cancelled) {
  const scene::MapLayer* still = state.scene.find(task.layer);
  if (!still || still->table != task.table) return;
  LayerTable& now = state.attributes.tables[task.layer];
  const bool still_wanted = now.wanted == task.sort;  // no other order was asked for since
  if (cancelled) {
    if (still_wanted) now.wanted = now.sorted;
    return;
  }
  if (still_wanted) {
    now.sorted = task.sort;
    now.order = std::move(done.order);
  }
  if (!task.filter || !now.filter.empty()) return;
  now.filter = task.filter->text();
  now.marks = std::move(done.marks);
}

}  // namespace

std::vector<SavedTable> saved_tables(const AppState& state) {
  std::vector<SavedTable> tables;
  for (const auto& [id, table] : state.attributes.tables) {
    const scene::MapLayer* layer = state.scene.find(id);
    if (!layer || !layer->role) continue;
    SavedTable saved{*layer->role, table.filter, {}, true, table.hidden};
    if (table.wanted.column >= 0) {
      saved.sorted_by = layer->table->columns[static_cast<std::size_t>(table.wanted.column)].name;
      saved.ascending = table.wanted.ascending;
    }
    if (saved != SavedTable{*layer->role, {}, {}, true, {}}) tables.push_back(std::move(saved));
  }
  return tables;
}

std::vector<KeptTable> restored_tables(AppState& state, const std::vector<std::string>& sources) {
  const std::optional<Session>& session = state.session.restoring;
  if (!session || session->opened.sources != sources) return {};
  state.attributes.filter_map = session->filter_map;
  std::vector<KeptTable> tables;
  for (const SavedTable& saved : session->tables) {
    LayerTable table;
    table.typed = table.filter = saved.filter;
    table.hidden = saved.hidden;
    if (!saved.sorted_by.empty()) table.wanted = {0, saved.ascending};  // the one column that is known
    tables.push_back({saved.role, {saved.sorted_by}, std::move(table), false});
  }
  return tables;
}

std::vector<KeptTable> kept_tables(const AppState& state) {
  std::vector<KeptTable> tables;
  for (const auto& [id, table] : state.attributes.tables) {
    const scene::MapLayer* layer = state.scene.find(id);
    if (!layer || !layer->role) continue;
    tables.push_back({*layer->role, names_of(*layer->table), table, state.attributes.layer == id});
    if (!table.widget.exists()) tables.back().table.widget = id;
  }
  return tables;
}

void keep_tables(AppState& state, const std::vector<KeptTable>& tables) {
  auto tasks = std::make_shared<std::vector<Task>>();
  std::size_t rows = 0;
  for (const KeptTable& kept : tables) {
    const scene::MapLayer* layer = layer_with(state, kept.role);
    if (!layer) continue;
    Task task = keep(state, kept, *layer);
    if (task.sort == RowSort{} && !task.filter) continue;
    rows += layer->table->size();
    tasks->push_back(std::move(task));
  }
  if (tasks->empty()) return;
  // One piece of work for all layers: those of the same title replace each other.
  work_on_rows(
      state, again, rows,
      [tasks, workspace = state.region->workspace,
       language = state.catalogue.language()](const Progress& progress) {
        std::vector<Done> done;
        for (const Task& task : *tasks) {
          Done& of = done.emplace_back();
          if (task.sort.column >= 0)
            of.order = sorted_rows(*workspace, *task.table, task.role, task.sort, language, progress);
          if (task.filter)
            of.marks =
                std::make_shared<const std::vector<std::uint8_t>>(task.filter->marks(*task.table, progress));
        }
        return done;
      },
      [&state, tasks](std::vector<Done> done, bool cancelled) {
        for (std::size_t i = 0; i < tasks->size(); ++i)
          take(state, (*tasks)[i], std::move(done[i]), cancelled);
        filter_map(state, state.attributes.filter_map);
      });
}

}  // namespace xiangtu::viewer
