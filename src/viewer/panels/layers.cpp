#include <filesystem>

#include "base/text.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/commands/document.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/styles.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/swatches.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

void tint_choice(AppState& state, const scene::MapLayer& layer) {
  constexpr scene::Colour first_tint{31, 111, 159, 255};
  bool tinted = layer.look.tint.has_value();
  if (ImGui::Checkbox(state.catalogue.c_str("One colour"), &tinted))
    set_tint(state, layer.id, tinted ? std::optional(first_tint) : std::nullopt);
  if (!layer.look.tint) return;
  scene::Colour colour = *layer.look.tint;
  ImGui::SameLine();
  if (colour_button("##colour", colour, false)) set_tint(state, layer.id, colour, Gesture::dragged);
}

void layer_popup(AppState& state, const scene::MapLayer& layer) {
  const Catalogue& t = state.catalogue;
  auto opacity = static_cast<float>(layer.look.opacity * 100);
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 9);
  if (ImGui::SliderFloat(t.c_str("Opacity"), &opacity, 0, 100, "%.0f%%", ImGuiSliderFlags_AlwaysClamp))
    set_opacity(state, layer.id, static_cast<double>(opacity) / 100, Gesture::dragged);
  tint_choice(state, layer);
  bool names = layer.look.labels;
  if (ImGui::Checkbox(t.c_str("Names"), &names)) show_names(state, layer.id, names);
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Style…"))) open_style_editor(state, layer.id);
  if (ImGui::MenuItem(t.c_str("Shipped style"), nullptr, false, has_own_style(state, layer)))
    reset_style(state, name_of(layer));
  ImGui::Separator();
  if (ImGui::MenuItem(t.c_str("Zoom to layer"))) fit_layer(state, layer.id);
  if (layer.role && ImGui::MenuItem(t.c_str("Attribute table"))) show_attributes(state, layer.id);
  if (ImGui::MenuItem(t.c_str("Up"))) move_layer(state, layer.id, 1);
  if (ImGui::MenuItem(t.c_str("Down"))) move_layer(state, layer.id, -1);
}

void layer_tooltip(const AppState& state, const scene::MapLayer& layer,
                   const std::optional<NotDrawn>& not_drawn) {
  const table::Source& source = layer.table->source;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ImGui::GetFontSize() * 30);
  ImGui::TextUnformatted(layer.name.c_str());
  ImGui::TextDisabled(
      "%s", Message("{0}, layer {1}: {2} rows", std::filesystem::path{source.path}.filename().string(),
                    source.layer, layer.table->size())
                .in(state.catalogue)
                .c_str());
  if (not_drawn)
    ImGui::TextUnformatted(Message("Not seen at this zoom, {0}: {1}", zoom_text(state.camera.zoom()),
                                   not_drawn->why.in(state.catalogue))
                               .in(state.catalogue)
                               .c_str());
  ImGui::TextDisabled("%s", state.catalogue.c_str("Drag to reorder; double click to edit the style"));
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

// Where a dragged layer would go: a line above the row it is over. Returns the layer that was dropped.
scene::LayerId dropped_on_row() {
  scene::LayerId dropped;
  if (!ImGui::BeginDragDropTarget()) return dropped;
  constexpr ImGuiDragDropFlags quiet =
      ImGuiDragDropFlags_AcceptBeforeDelivery | ImGuiDragDropFlags_AcceptNoDrawDefaultRect;
  if (const ImGuiPayload* payload = ImGui::AcceptDragDropPayload("layer", quiet)) {
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImGui::GetWindowDrawList()->AddLine({from.x, from.y - 2}, {to.x, from.y - 2},
                                        ImGui::GetColorU32(ImGuiCol_SeparatorActive), 3);
    if (payload->IsDelivery()) dropped = *static_cast<const scene::LayerId*>(payload->Data);
  }
  ImGui::EndDragDropTarget();
  return dropped;
}

