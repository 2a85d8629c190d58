// The style of a layer: its base and its rules, each with what it sets. Every change shows at once.
#include <algorithm>
#include <array>
#include <span>

#include <imgui.h>

#include <imgui_stdlib.h>

#include "viewer/commands/styles.hpp"
#include "viewer/panels/floating.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/style_properties.hpp"
#include "viewer/panels/swatches.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using scene::LayerStyle;
using scene::RuleCondition;
using scene::StyleRule;
using table::GeometryKind;

namespace {

constexpr std::uint32_t most_listed = 60;  // values of a field

constexpr std::array line_rows{StyleRow{"Colour", "colour"}, StyleRow{"Width", "width"},
                               StyleRow{"Casing", "casing"}, StyleRow{"Casing colour", "casing_colour"},
                               StyleRow{"Dash, gap", "dash"}};
constexpr std::array fill_rows{StyleRow{"Fill", "fill"}, StyleRow{"Hatch", "hatch"}};
constexpr std::array symbol_rows{StyleRow{"Symbol", "shape"}, StyleRow{"Size", "size"},
                                 StyleRow{"Symbol colour", "symbol"}, StyleRow{"Outline", "outline"},
                                 StyleRow{"Outline width", "outline_width"}};
constexpr std::array label_rows{StyleRow{"Size of names", "label_size"},
                                StyleRow{"Colour of names", "label_colour"},
                                StyleRow{"Halo", "halo"},
                                StyleRow{"Names from zoom", "label_min_zoom"},
                                StyleRow{"Names up to zoom", "label_max_zoom"},
                                StyleRow{"Precedence of names", "label_priority"}};
constexpr std::array shield_rows{
    StyleRow{"Size of codes", "shield_size"}, StyleRow{"Colour of codes", "shield_colour"},
    StyleRow{"Fill of codes", "shield_fill"}, StyleRow{"Codes from zoom", "shield_min_zoom"}};
constexpr std::array place_rows{StyleRow{"From zoom", "min_zoom"}, StyleRow{"Up to zoom", "max_zoom"},
                                StyleRow{"Drawn later", "order"}};

std::string field_label(const AppState& state, const scene::MapLayer& layer, const std::string& field) {
  const io::Schema& schema = state.region->workspace->schema();
  return layer.role ? schema.field_label(*layer.role, field, state.catalogue.language()) : field;
}

std::string value_label(const AppState& state, const scene::MapLayer& layer, const std::string& field,
                        const std::string& value) {
  const io::Schema& schema = state.region->workspace->schema();
  const io::FieldSpec* spec = layer.role ? schema.field(*layer.role, field) : nullptr;
  if (!spec || spec->type != io::FieldType::choice) return value;
  return std::string{schema.choice_label(*layer.role, field, value, state.catalogue.language())};
}

// Its name in the legend, else its conditions.
std::string rule_title(const AppState& state, const scene::MapLayer& layer, const StyleRule& rule) {
  const Language language = state.catalogue.language();
  if (!rule.label(language).empty()) return std::string{rule.label(language)};
  std::string text;
  for (const RuleCondition& condition : rule.when) {
    text += (text.empty() ? "" : "; ") + field_label(state, layer, condition.field) + ": ";
    if (condition.missing) text += state.catalogue("missing");
    for (const std::string& value : condition.values)
      text +=
          (&value == condition.values.data() ? "" : ", ") + value_label(state, layer, condition.field, value);
  }
  return text.empty() ? std::string{state.catalogue("all rows")} : text;
}

class StyleEditor {
 public:
  StyleEditor(AppState& state, const scene::MapLayer& layer)
      : state_(state),
        t_(state.catalogue),
        layer_(layer),
        name_(name_of(layer)),
        style_(style_of(state, layer)) {
    state.style_editor.rule = std::min(state.style_editor.rule, static_cast<int>(style_.rules.size()) - 1);
  }

  void draw() {
    const float em = ImGui::GetFontSize();
    ImGui::BeginChild("rules", {em * 11, 0});
    rule_list();
    ImGui::EndChild();
    const int chosen = state_.style_editor.rule;
    if (chosen >= static_cast<int>(style_.rules.size())) return;  // new, and there with the next frame
    ImGui::SameLine();
    ImGui::BeginChild("properties");
    ImGui::PushID(chosen);
    if (chosen >= 0) legend_and_conditions(static_cast<std::size_t>(chosen));
    properties();
    ImGui::PopID();
    ImGui::EndChild();
  }

 private:
  const StyleRule& edited() const {
    const int chosen = state_.style_editor.rule;
    return chosen < 0 ? style_.base : style_.rules[static_cast<std::size_t>(chosen)];
  }

