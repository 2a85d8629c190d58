#include "viewer/viewer.hpp"

#include <memory>

#include "viewer/commands/look.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/session.hpp"
#include "viewer/settings.hpp"

namespace xiangtu::viewer {

Status begin_with(AppState& state, const ViewOptions& options) {
  if (!options.indicator.empty() && !choose_indicator(state, options.indicator))
    return Issue{IssueCode::unknown_indicator,
                 "there is no indicator '{0}'; 'xiangtu stats --list' shows those there are",
                 options.indicator};
  state.document.done.clear();  // nothing that the user did
  if (options.level == "township" && options.select.empty()) {
    const auto counties = state.region->hierarchy().at_level(atlas::Level::county);
    if (!counties.empty()) drill_into(state, counties.front());
  }
  if (options.select.empty()) return {};
  const Result<UnitIx> asked = state.region->hierarchy().asked(options.select);
  if (!asked) return asked.issue();
  const UnitIx unit = *asked;
  const UnitIx parent = state.region->hierarchy()[unit].parent;
  drill_into(state,
             options.level == "township" && state.region->hierarchy()[unit].level == atlas::Level::county
                 ? unit
                 : parent);
  select_unit(state, unit, true);
  return {};
}

Status run_viewer(const ViewOptions& options, const Catalogue& catalogue) {
  const auto styles = render::scene::load_shipped_styles();
  if (!styles) return styles.issue();
  AppState state(*styles);
  state.catalogue = catalogue;
  if (!options.screenshot.empty()) {
    if (std::filesystem::path{options.screenshot}.extension() != ".png")
      return Issue{IssueCode::output_unknown_ending,
                   "{0}: a picture is written as .png; give a file name with that ending",
                   options.screenshot};
    reload_styles(state);
    set_dark(state, options.dark.value_or(false));
    return draw_screenshot(options, state);
  }

  const Settings remembered = read_settings();
  if (remembered.language && !options.language_asked) set_language(state, *remembered.language);
  take_settings(state, remembered);
  reload_styles(state);
  set_dark(state, options.dark.value_or(remembered.dark));
  return run_window(options, state, remembered);
}

}  // namespace xiangtu::viewer
