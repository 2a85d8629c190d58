#include "viewer/commands/regions.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "io/connection_text.hpp"
#include "render/scene/atlas_scene.hpp"
#include "viewer/commands/bookmarks.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/export_map.hpp"
#include "viewer/commands/kept_tables.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/search.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/commands/tools.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;
namespace scene = render::scene;
using atlas::Hierarchy;

namespace {

constexpr std::size_t most_recent = 10;
constexpr const char* computing_title = "computing indicators";
constexpr const char* default_indicator = "natural_village_hardened_rate";

// The default one, or the first that has a value in some unit that can be coloured.
std::size_t first_with_figures(const AppState& state) {
  const indicators::CoverageTable& table = state.region->stats.table;
  const auto has_values = [&](std::size_t k) {
    for (std::size_t row = 1; row < table.units.size(); ++row)
      if (table.figure(row, k).value) return true;
    return false;
  };
  for (std::size_t k = 0; k < table.indicators.size(); ++k)
    if (table.indicators[k].id == default_indicator && has_values(k)) return k;
  for (std::size_t k = 0; k < table.indicators.size(); ++k)
    if (has_values(k)) return k;
  return 0;
}

// What lies under the map stays there; only a setup that comes in place of another region's has its own
// instead.
scene::MapDocument with_backgrounds(const AppState& state, scene::MapDocument document) {
  if (state.region && !document.backgrounds.empty()) return document;
  for (const scene::BackgroundChoice& choice : state.document.now.backgrounds) {
    const auto same = [&](const auto& other) { return other.source == choice.source; };
    if (std::none_of(document.backgrounds.begin(), document.backgrounds.end(), same))
      document.backgrounds.push_back(choice);
  }
  return document;
}

// Something is open, and all of it is among these sources.
bool stays_open(const AppState& state, const std::vector<std::string>& sources) {
  return state.region && std::ranges::all_of(state.region->opened.sources, [&](const std::string& source) {
           return std::ranges::find(sources, source) != sources.end();
         });
}

// The setup for a region that is going to be shown: that of the session or workspace file it belongs to, else
// the one there is, as long as all that is open stays.
scene::MapDocument setup_for(const AppState& state, const std::vector<std::string>& sources,
                             const std::optional<scene::SavedMap>& map) {
  if (state.session.restoring && state.session.restoring->opened.sources == sources)
    return with_backgrounds(state, state.session.restoring->map.document);
  if (stays_open(state, sources)) return state.document.now;
  scene::MapDocument fresh = map ? map->document : scene::MapDocument{};
  if (!map) fresh.graticule = state.document.now.graticule;
  if (fresh.indicator.empty()) fresh.indicator = state.document.now.indicator;
  return with_backgrounds(state, std::move(fresh));
}

// What is seen of a region from afar, in place of nothing.
void show_outline(AppState& state, std::uint64_t request, const LoadRequest& wanted,
                  const std::vector<scene::PreparedLayer>& layers) {
  if (state.opening != request || state.region) return;
  const auto is_empty = [](const scene::PreparedLayer& layer) { return layer.box.empty(); };
  if (std::all_of(layers.begin(), layers.end(), is_empty)) return;  // nothing shows from afar
  const bool first = state.outlined != request;
  state.outlined = request;
  state.scene.clear();
  state.scene.set_styles(wanted.styles);
  for (const scene::PreparedLayer& layer : layers) state.scene.add({}, layer);
  scene::apply(setup_for(state, wanted.options.sources, std::nullopt), state.styles, state.view.theme(),
               state.scene);
  if (first) show_first_view(state);
}

void remember(AppState& state) {
  workspace::OpenOptions opened = state.region->opened;
  for (std::string& source : opened.sources) source = lasting(source);
  if (opened.mapping_file) opened.mapping_file = lasting(*opened.mapping_file);
  for (std::string& file : opened.definition_files) file = lasting(file);
  std::erase(state.recent, opened);
  state.recent.insert(state.recent.begin(), std::move(opened));
  if (state.recent.size() > most_recent) state.recent.resize(most_recent);
}

}  // namespace

void report(AppState& state, const Issue& issue, NoticeAbout about) {
  if (issue.code == IssueCode::cancelled) return;
  Notice notice{issue.message.in(state.catalogue), true};
  notice.about = about;
  state.notices.push_back(std::move(notice));
}

