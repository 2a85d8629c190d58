#include "viewer/commands/backgrounds.hpp"

#include <algorithm>
#include <utility>

#include "io/raster_file.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"

namespace xiangtu::viewer {

using render::scene::Background;
using render::scene::BackgroundId;

void add_background(AppState& state, const std::string& path) {
  state.jobs.start(path, [&state, path](Progress& progress) {
    progress.begin("opening", 0);
    Result<std::shared_ptr<raster::Source>> source = io::open_raster(path, progress.stop_token());
    state.mailbox.post([&state, source = std::move(source)] {
      if (source)
        show_background(state, *source);
      else
        report(state, source.issue());
    });
  });
}

void show_background(AppState& state, std::shared_ptr<raster::Source> source) {
  const raster::SourceFacts facts = source->facts();
  const bool alone = state.scene.layers().empty() && state.scene.backgrounds().all().empty();
  state.scene.backgrounds().add(facts.name, std::move(source));
  state.view.fonts_dirty = true;  // its name may need other glyphs
  if (alone) fit(state, facts.box);
}

void remove_background(AppState& state, BackgroundId background) {
  state.backgrounds.said.erase(background);
  state.scene.backgrounds().remove(background);
}

void move_background(AppState& state, BackgroundId background, int steps_up) {
  const std::vector<Background>& all = state.scene.backgrounds().all();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [background](const Background& one) { return one.id == background; });
  if (found == all.end()) return;
  const std::ptrdiff_t wanted = found - all.begin() + steps_up;
  if (wanted >= 0) state.scene.backgrounds().move(background, static_cast<std::size_t>(wanted));
}

void fit_background(AppState& state, BackgroundId background) {
  if (const Background* found = state.scene.backgrounds().find(background))
    fit(state, found->source->facts().box);
}

void retry_background(AppState& state, BackgroundId background) {
  state.backgrounds.said.erase(background);
  state.scene.backgrounds().retry(background);
}

void tell_of_backgrounds(AppState& state) {
  for (const Background& background : state.scene.backgrounds().all()) {
    const std::optional<Issue>& trouble = state.scene.backgrounds().trouble(background.id);
    if (!trouble)
      state.backgrounds.said.erase(background.id);
    else if (state.backgrounds.said.insert(background.id).second)
      report(state, *trouble);
  }
}

void drop_files(AppState& state, const std::vector<std::string>& paths, bool add) {
  std::vector<std::string> sources, rasters;
  for (const std::string& path : paths) (io::names_raster(path) ? rasters : sources).push_back(path);
  if (add && !sources.empty())
    add_sources(state, sources);
  else
    open(state, {sources, std::nullopt});
  for (const std::string& raster : rasters) add_background(state, raster);
}

}  // namespace xiangtu::viewer