  void change(const std::function<void(StyleRule&)>& how, Gesture gesture) {
    const int chosen = state_.style_editor.rule;
    change_style(
        state_, name_,
        [&](LayerStyle& style) {
          how(chosen < 0 ? style.base : style.rules[static_cast<std::size_t>(chosen)]);
        },
        gesture);
  }

  void list_entry(int rule, const std::string& title, const StyleRule* over) {
    scene::FeatureStyle look;
    style_.base.lay_over(look);
    if (over) over->lay_over(look);
    ImGui::PushID(rule);
    swatch({layer_.table->geometry.kind(), look}, ImGui::GetFontSize() * 1.2f);
    ImGui::SameLine();
    if (ImGui::Selectable(title.c_str(), state_.style_editor.rule == rule)) state_.style_editor.rule = rule;
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", title.c_str());
    ImGui::PopID();
  }

  void rule_list() {
    list_entry(-1, std::string{t_("Base style")}, nullptr);
    for (std::size_t i = 0; i < style_.rules.size(); ++i)
      list_entry(static_cast<int>(i), rule_title(state_, layer_, style_.rules[i]), &style_.rules[i]);
    ImGui::Spacing();
    const int chosen = state_.style_editor.rule;
    // At most one a frame: each leaves the style another one.
    if (ImGui::Button(t_.c_str("Add a rule"))) return add_rule(state_, name_, first_condition());
    if (chosen >= 0) {
      const auto rule = static_cast<std::size_t>(chosen);
      if (ImGui::Button(t_.c_str("Duplicate"))) return duplicate_rule(state_, name_, rule);
      if (ImGui::Button(t_.c_str("Remove"))) return remove_rule(state_, name_, rule);
      if (ImGui::Button("↑")) return move_rule(state_, name_, rule, -1);
      ImGui::SameLine();
      if (ImGui::Button("↓")) return move_rule(state_, name_, rule, 1);
    }
    if (!has_own_style(state_, layer_)) return;
    ImGui::Spacing();
    if (ImGui::Button(t_.c_str("Shipped style"))) reset_style(state_, name_);
  }

  // Of the first field that has only a few values.
  RuleCondition first_condition() const {
    for (const table::Column& column : layer_.table->columns)
      if (column.is_text() && column.text().dictionary.size() > 0 &&
          column.text().dictionary.size() <= most_listed && column.name != "name" && column.name != "code")
        return {column.name, {std::string{column.text().dictionary[0]}}, false};
    return {
        layer_.table->columns.empty() ? std::string{"name"} : layer_.table->columns.front().name, {}, true};
  }

  void legend_name(const char* label, std::string StyleRule::*member) {
    std::string text = edited().*member;
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 12);
    if (ImGui::InputText(label, &text))
      change([&](StyleRule& rule) { rule.*member = text; }, Gesture::dragged);
  }

  void legend_and_conditions(std::size_t chosen) {
    ImGui::TextDisabled("%s", t_.c_str("Name in the legend"));
    legend_name("\u4e2d\u6587", &StyleRule::label_zh);
    legend_name("English", &StyleRule::label_en);
    ImGui::TextDisabled("%s", t_.c_str("Rows whose"));
    const std::size_t count = style_.rules[chosen].when.size();
    for (std::size_t i = 0; i < count && i < edited().when.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      condition(i);
      ImGui::PopID();
    }
    if (ImGui::SmallButton(t_.c_str("Add a condition")))
      if (const auto free = unused_field()) add_condition(*free);
    ImGui::Separator();
  }

  std::optional<std::string> unused_field() const {
    for (const table::Column& column : layer_.table->columns)
      if (!is_used(column.name)) return column.name;
    return std::nullopt;
  }

  bool is_used(const std::string& field) const {
    return std::any_of(edited().when.begin(), edited().when.end(),
                       [&](const RuleCondition& each) { return each.field == field; });
  }

  void add_condition(const std::string& field) {
    change([&](StyleRule& rule) { rule.when.push_back({field, {}, false}); }, Gesture::single);
  }

  void condition(std::size_t i) {
    const RuleCondition now = edited().when[i];
    const float em = ImGui::GetFontSize();
    const auto put = [&](const RuleCondition& changed) {
      change(
          [&](StyleRule& rule) {
            if (i < rule.when.size()) rule.when[i] = changed;
          },
          Gesture::single);
    };
    ImGui::SetNextItemWidth(em * 7);
    if (ImGui::BeginCombo("##field", field_label(state_, layer_, now.field).c_str())) {
      for (const table::Column& column : layer_.table->columns)
        if ((column.name == now.field || !is_used(column.name)) &&
            ImGui::Selectable(field_label(state_, layer_, column.name).c_str(), column.name == now.field))
          put({column.name, {}, now.missing});
      ImGui::EndCombo();
    }
    ImGui::SameLine();
    bool missing = now.missing;
    const bool another_missing =
        std::any_of(edited().when.begin(), edited().when.end(),
                    [&](const RuleCondition& each) { return each.missing && each.field != now.field; });
    if (!another_missing && ImGui::Checkbox(t_.c_str("is missing"), &missing)) put({now.field, {}, missing});
    ImGui::SameLine();
    const bool removed = ImGui::SmallButton("×");
    if (!now.missing) values(now, put);
    if (removed)
      change([&](StyleRule& rule) { rule.when.erase(rule.when.begin() + static_cast<std::ptrdiff_t>(i)); },
             Gesture::single);
  }

