#include "viewer/panels/style_properties.hpp"

#include <algorithm>
#include <optional>

#include <imgui.h>

#include "render/scene/style_words.hpp"
#include "viewer/panels/swatches.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;
using scene::StyleRule;
using scene::ZoomSize;

namespace {

constexpr double closest_zoom = 22, widest_px = 60;

// "Set here" before the value.
template <class Value>
void set_here(const std::optional<Value>& own, const Value& shown, const scene::Part<Value>& part,
              const ChangeRule& change) {
  bool set = own.has_value();
  if (!ImGui::Checkbox("##set", &set)) return;
  change([&](StyleRule& rule) { part(rule) = set ? std::optional<Value>(shown) : std::nullopt; },
         Gesture::single);
}

bool edit_value(const char* id, scene::Colour& colour) {
  return colour_button(id, colour, true);
}

bool edit_value(const char* id, double& number) {
  auto value = static_cast<float>(number);
  if (!ImGui::DragFloat(id, &value, 0.05f, -1000, 1000, "%.2f")) return false;
  number = static_cast<double>(value);
  return true;
}

bool edit_value(const char* id, int& number) {
  return ImGui::DragInt(id, &number, 0.3f, -1000, 1000);
}

bool edit_pixels(const char* id, double& pixels) {
  auto value = static_cast<float>(pixels);
  if (!ImGui::DragFloat(id, &value, 0.05f, 0, static_cast<float>(widest_px), "%.1f px",
                        ImGuiSliderFlags_AlwaysClamp))
    return false;
  pixels = static_cast<double>(value);
  return true;
}

// Zooms ascend, whatever is typed.
ZoomSize size_of(std::vector<ZoomSize::Stop> stops) {
  std::stable_sort(stops.begin(), stops.end(), [](const auto& a, const auto& b) { return a.zoom < b.zoom; });
  stops.erase(
      std::unique(stops.begin(), stops.end(), [](const auto& a, const auto& b) { return a.zoom == b.zoom; }),
      stops.end());
  return ZoomSize{std::move(stops)};
}

bool edit_stops(const Catalogue& t, ZoomSize& size, double zoom) {
  std::vector<ZoomSize::Stop> stops = size.stops();
  bool changed = false;
  std::optional<std::size_t> removed;
  const float em = ImGui::GetFontSize();
  for (std::size_t i = 0; i < stops.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    auto at = static_cast<float>(stops[i].zoom);
    ImGui::SetNextItemWidth(em * 4);
    // Between its neighbours, so that stops do not change places under the pointer.
    const float low = i > 0 ? static_cast<float>(stops[i - 1].zoom) + 0.1f : 0;
    const float high = i + 1 < stops.size() ? static_cast<float>(stops[i + 1].zoom) - 0.1f
                                            : static_cast<float>(closest_zoom);
    if (ImGui::DragFloat("##zoom", &at, 0.05f, low, high, "z %.1f", ImGuiSliderFlags_AlwaysClamp)) {
      stops[i].zoom = static_cast<double>(at);
      changed = true;
    }
    ImGui::SameLine();
    ImGui::SetNextItemWidth(em * 4);
    changed = edit_pixels("##px", stops[i].pixels) || changed;
    ImGui::SameLine();
    if (ImGui::SmallButton("×")) removed = i;
    ImGui::PopID();
  }
  if (removed) stops.erase(stops.begin() + static_cast<std::ptrdiff_t>(*removed));
  const bool added = ImGui::SmallButton("+");
  if (added)
    stops.push_back({stops.empty() ? zoom : std::min(stops.back().zoom + 1, closest_zoom), size.at(zoom)});
  ImGui::SameLine();
  const bool plain = ImGui::SmallButton(t.c_str("same at every zoom"));
  if (plain) stops = {{0, std::max(size.at(zoom), 0.1)}};
  if (!changed && !removed && !added && !plain) return false;
  size = size_of(std::move(stops));
  return true;
}

bool edit_size(const Catalogue& t, ZoomSize& size, double zoom) {
  const auto& stops = size.stops();
  const bool plain = stops.empty() || (stops.size() == 1 && stops[0].zoom == 0);
  if (!plain) return edit_stops(t, size, zoom);
  double pixels = size.at(zoom);
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 5);
  if (edit_pixels("##px", pixels)) {
    size = pixels > 0 ? ZoomSize{pixels} : ZoomSize{};
    return true;
  }
  ImGui::SameLine();
  if (!ImGui::SmallButton(t.c_str("by zoom"))) return false;
  const double now = std::max(pixels, 1.0);
  size = ZoomSize{{{9, now / 2}, {12, now}, {16, now * 2}}};
  return true;
}

