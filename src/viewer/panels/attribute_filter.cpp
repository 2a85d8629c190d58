// The bar over the attribute table: layer, filter with completion, what is shown.
#include <algorithm>
#include <utility>

#include <imgui.h>

#include <imgui_stdlib.h>

#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/theme.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr std::size_t offers_seen = 8;

void layer_choice(AppState& state, const scene::MapLayer& shown) {
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 9);
  if (!ImGui::BeginCombo("##layer", shown.name.c_str())) return;
  const auto& layers = state.scene.layers();
  scene::LayerId chosen;
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (!layer->role) continue;
    ImGui::PushID(static_cast<int>(layer->id.value));
    if (ImGui::Selectable(layer->name.c_str(), layer->id == shown.id)) chosen = layer->id;
    ImGui::PopID();
  }
  ImGui::EndCombo();
  if (chosen.exists()) show_attributes(state, chosen);
}

// The box tells where its cursor is, puts it where a completion ended, and hands the keys of the list over.
int on_edit(ImGuiInputTextCallbackData* data) {
  AppState& state = *static_cast<AppState*>(data->UserData);
  FilterCompletion& completion = state.attributes.completion;
  const auto offers = static_cast<int>(completion.found.offers.size());
  if (data->EventFlag == ImGuiInputTextFlags_CallbackHistory && completion.open && offers > 0) {
    const int step = data->EventKey == ImGuiKey_UpArrow ? -1 : 1;
    completion.chosen = std::clamp(completion.chosen + step, -1, offers - 1);
    return 0;
  }
  if (data->EventFlag == ImGuiInputTextFlags_CallbackCompletion && completion.open && offers > 0) {
    // The box holds the text while it is edited: the change is made there, and it hands it back.
    const std::string text = text_of_offer(state, static_cast<std::size_t>(std::max(completion.chosen, 0)));
    data->DeleteChars(static_cast<int>(completion.found.begin),
                      static_cast<int>(completion.found.end - completion.found.begin));
    data->InsertChars(static_cast<int>(completion.found.begin), text.c_str());
    completion.cursor = static_cast<std::size_t>(data->CursorPos);
    return 0;
  }
  if (completion.cursor_to) {
    data->CursorPos = data->SelectionStart = data->SelectionEnd = *completion.cursor_to;
    completion.cursor_to.reset();
  }
  completion.cursor = static_cast<std::size_t>(data->CursorPos);
  return 0;
}

void offer_list(AppState& state, ImVec2 below, bool editing) {
  FilterCompletion& completion = state.attributes.completion;
  if (!completion.open || completion.found.offers.empty()) return;
  const auto& offers = completion.found.offers;
  const float line = ImGui::GetTextLineHeightWithSpacing();
  const float height =
      line * static_cast<float>(std::min(offers.size(), offers_seen)) + ImGui::GetStyle().WindowPadding.y * 2;
  ImGui::SetNextWindowPos(below);
  ImGui::SetNextWindowSize({ImGui::GetFontSize() * 22, height});
  ImGui::Begin("filter offers", nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoNav);
  const bool pointed_at = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  std::optional<std::size_t> taken;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const bool chosen = static_cast<int>(i) == completion.chosen;
    if (ImGui::Selectable("##offer", chosen)) taken = i;
    if (chosen) ImGui::SetScrollHereY();
    ImGui::SameLine(0, 0);
    ImGui::TextUnformatted(offers[i].text.c_str());
    if (!offers[i].label.empty()) {
      ImGui::SameLine();
      ImGui::TextDisabled("%s", offers[i].label.c_str());
    }
    ImGui::PopID();
  }
  ImGui::End();
  if (taken)
    take_completion(state, *taken);
  else if (!editing && !pointed_at && !completion.cursor_to)
    completion.open = false;
}

void filter_box(AppState& state) {
  const Catalogue& t = state.catalogue;
  AttributesState& attributes = state.attributes;
  LayerTable& kept = layer_table(state);
  if (attributes.completion.cursor_to) ImGui::SetKeyboardFocusHere();  // back from the list
  const float buttons = ImGui::GetFontSize() * 5;
  ImGui::SetNextItemWidth(std::max(ImGui::GetContentRegionAvail().x - buttons, ImGui::GetFontSize() * 8));
  const bool wrong = kept.filter_issue.has_value();
  if (wrong) ImGui::PushStyleColor(ImGuiCol_Text, error_colour());
  const bool entered = ImGui::InputTextWithHint(
      "##filter", t.c_str("filter, such as: surface = 'earth' and width_m < 4"), &kept.typed,
      ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackAlways |
          ImGuiInputTextFlags_CallbackCompletion | ImGuiInputTextFlags_CallbackHistory,
      on_edit, &state);
  if (wrong) ImGui::PopStyleColor();
  const bool editing = ImGui::IsItemActive();
  const ImVec2 below{ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + 2};
  if (ImGui::IsItemEdited() ||
      (ImGui::IsItemActivated() && !std::exchange(attributes.completion.waits, false)))
    complete_filter(state, attributes.completion.cursor);
  if (entered && attributes.completion.open && attributes.completion.chosen >= 0)
    take_completion(state, static_cast<std::size_t>(attributes.completion.chosen));
  else if (entered)
    enter_filter(state);
  offer_list(state, below, editing);
  ImGui::SameLine();
  if (ImGui::Button(t.c_str("Filter"))) filter_attributes(state);
  ImGui::SameLine();
  if (ImGui::Button("×") && !(kept.filter.empty() && kept.typed.empty())) filter_attributes(state, "");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str("all rows again"));
}

void options(AppState& state) {
  const Catalogue& t = state.catalogue;
  AttributesState& attributes = state.attributes;
  bool filters_map = attributes.filter_map;
  if (ImGui::Checkbox(t.c_str("filter the map too"), &filters_map)) filter_map(state, filters_map);
  ImGui::SameLine();
  ImGui::Checkbox(t.c_str("only in view"), &attributes.only_in_view);
  ImGui::SameLine();
  ImGui::Checkbox(t.c_str("only selected"), &attributes.only_selected);
  ImGui::SameLine();
  ImGui::Checkbox(t.c_str("select in this layer only"), &state.tool.only_table_layer);
  if (ImGui::IsItemHovered())
    ImGui::SetTooltip("%s", t.c_str("Boxes and polygons on the map select in the table's layer alone; "
                                    "otherwise in all visible layers but counties and townships."));
  ImGui::SameLine();
  if (ImGui::SmallButton(t.c_str("Export…"))) ask_for_file(state, FileChoice::save_rows);
}

}  // namespace

void draw_attribute_filter(AppState& state) {
  const Catalogue& t = state.catalogue;
  const scene::MapLayer& layer = *table_layer(state);
  layer_choice(state, layer);
  ImGui::SameLine();
  filter_box(state);
  options(state);
  ImGui::SameLine();
  ImGui::TextDisabled("%s", shown_rows_text(state).c_str());
  if (const auto& issue = layer_table(state).filter_issue) {
    ImGui::PushStyleColor(ImGuiCol_Text, error_colour());
    ImGui::TextWrapped("%s", issue->message.in(t).c_str());
    ImGui::PopStyleColor();
  }
}

}  // namespace xiangtu::viewer