// seen: at this zoom.
void layer_name(AppState& state, const scene::MapLayer& layer, float right, bool seen) {
  swatch(layer_swatch(layer), ImGui::GetFontSize() * 1.2f, ImGui::GetStyle().FramePadding.y);
  ImGui::SameLine();
  const float room = right - ImGui::GetCursorPosX();
  const bool quiet = !layer.look.visible || !seen;
  if (quiet) ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  ImGui::Selectable(layer.name.c_str(), state.style_editor.layer == name_of(layer),
                    ImGuiSelectableFlags_AllowDoubleClick, {std::max(room, 1.0f), 0});
  if (quiet) ImGui::PopStyleColor();
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) open_style_editor(state, layer.id);
}

void layer_row(AppState& state, scene::LayerId id) {
  const scene::MapLayer& layer = *state.scene.find(id);
  const float em = ImGui::GetFontSize();
  ImGui::PushID(static_cast<int>(id.value));
  bool visible = layer.look.visible;
  if (ImGui::Checkbox("##visible", &visible)) show_layer(state, id, visible);
  ImGui::SameLine();
  // In place of the number of rows what keeps them from being seen.
  const std::optional<NotDrawn> absent = not_drawn(layer, state.camera.zoom());
  const std::string count = absent && absent->from ? "z ≥ " + format_number(*absent->from, 2)
                                                   : with_thousands(std::to_string(layer.table->size()));
  const float button = ImGui::GetContentRegionMax().x - em * 1.4f;
  const float number = button - ImGui::CalcTextSize(count.c_str()).x - em * 0.5f;
  layer_name(state, layer, number - em * 0.3f, !absent);
  if (ImGui::IsItemHovered() && !ImGui::IsMouseDragging(0)) layer_tooltip(state, layer, absent);
  if (ImGui::BeginDragDropSource()) {
    ImGui::SetDragDropPayload("layer", &id, sizeof(id));
    ImGui::TextUnformatted(layer.name.c_str());
    ImGui::EndDragDropSource();
  }
  const scene::LayerId dropped = dropped_on_row();
  if (ImGui::BeginPopupContextItem("layer menu")) {
    layer_popup(state, layer);
    ImGui::EndPopup();
  }
  ImGui::SameLine(number);
  ImGui::TextDisabled("%s", count.c_str());
  ImGui::SameLine(button);
  if (ImGui::SmallButton("…")) ImGui::OpenPopup("layer menu");
  ImGui::PopID();
  if (!dropped.exists()) return;
  const auto& layers = state.scene.layers();
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (layers[i].id == id) return place_layer(state, dropped, i);
}

void heading(AppState& state) {
  const Catalogue& t = state.catalogue;
  ImGui::TextDisabled("%s", t.c_str("Layers"));
  if (state.scene.layers().empty()) return;
  const char* all = t.c_str("all");
  const char* none = t.c_str("none");
  const float width = ImGui::CalcTextSize(all).x + ImGui::CalcTextSize(none).x +
                      ImGui::GetStyle().FramePadding.x * 4 + ImGui::GetStyle().ItemSpacing.x;
  ImGui::SameLine(std::max(ImGui::GetContentRegionMax().x - width, ImGui::GetFontSize() * 5));
  if (ImGui::SmallButton(all)) show_all_layers(state, true);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str("show all layers"));
  ImGui::SameLine();
  if (ImGui::SmallButton(none)) show_all_layers(state, false);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str("hide all layers"));
}

}  // namespace

void draw_layers(AppState& state) {
  heading(state);
  ImGui::Separator();
  if (!state.region) {
    const char* why = state.jobs.jobs().empty() ? "Nothing is open yet." : "Reading…";
    return ImGui::TextWrapped("%s", state.catalogue.c_str(why));
  }
  if (state.scene.layers().empty())
    ImGui::TextWrapped("%s", state.catalogue.c_str("There is nothing to draw in what is open."));
  // Topmost first, as they lie on the map.
  std::vector<scene::LayerId> ids;
  for (const scene::MapLayer& layer : state.scene.layers()) ids.insert(ids.begin(), layer.id);
  for (const scene::LayerId id : ids) layer_row(state, id);
}

}  // namespace xiangtu::viewer