template <class Value, class Edit>
void value_row(const StyleRule& rule, const StyleRule& under, const scene::Part<Value>& part,
               const ChangeRule& change, const Edit& edit) {
  StyleRule own = rule, below = under;
  Value shown = part(own) ? *part(own) : part(below).value_or(Value{});
  set_here(part(own), shown, part, change);
  ImGui::SameLine();
  ImGui::BeginGroup();
  if (!part(own)) ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 0.45f);
  const bool changed = edit(shown);
  if (!part(own)) ImGui::PopStyleVar();
  ImGui::EndGroup();
  if (changed) change([&](StyleRule& target) { part(target) = shown; }, Gesture::dragged);
}

template <class Words>
auto part_of(const Words& words, std::string_view word) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& each) { return each.first == word; });
  return found == words.end() ? nullptr : found->second;
}

// One of a few words in a list.
template <class Value, std::size_t count>
void choice_row(const Catalogue& t, const std::array<scene::Word<Value>, count>& words,
                std::optional<Value> StyleRule::*member, const StyleRule& rule, const StyleRule& under,
                const ChangeRule& change) {
  bool set = (rule.*member).has_value();
  const Value shown = (rule.*member).value_or((under.*member).value_or(Value{}));
  if (ImGui::Checkbox("##set", &set))
    change([&](StyleRule& target) { target.*member = set ? std::optional<Value>(shown) : std::nullopt; },
           Gesture::single);
  ImGui::SameLine();
  const auto name = [&](Value value) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const auto& each) { return each.second == value; });
    return std::string{t(found->first)};
  };
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 8);
  if (!ImGui::BeginCombo("##choice", name(shown).c_str())) return;
  for (const auto& [word, value] : words)
    if (ImGui::Selectable(name(value).c_str(), value == shown))
      change([&, chosen = value](StyleRule& target) { target.*member = chosen; }, Gesture::single);
  ImGui::EndCombo();
}

void dash_row(const StyleRule& rule, const StyleRule& under, const ChangeRule& change) {
  bool set = rule.dash_on.has_value();
  float dash[2] = {static_cast<float>(rule.dash_on.value_or(under.dash_on.value_or(0))),
                   static_cast<float>(rule.dash_off.value_or(under.dash_off.value_or(0)))};
  const auto take = [&](StyleRule& target) {
    target.dash_on = set ? std::optional(static_cast<double>(dash[0])) : std::nullopt;
    target.dash_off = set ? std::optional(static_cast<double>(dash[1])) : std::nullopt;
  };
  if (ImGui::Checkbox("##set", &set)) change(take, Gesture::single);
  ImGui::SameLine();
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 8);
  if (!ImGui::DragFloat2("##dash", dash, 0.05f, 0, 20, "%.1f", ImGuiSliderFlags_AlwaysClamp)) return;
  set = true;
  change(take, Gesture::dragged);
}

}  // namespace

void property_row(const Catalogue& t, const StyleRow& row, const StyleRule& rule, const StyleRule& under,
                  double zoom, const ChangeRule& change) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(t.c_str(row.name));
  ImGui::TableNextColumn();
  ImGui::PushID(row.word.data());
  if (row.word == "shape")
    choice_row(t, scene::shape_words, &StyleRule::shape, rule, under, change);
  else if (row.word == "hatch")
    choice_row(t, scene::hatch_words, &StyleRule::hatch, rule, under, change);
  else if (row.word == "dash")
    dash_row(rule, under, change);
  else if (const auto colour = part_of(scene::colour_words, row.word))
    value_row<scene::Colour>(rule, under, colour, change,
                             [](scene::Colour& value) { return edit_value("##value", value); });
  else if (const auto size = part_of(scene::size_words, row.word))
    value_row<ZoomSize>(rule, under, size, change,
                        [&](ZoomSize& value) { return edit_size(t, value, zoom); });
  else if (const auto number = part_of(scene::number_words, row.word))
    value_row<double>(rule, under, number, change, [](double& value) {
      ImGui::SetNextItemWidth(ImGui::GetFontSize() * 5);
      return edit_value("##value", value);
    });
  else if (const auto whole = part_of(scene::whole_number_words, row.word))
    value_row<int>(rule, under, whole, change, [](int& value) {
      ImGui::SetNextItemWidth(ImGui::GetFontSize() * 5);
      return edit_value("##value", value);
    });
  ImGui::PopID();
}

}  // namespace xiangtu::viewer
