#include "viewer/commands/export_map.hpp"

#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "print/print_map.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/sessions.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

// What of a layer on the map its document does not say.
struct ShownLayer {
  std::optional<table::Role> role;
  std::shared_ptr<const scene::Choropleth> choropleth;
  scene::RowMarks filter;
  std::vector<RowIx> selected;
};

// The map of a moment, apart from the window's state, so that it is printed on any thread.
struct MapOfNow {
  print::SheetPlan plan;
  std::shared_ptr<const Region> region;
  scene::SavedMap map;
  scene::MapStyles styles;
  scene::Theme theme;
  Catalogue texts;
  std::vector<ShownLayer> layers;
  bool at_every_zoom = false;

  print::MapSetup setup() const { return {*region->workspace, map.document, styles, theme, texts}; }
};

ShownLayer shown(const AppState& state, const scene::MapLayer& layer) {
  ShownLayer shown{layer.role, layer.look.choropleth, layer.filter, {}};
  for (const scene::LayerRows& part : state.scene.selection())
    if (part.layer == layer.id) shown.selected = part.rows;
  return shown;
}

MapOfNow map_of_now(const AppState& state, print::SheetPlan plan) {
  MapOfNow now{std::move(plan), state.region, map_of(state), state.styles, state.view.theme(),
               state.catalogue, {},           false};
  for (const scene::MapLayer& layer : state.scene.layers()) {
    now.layers.push_back(shown(state, layer));
    now.at_every_zoom = now.at_every_zoom || layer.at_every_zoom;
  }
  return now;
}

// Colours, filters and selection as on the window's map.
void dress(const MapOfNow& now, scene::Scene& printed) {
  std::vector<scene::LayerRows> selection;
  for (const ShownLayer& shown : now.layers)
    for (const scene::MapLayer& layer : printed.layers()) {
      if (layer.role != shown.role) continue;
      printed.look(layer.id)->choropleth = shown.choropleth;
      if (shown.filter) printed.filter(layer.id, shown.filter);
      if (!shown.selected.empty()) selection.push_back({layer.id, shown.selected});
    }
  printed.select(std::move(selection));
}

Result<std::vector<Message>> print_now(const MapOfNow& now, Progress& progress) {
  progress.begin("Drawing", 0);
  const print::MapSetup setup = now.setup();
  print::ReadyMap map{print::scene_of(setup, now.region->stats.atlas, now.at_every_zoom),
                      print::sheet_of(now.plan, setup),
                      {}};
  const workspace::Workspace& sources = *now.region->workspace;
  dress(now, *map.scene);
  if (now.plan.options.title.empty())
    map.sheet.texts.title = print::default_title(*map.scene, sources, now.texts);
  if (progress.stop_requested()) return cancelled_issue();
  auto backgrounds = print::add_backgrounds(now.map.document, {}, *map.scene, progress);
  if (!backgrounds) return backgrounds.issue();
  map.backgrounds = std::move(*backgrounds);
  map.sheet.texts.source = print::source_line(now.plan, setup);
  const auto all = now.map.extent ? now.map.extent : sources.extent(sources.drawn_roles());
  print::show(all.value_or(map.scene->box()), now.plan.size, map.sheet);
  return print::print(map, now.plan, render::text::FontCatalogue{}, progress);
}

// Memory that is not enough is a matter of the size that the user chose.
Result<std::vector<Message>> print_or_say(const MapOfNow& now, Progress& progress) {
  try {
    return print_now(now, progress);
  } catch (const std::bad_alloc&) {
    return Issue{IssueCode::output_unwritable,
                 "{0}: the memory is not enough for a map of this size; choose a smaller one",
                 now.plan.options.output};
  }
}

void tell(AppState& state, const std::string& path, const Result<std::vector<Message>>& printed) {
  const auto remark = [&](const Message& message, bool is_error) {
    state.notices.push_back({message.in(state.catalogue), is_error});
  };
  if (!printed && printed.issue().code == IssueCode::cancelled)
    return remark(Message("{0} was not written: it was cancelled", path), false);
  if (!printed) return report(state, printed.issue());
  for (const Message& message : *printed) remark(message, true);
  remark(Message("written: {0}", path), false);
}

print::SheetOptions options_for(const AppState& state, const std::string& path) {
  print::SheetOptions options = state.exporting.sheet;
  options.output = path;
  return options;
}

}  // namespace

Status check_export(const AppState& state) {
  const auto plan = print::plan(options_for(state, "map.png"));
  return plan ? Status{} : Status{plan.issue()};
}

Status export_map(AppState& state, const std::string& path) {
  if (!state.region) return {};
  auto plan = print::plan(options_for(state, path));
  if (!plan) return plan.issue();
  if (const Status apart = print::check_apart(*plan, *state.region->workspace, state.document.now); !apart)
    return apart;
  state.jobs.start(exporting, [&state, path, now = map_of_now(state, std::move(*plan))](Progress& progress) {
    auto printed = print_or_say(now, progress);
    state.mailbox.post([&state, path, printed = std::move(printed)] { tell(state, path, printed); });
  });
  return {};
}

}  // namespace xiangtu::viewer