void open(AppState& state, workspace::OpenOptions options) {
  if (options.sources.empty()) return;
  std::optional<Session>& restoring = state.session.restoring;
  if (restoring && restoring->opened.sources != options.sources) restoring.reset();
  // Another source was asked for: what is loading is no longer wanted. A map that is being written is that of
  // its moment.
  state.jobs.cancel_all_but(exporting);
  const std::uint64_t request = ++state.opening;
  const scene::MapDocument setup = setup_for(state, options.sources, std::nullopt);
  const LoadRequest wanted{options, state.statistics.typed,
                           scene::sheet_of(setup, state.styles, state.view.theme()), state.camera};
  const auto outlines = [&state, request, wanted](std::vector<scene::PreparedLayer> layers) {
    state.mailbox.post([&state, request, wanted, layers = std::move(layers)] {
      show_outline(state, request, wanted, layers);
    });
  };
  state.jobs.start(options.sources.front(), [&state, request, wanted, outlines](Progress& progress) {
    auto loaded = load(wanted, outlines, progress);
    state.mailbox.post([&state, request, loaded = std::move(loaded)] {
      if (state.opening != request) return;  // something else was asked for since
      if (loaded) return show(state, *loaded);
      if (state.outlined == request) state.scene.clear();
      report(state, loaded.issue(), NoticeAbout::region);
    });
  });
}

void add_sources(AppState& state, const std::vector<std::string>& sources) {
  workspace::OpenOptions options;
  if (state.region) options = state.region->opened;
  options.sources.insert(options.sources.end(), sources.begin(), sources.end());
  open(state, std::move(options));
}

void show(AppState& state, std::shared_ptr<const Region> region) {
  const auto styles = state.scene.shared_styles();
  std::vector<scene::PreparedLayer> layers = scene::prepare(region->stats.atlas, *styles);
  show(state, {std::move(region), std::move(layers), styles});
}

void show(AppState& state, LoadedRegion loaded) {
  const std::vector<std::string>& sources = loaded.region->opened.sources;
  const bool same_place = state.region && state.region->opened.sources == sources;
  const bool outlined = !state.region && state.outlined == state.opening && state.outlined > 0;
  const Session before = session_of(state);
  const std::vector<KeptTable> tables =
      stays_open(state, sources) ? kept_tables(state) : restored_tables(state, sources);
  const bool restores = state.session.restoring.has_value();
  scene::MapDocument document = setup_for(state, sources, loaded.region->map);
  state.region = std::move(loaded.region);
  std::erase_if(state.notices, [](const Notice& notice) { return notice.about == NoticeAbout::region; });
  state.scene.clear();
  state.scene.set_styles(loaded.styles);  // the present ones come with the document
  const io::Schema& schema = state.region->workspace->schema();
  for (scene::PreparedLayer& layer : loaded.layers) {
    std::string label{schema.layer_label(*layer.role, state.catalogue.language())};
    state.scene.add(std::move(label), std::move(layer));
  }
  state.selection = {};
  state.attributes.tables.clear();
  keep_tables(state, tables);
  begin_tool(state, MapTool::browse);
  state.statistics.parent = Hierarchy::total();
  state.statistics.level.reset();
  state.statistics.indicator = first_with_figures(state);
  state.statistics.computing = false;
  if (document == state.document.now) {
    apply_document(state);
    complete_document(state);
  } else {
    replace_document(state, std::move(document));
  }
  if (!layer_called(state, state.style_editor.layer)) state.style_editor = {};
  if (same_place) look_again(state, before.map.looked_at);
  const bool would_be_blank = keep_from_blank(state);  // so was the outline, but for a part of it perhaps
  // What the outline showed is looked at already, unless a workspace file says otherwise.
  const bool has_view = state.region->map && state.region->map->view && !restores;
  if (!same_place && (!outlined || has_view || would_be_blank)) show_first_view(state);
  take_up(state, same_place);
  state.view.fonts_dirty = true;
  remember(state);
  gather_places(state);
  if (!same_place) load_bookmarks(state);
  if (state.region->workspace->parameters() && !same_place && !restores)
    state.statistics.typed = *state.region->workspace->parameters();
  set_parameters(state, state.statistics.typed);  // they may have been changed while it was read
}

void set_parameters(AppState& state, const indicators::Parameters& parameters) {
  StatisticsState& statistics = state.statistics;
  statistics.typed = parameters;
  state.jobs.cancel(computing_title);
  const std::uint64_t request = ++statistics.request;
  statistics.computing = state.region && state.region->parameters != parameters;
  if (!statistics.computing) return;
  state.jobs.start(computing_title, [&state, parameters, request, region = state.region](Progress& progress) {
    auto stats =
        workspace::compute_stats(*region->workspace, region->stats.atlas, every_level(parameters), progress);
    state.mailbox.post([&state, parameters, request, region, stats = std::move(stats)] {
      if (state.region != region || state.statistics.request != request) return;  // no longer asked for
      state.statistics.computing = false;
      state.statistics.typed = stats ? parameters : region->parameters;
      if (!stats) return report(state, stats.issue(), NoticeAbout::region);
      state.region = std::make_shared<const Region>(with_figures(*region, parameters, *stats));
      colour_units(state);
    });
  });
}

}  // namespace xiangtu::viewer
