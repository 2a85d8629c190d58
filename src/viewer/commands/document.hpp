// Changes of the map's setup, all of which can be undone: every one goes through edit().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

enum class Gesture : std::uint8_t {
  single,   // a step of its own
  dragged,  // one step with the edits of the same name before it, until end_gesture()
};

// Changes the document and what is on the map with it. No step where the change changes nothing.
void edit(AppState& state, const EditName& name,
          const std::function<void(render::scene::MapDocument&)>& change, Gesture gesture = Gesture::single);
void end_gesture(AppState& state);
// Of these changes alone; the whole window's steps are in history.hpp.
bool undo(AppState& state);
bool redo(AppState& state);

// Shows the document as it is: after another region, theme, style file or language.
void apply_document(AppState& state);
// Another setup altogether, without steps back.
void replace_document(AppState& state, render::scene::MapDocument document);
// Order and indicator as they are on the map, so that the document says the way back to them, too.
void complete_document(AppState& state);

void show_layer(AppState& state, render::scene::LayerId layer, bool visible);
void show_all_layers(AppState& state, bool visible);
void set_opacity(AppState& state, render::scene::LayerId layer, double opacity,
                 Gesture gesture = Gesture::single);
void set_tint(AppState& state, render::scene::LayerId layer, std::optional<render::scene::Colour> tint,
              Gesture gesture = Gesture::single);
void show_names(AppState& state, render::scene::LayerId layer, bool names);
// Position 0 is drawn first.
void place_layer(AppState& state, render::scene::LayerId layer, std::size_t position);

// Of the indicator that is looked at.
render::scene::ChoroplethSettings choropleth_settings(const AppState& state);
void set_choropleth(AppState& state, render::scene::ChoroplethSettings settings,
                    Gesture gesture = Gesture::single);
// Manual limits begin where the classes were.
void set_class_method(AppState& state, render::scene::ClassMethod method);

}  // namespace xiangtu::viewer
