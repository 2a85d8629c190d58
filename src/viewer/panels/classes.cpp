// How the map's units are put into classes and coloured.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "render/scene/atlas_scene.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/panels/floating.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/swatches.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using scene::ChoroplethSettings;
using scene::ClassMethod;

namespace {

constexpr int previewed_colours = 7;

const scene::Choropleth* shown_classes(const AppState& state) {
  for (const scene::MapLayer& layer : state.scene.layers())
    if (layer.look.choropleth) return layer.look.choropleth.get();
  return nullptr;
}

void method_choice(AppState& state, const ChoroplethSettings& settings) {
  const Catalogue& t = state.catalogue;
  const std::array<std::pair<ClassMethod, const char*>, 4> methods{
      {{ClassMethod::quantile, t.c_str("quantiles: as many units in each")},
       {ClassMethod::equal_interval, t.c_str("equal intervals")},
       {ClassMethod::natural_breaks, t.c_str("natural breaks")},
       {ClassMethod::manual, t.c_str("by hand")}}};
  const char* now = methods[0].second;
  for (const auto& [method, name] : methods)
    if (method == settings.method) now = name;
  if (!ImGui::BeginCombo(t.c_str("Method"), now)) return;
  for (const auto& [method, name] : methods)
    if (ImGui::Selectable(name, method == settings.method)) set_class_method(state, method);
  ImGui::EndCombo();
}

// Where there are polygons of both levels.
void level_choice(AppState& state) {
  const Catalogue& t = state.catalogue;
  const auto counties = scene::unit_layer(state.scene, atlas::Level::county),
             townships = scene::unit_layer(state.scene, atlas::Level::township);
  if (!counties || !townships) return;
  const std::string &county_name = state.scene.find(*counties)->name,
                    &township_name = state.scene.find(*townships)->name;
  const std::array<std::pair<std::optional<atlas::Level>, const char*>, 3> levels{
      {{std::nullopt, t.c_str("those of the table")},
       {atlas::Level::county, county_name.c_str()},
       {atlas::Level::township, township_name.c_str()}}};
  const auto now =
      std::ranges::find(levels, state.statistics.level, [](const auto& each) { return each.first; });
  if (!ImGui::BeginCombo(t.c_str("Coloured units"), now->second)) return;
  for (const auto& [level, name] : levels)
    if (ImGui::Selectable(name, level == now->first)) colour_level(state, level);
  ImGui::EndCombo();
}

void ramp_preview(std::string_view name, bool reversed, float width) {
  const float height = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto colours = scene::ramp(name, previewed_colours, reversed);
  const float step = width / static_cast<float>(colours.size());
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const float left = at.x + step * static_cast<float>(i);
    ImGui::GetWindowDrawList()->AddRectFilled({left, at.y}, {left + step, at.y + height}, packed(colours[i]));
  }
  ImGui::Dummy({width, height});
}

void ramp_choice(AppState& state, ChoroplethSettings settings) {
  const float width = ImGui::GetFontSize() * 7;
  if (ImGui::BeginCombo(state.catalogue.c_str("Colours"), settings.ramp.c_str(),
                        ImGuiComboFlags_HeightLarge)) {
    for (const std::string_view name : scene::ramp_names()) {
      ImGui::PushID(name.data());
      const bool chosen = ImGui::Selectable("##ramp", settings.ramp == name);
      ImGui::SameLine();
      ramp_preview(name, settings.reversed, width);
      ImGui::SameLine();
      ImGui::TextUnformatted(std::string{name}.c_str());
      ImGui::PopID();
      if (!chosen) continue;
      settings.ramp = name;
      set_choropleth(state, settings);
    }
    ImGui::EndCombo();
  }
  ramp_preview(settings.ramp, settings.reversed, ImGui::CalcItemWidth());
  if (ImGui::Checkbox(state.catalogue.c_str("Reversed"), &settings.reversed)) set_choropleth(state, settings);
}

void shown_choice(AppState& state, ChoroplethSettings settings) {
  const Catalogue& t = state.catalogue;
  bool unknown = settings.shown == scene::Shown::unknown_share;
  if (!ImGui::Checkbox(t.c_str("Show what is not known"), &unknown)) return;
  settings.shown = unknown ? scene::Shown::unknown_share : scene::Shown::value;
  settings.limits.clear();  // of what was shown before
  if (settings.method == ClassMethod::manual) settings.method = ClassMethod::quantile;
  set_choropleth(state, std::move(settings));
}

