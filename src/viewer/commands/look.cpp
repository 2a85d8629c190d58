#include "viewer/commands/look.hpp"

#include "viewer/commands/document.hpp"

namespace xiangtu::viewer {

void set_dark(AppState& state, bool dark) {
  if (state.view.dark == dark) return;
  state.view.dark = dark;
  use_sheet(state, dark ? state.styles.dark : state.styles.light);
}

void set_graticule(AppState& state, bool shown) {
  state.view.graticule = shown;
}

}  // namespace xiangtu::viewer
