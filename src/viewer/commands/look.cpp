#include "viewer/commands/look.hpp"

#include "viewer/commands/document.hpp"

namespace xiangtu::viewer {

void set_dark(AppState& state, bool dark) {
  if (state.view.dark == dark) return;
  state.view.dark = dark;
  apply_document(state);
}

void set_graticule(AppState& state, bool shown) {
  edit(state, {shown ? "show meridians and parallels" : "hide meridians and parallels", ""},
       [shown](render::scene::MapDocument& document) { document.graticule = shown; });
}

}  // namespace xiangtu::viewer
