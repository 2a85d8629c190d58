#include "viewer/commands/look.hpp"

namespace xiangtu::viewer {

void set_dark(AppState& state, bool dark) {
  if (state.view.dark == dark) return;
  state.view.dark = dark;
  state.scene.set_theme(dark ? state.styles.dark : state.styles.light);
}

void set_graticule(AppState& state, bool shown) {
  state.view.graticule = shown;
}

}  // namespace xiangtu::viewer
