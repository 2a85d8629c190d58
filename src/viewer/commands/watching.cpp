#include "viewer/commands/watching.hpp"

#include <filesystem>

#include "io/atomic_file.hpp"
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
  watch.jobs.start("", [&state, region = state.region](Progress&) {
    auto identities = region ? identities_of(region->workspace->sources()) : std::vector<std::string>{};
    const auto styles = io::read_file(render::scene::user_styles_file().string());
    state.mailbox.post(
        [&state, region, identities = std::move(identities), styles = styles ? *styles : std::string{}] {
          state.watch.looking = false;
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
  const auto tell = [&](const Message& message) -> Notice& {
    state.notices.push_back({message.in(state.catalogue)});
    state.notices.back().about = NoticeAbout::region;
    return state.notices.back();
  };
  if (!gone.empty())
    tell(Message("{0} is no longer there; the map shows what was read of it", names(gone))).is_error = true;
  if (changed.empty()) return;
  Notice& offer = tell(Message("{0} has changed on disk", names(changed)));
  offer.button = "Reload";
  offer.act = reload;
}

void reload(AppState& state) {
  if (state.region) open(state, state.region->opened);
}

}  // namespace xiangtu::viewer
