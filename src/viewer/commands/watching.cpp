#include "viewer/commands/watching.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "io/atomic_file.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/styles.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;

namespace {

constexpr double seconds_between_looks = 3;
std::string names(const std::vector<std::string>& sources) {
  std::string text;
  for (const std::string& source : sources)
    text += (text.empty() ? "" : ", ") + fs::path{source}.filename().string();
  return text;
}

// Of one large file: what is in it is not looked at.
std::string identity_of_raster(const std::string& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  if (error) return {};
  const auto size = fs::is_directory(path, error) ? 0 : fs::file_size(path, error);
  return fmt::format("{} {}", size, written.time_since_epoch().count());
}

Notice& tell(AppState& state, const Message& message, NoticeAbout about) {
  state.notices.push_back({message.in(state.catalogue)});
  state.notices.back().about = about;
  return state.notices.back();
}

void tell_gone(AppState& state, const std::string& names, NoticeAbout about) {
  tell(state, Message("{0} is no longer there; the map shows what was read of it", names), about).is_error =
      true;
}

void offer_reload(AppState& state, const std::string& names, NoticeAbout about,
                  std::function<void(AppState&)> act) {
  Notice& offer = tell(state, Message("{0} has changed on disk", names), about);
  offer.button = "Reload";
  offer.act = std::move(act);
}

void look_at_styles(AppState& state, const std::string& styles) {
  if (styles == state.watch.styles) return;
  state.watch.styles = styles;
  reload_styles(state);
}

}  // namespace

void watch_sources(AppState& state, double seconds_passed, bool now) {
  SourceWatch& watch = state.watch;
  watch.jobs.sweep();
  watch.seconds += seconds_passed;
  if (watch.looking || (!now && watch.seconds < seconds_between_looks)) return;
  watch.seconds = 0;
  watch.looking = true;
  std::vector<std::string> rasters;
  for (const auto& [path, id] : state.backgrounds.shown) rasters.push_back(path);
  watch.jobs.start("", [&state, region = state.region, rasters = std::move(rasters)](Progress&) {
    auto identities = region ? identities_of(region->workspace->sources()) : std::vector<std::string>{};
    const auto styles = io::read_file(render::scene::user_styles_file().string());
    std::map<std::string, std::string> grounds;
    for (const std::string& path : rasters) grounds[path] = identity_of_raster(path);
    state.mailbox.post([&state, region, identities = std::move(identities), grounds = std::move(grounds),
                        styles = styles ? *styles : std::string{}] {
      state.watch.looking = false;
      take_look_at_backgrounds(state, grounds);
      look_at_styles(state, styles);
      if (region && region == state.region) take_look(state, identities);
    });
  });
}

void take_look(AppState& state, const std::vector<std::string>& identities) {
  SourceWatch& watch = state.watch;
  const std::vector<std::string>& opened = state.region->identities;
  // Said when it is the same twice: a file that is being written is not ready to be read.
  const bool steady = identities == watch.seen;
  watch.seen = identities;
  if (!steady || identities.size() != opened.size()) return;
  if (watch.told.size() != opened.size()) watch.told = opened;
  std::vector<std::string> gone, changed;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    if (identities[i] == watch.told[i] || opened[i] == unknown_identity) continue;
    const std::string& source = state.region->workspace->sources()[i];
    if (identities[i].empty())
      gone.push_back(source);
    else if (identities[i] != opened[i])
      changed.push_back(source);
  }
  watch.told = identities;
  if (!gone.empty()) tell_gone(state, names(gone), NoticeAbout::region);
  if (!changed.empty()) offer_reload(state, names(changed), NoticeAbout::region, reload);
}

void take_look_at_backgrounds(AppState& state, const std::map<std::string, std::string>& identities) {
  for (const auto& [path, identity] : identities) {
    if (!state.backgrounds.shown.contains(path)) continue;
    const auto [entry, fresh] =
        state.backgrounds.watched.try_emplace(path, WatchedRaster{identity, identity, identity});
    WatchedRaster& watched = entry->second;
    const bool steady = identity == watched.seen;
    watched.seen = identity;
    if (!steady || identity == watched.told) continue;
    watched.told = identity;
    if (identity.empty())
      tell_gone(state, names({path}), NoticeAbout::window);
    else if (identity != watched.first)
      offer_reload(state, names({path}), NoticeAbout::window,
                   [path = path](AppState& to) { reload_background(to, path); });
  }
}

void reload(AppState& state) {
  if (state.region) open(state, state.region->opened);
}

}  // namespace xiangtu::viewer
