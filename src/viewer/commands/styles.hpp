// Editing how a layer's features are drawn. Layers are called as the map's document calls them.
#pragma once

#include <functional>
#include <string>

#include "viewer/commands/document.hpp"

namespace xiangtu::viewer {

void open_style_editor(AppState& state, render::scene::LayerId layer);
// Null where the map has no such layer.
const render::scene::MapLayer* layer_called(const AppState& state, const std::string& layer);
// As it is drawn now, in the theme of the moment.
const render::scene::LayerStyle& style_of(const AppState& state, const render::scene::MapLayer& layer);
// Whether the document has a style for it in place of the sheets'.
bool has_own_style(const AppState& state, const render::scene::MapLayer& layer);

// `change` is called for the style of each theme, so that what it sets is so in both and the rest
// differs as before. It leaves the two with the same rules.
void change_style(AppState& state, const std::string& layer,
                  const std::function<void(render::scene::LayerStyle&)>& change,
                  Gesture gesture = Gesture::single);
// A rule of its own after the others, on rows whose field has one of some values; it is shown in the editor.
void add_rule(AppState& state, const std::string& layer, render::scene::RuleCondition condition);
void duplicate_rule(AppState& state, const std::string& layer, std::size_t rule);
void remove_rule(AppState& state, const std::string& layer, std::size_t rule);
// Later rules are laid over earlier ones.
void move_rule(AppState& state, const std::string& layer, std::size_t rule, int steps);
void reset_style(AppState& state, const std::string& layer);

// Reads the style files again. What is wrong in them is said with line and column, and the last
// good styles stay.
void reload_styles(AppState& state);

}  // namespace xiangtu::viewer
