#include "viewer/commands/styles.hpp"

#include <algorithm>
#include <utility>

#include "viewer/commands/regions.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

// In the order in which a style file is read, and as much as one can say, so that what is saved is what is
// drawn: one condition on each field, and one missing field.
void put_in_order(scene::StyleRule& rule) {
  std::stable_sort(rule.when.begin(), rule.when.end(),
                   [](const scene::RuleCondition& a, const scene::RuleCondition& b) {
                     return a.missing != b.missing ? a.missing : a.field < b.field;
                   });
  const auto same = [](const scene::RuleCondition& a, const scene::RuleCondition& b) {
    return a.missing ? b.missing : !b.missing && a.field == b.field;
  };
  rule.when.erase(std::unique(rule.when.begin(), rule.when.end(), same), rule.when.end());
}

void select_rule(AppState& state, const std::string& layer, std::size_t rule) {
  if (state.style_editor.layer == layer) state.style_editor.rule = static_cast<int>(rule);
}

bool has_rule(const AppState& state, const std::string& layer, std::size_t rule) {
  const scene::MapLayer* found = layer_called(state, layer);
  return found && rule < style_of(state, *found).rules.size();
}

bool has_room(const AppState& state, const std::string& layer) {
  const scene::MapLayer* found = layer_called(state, layer);
  return found && style_of(state, *found).rules.size() < scene::most_rules;
}

}  // namespace

void open_style_editor(AppState& state, scene::LayerId id) {
  if (const scene::MapLayer* layer = state.scene.find(id)) state.style_editor = {name_of(*layer), -1};
}

const scene::MapLayer* layer_called(const AppState& state, const std::string& name) {
  for (const scene::MapLayer& layer : state.scene.layers())
    if (name_of(layer) == name) return &layer;
  return nullptr;
}

const scene::LayerStyle& style_of(const AppState& state, const scene::MapLayer& layer) {
  return state.scene.styles().of(layer.role, layer.table->geometry.kind());
}

bool has_own_style(const AppState& state, const scene::MapLayer& layer) {
  return state.document.now.layer(name_of(layer)).style != nullptr;
}

void change_style(AppState& state, const std::string& name,
                  const std::function<void(scene::LayerStyle&)>& change, Gesture gesture) {
  const scene::MapLayer* layer = layer_called(state, name);
  if (!layer) return;
  const table::GeometryKind kind = layer->table->geometry.kind();
  const scene::LayerStyle& light = state.styles.light->of(layer->role, kind);
  const scene::LayerStyle& dark = state.styles.dark->of(layer->role, kind);
  const auto before = state.document.now.layer(name).style;
  scene::OwnStyle own = before ? *before : scene::OwnStyle{light, dark};
  own.dark = dark_style(own, light, dark);
  for (scene::LayerStyle* style : {&own.light, &*own.dark}) {
    change(*style);
    for (scene::StyleRule& rule : style->rules) put_in_order(rule);
  }
  std::shared_ptr<const scene::OwnStyle> style;
  if (own != scene::OwnStyle{light, dark}) style = std::make_shared<const scene::OwnStyle>(std::move(own));
  edit(
      state, {"style of {0}", name},
      [&](scene::MapDocument& document) { document.layers[name].style = style; }, gesture);
}

void add_rule(AppState& state, const std::string& layer, scene::RuleCondition condition) {
  if (!has_room(state, layer)) return;
  scene::StyleRule rule;
  rule.when.push_back(std::move(condition));
  change_style(state, layer, [&](scene::LayerStyle& style) { style.rules.push_back(rule); });
  select_rule(state, layer, style_of(state, *layer_called(state, layer)).rules.size() - 1);
}

void duplicate_rule(AppState& state, const std::string& layer, std::size_t rule) {
  if (!has_rule(state, layer, rule) || !has_room(state, layer)) return;
  change_style(state, layer, [&](scene::LayerStyle& style) {
    const auto at = style.rules.begin() + static_cast<std::ptrdiff_t>(rule);
    style.rules.insert(at + 1, scene::StyleRule{*at});
  });
  select_rule(state, layer, rule + 1);
}

void remove_rule(AppState& state, const std::string& layer, std::size_t rule) {
  if (!has_rule(state, layer, rule)) return;
  change_style(state, layer, [&](scene::LayerStyle& style) {
    style.rules.erase(style.rules.begin() + static_cast<std::ptrdiff_t>(rule));
  });
  if (state.style_editor.layer == layer) --state.style_editor.rule;
}

void move_rule(AppState& state, const std::string& layer, std::size_t rule, int steps) {
  if (!has_rule(state, layer, rule)) return;
  const auto last =
      static_cast<std::ptrdiff_t>(style_of(state, *layer_called(state, layer)).rules.size()) - 1;
  const auto to = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(rule) + steps, 0, last));
  change_style(state, layer,
               [&](scene::LayerStyle& style) { std::swap(style.rules[rule], style.rules[to]); });
  select_rule(state, layer, to);
}

void reset_style(AppState& state, const std::string& name) {
  edit(state, {"style of {0}", name},
       [&](scene::MapDocument& document) { document.layers[name].style = nullptr; });
  if (state.style_editor.layer == name) state.style_editor.rule = -1;
}

void reload_styles(AppState& state) {
  Result<scene::MapStyles> styles = scene::load_user_styles();
  if (!styles) return report(state, styles.issue());
  if (*styles->light == *state.styles.light && *styles->dark == *state.styles.dark) return;
  state.styles = std::move(*styles);
  apply_document(state);
}

}  // namespace xiangtu::viewer