void limits_by_hand(AppState& state, ChoroplethSettings settings) {
  const bool fraction = state.region->stats.table.indicators[state.statistics.indicator].fraction ||
                        settings.shown == scene::Shown::unknown_share;
  const double scale = fraction ? 100 : 1;
  ImGui::TextDisabled("%s", state.catalogue.c_str("Limits between the classes"));
  std::optional<std::size_t> removed;
  for (std::size_t i = 0; i < settings.limits.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    double value = settings.limits[i] * scale;
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 7);
    ImGui::InputDouble("##limit", &value, 0, 0, fraction ? "%.1f%%" : "%.6g");
    // When it is done, or typing would sort half a number away.
    if (ImGui::IsItemDeactivatedAfterEdit()) {
      settings.limits[i] = value / scale;
      set_choropleth(state, settings);
    }
    ImGui::SameLine();
    if (ImGui::SmallButton("×")) removed = i;
    ImGui::PopID();
  }
  if (removed) {
    settings.limits.erase(settings.limits.begin() + static_cast<std::ptrdiff_t>(*removed));
    set_choropleth(state, settings);
  }
  const bool full = settings.limits.size() + 1 >= static_cast<std::size_t>(scene::max_classes);
  if (full || !ImGui::Button(state.catalogue.c_str("Add a limit"))) return;
  const scene::Choropleth* classes = shown_classes(state);
  // The last class is open: as far on as the one before it is wide.
  const bool closed =
      classes && classes->classes.count() > 0 && std::isfinite(classes->classes.limits.back());
  const double last = settings.limits.empty() ? 0 : settings.limits.back();
  const double width = settings.limits.size() > 1 ? last - settings.limits[settings.limits.size() - 2] : 1;
  const double high = closed ? classes->classes.limits.back() : fraction ? 1 : last + 2 * width;
  settings.limits.push_back(last < high ? (last + high) / 2 : last + 1);
  set_choropleth(state, settings);
}

void class_list(const AppState& state) {
  const scene::Choropleth* classes = shown_classes(state);
  if (!classes) return ImGui::TextDisabled("%s", state.catalogue.c_str("no colours"));
  for (const scene::Choropleth::LegendEntry& entry : classes->legend()) {
    const float side = ImGui::GetTextLineHeight();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const scene::Colour colour = entry.hatched ? state.scene.styles().paper.unknown : entry.colour;
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + side * 1.4f, at.y + side}, packed(colour), 2);
    ImGui::Dummy({side * 1.4f, side});
    ImGui::SameLine();
    ImGui::TextUnformatted(entry.text.c_str());
  }
}

}  // namespace

void draw_classes(AppState& state, ImVec2 origin, ImVec2 size) {
  if (!state.view.show_classes || !state.region || state.region->stats.table.indicators.empty()) return;
  const Catalogue& t = state.catalogue;
  const float em = ImGui::GetFontSize();
  ImGui::SetNextWindowPos({origin.x + em, origin.y + em}, ImGuiCond_Appearing);
  ImGui::SetNextWindowSizeConstraints({em * 20, 0}, {em * 26, std::max(size.y - em * 2, em * 12)});
  const std::string title = std::string{t("Classes")} + "###classes";
  if (ImGui::Begin(title.c_str(), &state.view.show_classes,
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoCollapse |
                       ImGuiWindowFlags_NoSavedSettings)) {
    follow_focus(state, Panel::classes);
    ImGui::PushTextWrapPos(em * 24);
    ImGui::TextUnformatted(
        std::string{state.region->stats.table.indicators[state.statistics.indicator].name(t.language())}
            .c_str());
    ImGui::PopTextWrapPos();
    ImGui::PushItemWidth(em * 12);
    const ChoroplethSettings settings = choropleth_settings(state);
    level_choice(state);
    shown_choice(state, settings);
    method_choice(state, settings);
    int count = settings.count;
    if (settings.method != ClassMethod::manual &&
        ImGui::SliderInt(t.c_str("Number"), &count, 2, scene::max_classes, "%d",
                         ImGuiSliderFlags_AlwaysClamp)) {
      ChoroplethSettings changed = settings;
      changed.count = count;
      set_choropleth(state, std::move(changed), Gesture::dragged);
    }
    ramp_choice(state, choropleth_settings(state));
    if (settings.method == ClassMethod::manual) limits_by_hand(state, choropleth_settings(state));
    ImGui::PopItemWidth();
    ImGui::Separator();
    class_list(state);
  }
  ImGui::End();
}

}  // namespace xiangtu::viewer
