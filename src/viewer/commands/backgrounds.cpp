#include "viewer/commands/backgrounds.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "io/raster_file.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"

namespace xiangtu::viewer {

using render::scene::Background;
using render::scene::BackgroundChoice;
using render::scene::BackgroundId;
using Choices = std::vector<BackgroundChoice>;

namespace {

Choices::iterator find(Choices& choices, std::string_view source) {
  return std::find_if(choices.begin(), choices.end(),
                      [source](const BackgroundChoice& choice) { return choice.source == source; });
}

std::string source_of(const AppState& state, BackgroundId id) {
  for (const auto& [source, shown] : state.backgrounds.shown)
    if (shown == id) return source;
  return {};
}

void edit_background(AppState& state, const char* pattern, BackgroundId id,
                     const std::function<void(Choices&, Choices::iterator)>& change,
                     Gesture gesture = Gesture::single) {
  const Background* background = state.scene.backgrounds().find(id);
  if (!background) return;
  const std::string source = source_of(state, id);
  edit(
      state, {pattern, background->name},
      [&](render::scene::MapDocument& document) {
        const auto found = find(document.backgrounds, source);
        if (found != document.backgrounds.end()) change(document.backgrounds, found);
      },
      gesture);
}

void show_opened(AppState& state, const std::string& path) {
  auto& backgrounds = state.backgrounds;
  const auto& source = backgrounds.opened.at(path);
  backgrounds.shown[path] = state.scene.backgrounds().add(source->facts().name, source);
  state.view.fonts_dirty = true;  // its name may need other glyphs
}

void hide(AppState& state, const std::string& path) {
  const auto shown = state.backgrounds.shown.find(path);
  if (shown == state.backgrounds.shown.end()) return;
  state.backgrounds.said.erase(shown->second);
  state.scene.backgrounds().remove(shown->second);
  state.backgrounds.shown.erase(shown);
}

// taken: what to do with it when it is there.
void open_source(AppState& state, const std::string& path, const std::function<void()>& taken) {
  if (!state.backgrounds.opening.insert(path).second) return;
  state.jobs.start(path, [&state, path, taken](Progress& progress) {
    progress.begin("opening", 0);
    Result<std::shared_ptr<raster::Source>> source = io::open_raster(path, progress.stop_token());
    state.mailbox.post([&state, path, taken, source = std::move(source)] {
      state.backgrounds.opening.erase(path);
      if (source) {
        state.backgrounds.opened[path] = *source;
        return taken();
      }
      if (source.issue().code != IssueCode::cancelled) state.backgrounds.failed.insert(path);
      report(state, source.issue());
    });
  });
}

}  // namespace

void add_background(AppState& state, const std::string& path) {
  state.backgrounds.failed.erase(path);
  const auto opened = state.backgrounds.opened.find(path);
  if (opened != state.backgrounds.opened.end()) return show_background(state, path, opened->second);
  open_source(state, path,
              [&state, path] { show_background(state, path, state.backgrounds.opened.at(path)); });
}

void show_background(AppState& state, const std::string& path, std::shared_ptr<raster::Source> source) {
  const raster::SourceFacts facts = source->facts();
  const bool alone = state.scene.layers().empty() && state.scene.backgrounds().all().empty();
  state.backgrounds.opened[path] = std::move(source);
  edit(state, {"add {0}", facts.name}, [&](render::scene::MapDocument& document) {
    Choices& choices = document.backgrounds;
    if (find(choices, path) == choices.end()) choices.push_back({path, true, 1, std::nullopt});
  });
  apply_backgrounds(state);  // where the document had it before it was opened
  if (alone) fit(state, facts.box);
}

void remove_background(AppState& state, BackgroundId background) {
  edit_background(state, "remove {0}", background,
                  [](Choices& choices, Choices::iterator at) { choices.erase(at); });
}

void move_background(AppState& state, BackgroundId background, int steps_up) {
  edit_background(state, "order of {0}", background, [&](Choices& choices, Choices::iterator at) {
    const std::ptrdiff_t from = at - choices.begin(), wanted = from + steps_up;
    if (wanted < 0 || wanted >= std::ssize(choices)) return;
    const auto first = choices.begin() + std::min(from, wanted),
               last = choices.begin() + std::max(from, wanted);
    if (steps_up > 0)
      std::rotate(first, first + 1, last + 1);
    else
      std::rotate(first, last, last + 1);
  });
}

void show_background(AppState& state, BackgroundId background, bool visible) {
  edit_background(state, visible ? "show {0}" : "hide {0}", background,
                  [&](Choices&, Choices::iterator at) { at->visible = visible; });
}

void set_background_opacity(AppState& state, BackgroundId background, double opacity, Gesture gesture) {
  edit_background(
      state, "opacity of {0}", background,
      [&](Choices&, Choices::iterator at) { at->opacity = std::clamp(opacity, 0.0, 1.0); }, gesture);
}

void set_background_drawing(AppState& state, BackgroundId background, raster::Drawing drawing) {
  edit_background(state, "drawing of {0}", background,
                  [&](Choices&, Choices::iterator at) { at->drawing = drawing; });
}

void apply_backgrounds(AppState& state) {
  BackgroundsState& backgrounds = state.backgrounds;
  Choices& choices = state.document.now.backgrounds;
  const auto shown = backgrounds.shown;
  for (const auto& [source, id] : shown)
    if (find(choices, source) == choices.end()) hide(state, source);
  std::size_t place = 0;
  for (const BackgroundChoice& choice : choices) {
    if (!backgrounds.opened.contains(choice.source)) {
      if (!backgrounds.failed.contains(choice.source))
        open_source(state, choice.source, [&state] { apply_backgrounds(state); });
      continue;
    }
    if (!backgrounds.shown.contains(choice.source)) show_opened(state, choice.source);
    const BackgroundId id = backgrounds.shown.at(choice.source);
    *state.scene.backgrounds().look(id) = choice.look(backgrounds.opened.at(choice.source)->facts());
    state.scene.backgrounds().move(id, place++);
  }
}

void fit_background(AppState& state, BackgroundId background) {
  if (const Background* found = state.scene.backgrounds().find(background))
    fit(state, found->source->facts().box);
}

void retry_background(AppState& state, BackgroundId background) {
  state.backgrounds.said.erase(background);
  state.scene.backgrounds().retry(background);
}

void read_backgrounds(AppState& state, geodesy::LonLat place) {
  constexpr const char* title = "reading backgrounds";
  BackgroundsState& backgrounds = state.backgrounds;
  backgrounds.readings.clear();
  const std::uint64_t asked = ++backgrounds.asked;
  state.jobs.cancel(title);
  std::vector<std::shared_ptr<raster::Source>> seen;
  for (const Background& background : state.scene.backgrounds().all())
    if (background.look.visible && background.look.opacity > 0) seen.insert(seen.begin(), background.source);
  if (seen.empty()) return;
  state.jobs.start(title, [&state, asked, place, seen = std::move(seen)](Progress& progress) {
    std::vector<BackgroundReading> readings;
    for (const auto& source : seen) {
      const auto reading = source->reading(place, progress.stop_token());
      if (!reading && reading.issue().code == IssueCode::cancelled) return;
      if (reading && !reading->inside) continue;
      readings.push_back(
          {source->facts().name, source->facts().content, reading ? std::optional{*reading} : std::nullopt});
    }
    state.mailbox.post([&state, asked, readings = std::move(readings)] {
      if (state.backgrounds.asked == asked) state.backgrounds.readings = readings;
    });
  });
}

void reload_background(AppState& state, const std::string& path) {
  hide(state, path);
  state.backgrounds.opened.erase(path);
  state.backgrounds.failed.erase(path);
  state.backgrounds.watched.erase(path);
  apply_backgrounds(state);
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