  template <class Put>
  void values(const RuleCondition& now, const Put& put) {
    std::string joined;
    for (const std::string& value : now.values) joined += (joined.empty() ? "" : ", ") + value;
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 14);
    if (!ImGui::BeginCombo("##values", joined.c_str(), ImGuiComboFlags_HeightLarge)) return;
    for (const std::string& value : values_of(now.field)) {
      const auto found = std::find(now.values.begin(), now.values.end(), value);
      bool taken = found != now.values.end();
      if (!ImGui::Checkbox(value_label(state_, layer_, now.field, value).c_str(), &taken)) continue;
      RuleCondition changed = now;
      if (taken)
        changed.values.push_back(value);
      else
        std::erase(changed.values, value);
      put(changed);
    }
    ImGui::EndCombo();
  }

  // The values of a field, the first of many; with those of the rule that no row has.
  std::vector<std::string> values_of(const std::string& field) const {
    std::vector<std::string> values;
    const auto add = [&](std::string value) {
      if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
    };
    const table::Column* column = layer_.table->find(field);
    if (column && column->is_text())
      for (std::uint32_t i = 0;
           i < std::min(most_listed, static_cast<std::uint32_t>(column->text().dictionary.size())); ++i)
        add(std::string{column->text().dictionary[i]});
    for (std::size_t row = 0;
         column && !column->is_text() && row < std::min<std::size_t>(layer_.table->size(), 20'000) &&
         values.size() < most_listed;
         ++row)
      add(column->shown(row));
    std::sort(values.begin(), values.end());
    for (const RuleCondition& condition : edited().when)
      if (condition.field == field)
        for (const std::string& value : condition.values) add(value);
    return values;
  }

  void section(const char* heading, std::span<const StyleRow> rows, bool open) {
    if (!ImGui::CollapsingHeader(t_.c_str(heading), open ? ImGuiTreeNodeFlags_DefaultOpen : 0)) return;
    if (!ImGui::BeginTable(heading, 2, ImGuiTableFlags_SizingFixedFit)) return;
    const StyleRule nothing;
    const StyleRule& under = state_.style_editor.rule < 0 ? nothing : style_.base;
    for (const StyleRow& row : rows)
      property_row(
          t_, row, edited(), under, state_.camera.zoom(),
          [&](const std::function<void(StyleRule&)>& how, Gesture gesture) { change(how, gesture); });
    ImGui::EndTable();
  }

  void properties() {
    const GeometryKind kind = layer_.table->geometry.kind();
    if (kind != GeometryKind::point) section("Line", line_rows, true);
    if (kind == GeometryKind::polygon) section("Area", fill_rows, true);
    section("Point symbol", symbol_rows, kind == GeometryKind::point);
    section("Names", label_rows, false);
    if (kind == GeometryKind::line) section("Codes in boxes", shield_rows, false);
    section("Where it shows", place_rows, false);
  }

  AppState& state_;
  const Catalogue& t_;
  const scene::MapLayer& layer_;
  std::string name_;
  const LayerStyle style_;  // as the frame found it; changes of this frame show in the next
};

}  // namespace

void draw_style_editor(AppState& state, ImVec2 origin, ImVec2 size) {
  if (state.style_editor.layer.empty() || !state.region) return;
  const scene::MapLayer* layer = layer_called(state, state.style_editor.layer);
  if (!layer) return;
  const float em = ImGui::GetFontSize();
  ImGui::SetNextWindowPos({origin.x + em, origin.y + em}, ImGuiCond_Appearing);
  ImGui::SetNextWindowSize({std::min(em * 33, size.x - em * 2), std::max(size.y - em * 2, em * 16)},
                           ImGuiCond_Appearing);
  bool open = true;
  const std::string title = Message("Style of {0}", layer->name).in(state.catalogue) + "###style";
  if (ImGui::Begin(title.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    follow_focus(state, Panel::style);
    StyleEditor(state, *layer).draw();
  }
  ImGui::End();
  if (!open) state.style_editor = {};
}

}  // namespace xiangtu::viewer
