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

const scene::LayerStyle& shipped_style_of(const AppState& state, const scene::MapLayer& layer) {
  return std::as_const(*state.document.sheet).of(layer.role, layer.table->geometry.kind());
}

void change_style(AppState& state, const std::string& name,
                  const std::function<void(scene::LayerStyle&)>& change, Gesture gesture) {
  const scene::MapLayer* layer = layer_called(state, name);
  if (!layer) return;
  auto style = std::make_shared<scene::LayerStyle>(style_of(state, *layer));
  change(*style);
  for (scene::StyleRule& rule : style->rules) put_in_order(rule);
  if (*style == shipped_style_of(state, *layer)) style = nullptr;
  edit(
      state, {"style of {0}", name},
      [&](scene::MapDocument& document) { document.layers[name].style = style; }, gesture);
}

void add_rule(AppState& state, const std::string& layer, scene::RuleCondition condition) {
  if (!has_room(state, layer)) return;
  change_style(state, layer, [&](scene::LayerStyle& style) {
    scene::StyleRule rule;
    rule.when.push_back(std::move(condition));
    style.rules.push_back(std::move(rule));
    select_rule(state, layer, style.rules.size() - 1);
  });
}

void duplicate_rule(AppState& state, const std::string& layer, std::size_t rule) {
  if (!has_rule(state, layer, rule) || !has_room(state, layer)) return;
  change_style(state, layer, [&](scene::LayerStyle& style) {
    const auto at = style.rules.begin() + static_cast<std::ptrdiff_t>(rule);
    style.rules.insert(at + 1, scene::StyleRule{*at});
    select_rule(state, layer, rule + 1);
  });
}

void remove_rule(AppState& state, const std::string& layer, std::size_t rule) {
  if (!has_rule(state, layer, rule)) return;
  change_style(state, layer, [&](scene::LayerStyle& style) {
    style.rules.erase(style.rules.begin() + static_cast<std::ptrdiff_t>(rule));
    if (state.style_editor.layer == layer) --state.style_editor.rule;
  });
}

void move_rule(AppState& state, const std::string& layer, std::size_t rule, int steps) {
  if (!has_rule(state, layer, rule)) return;
  change_style(state, layer, [&](scene::LayerStyle& style) {
    const auto last = static_cast<std::ptrdiff_t>(style.rules.size()) - 1;
    const auto to = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(rule) + steps, 0, last);
    std::swap(style.rules[rule], style.rules[static_cast<std::size_t>(to)]);
    select_rule(state, layer, static_cast<std::size_t>(to));
  });
}

void reset_style(AppState& state, const std::string& name) {
  edit(state, {"style of {0}", name},
       [&](scene::MapDocument& document) { document.layers[name].style = nullptr; });
  if (state.style_editor.layer == name) state.style_editor.rule = -1;
}

void reload_styles(AppState& state) {
  Result<scene::StyleSheet> light = scene::load_user_styles(scene::Theme::light),
                            dark = scene::load_user_styles(scene::Theme::dark);
  if (!light || !dark) return report(state, light ? dark.issue() : light.issue());
  if (*light == *state.styles.light && *dark == *state.styles.dark) return;
  state.styles = {std::make_shared<const scene::StyleSheet>(std::move(*light)),
                  std::make_shared<const scene::StyleSheet>(std::move(*dark))};
  use_sheet(state, state.view.dark ? state.styles.dark : state.styles.light);
}

}  // namespace xiangtu::viewer
