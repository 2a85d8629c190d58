#include <fmt/format.h>

#include "viewer/commands/attributes.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

void layer_popup(AppState& state, const scene::MapLayer& layer, scene::LayerLook& look) {
  const Catalogue& t = state.catalogue;
  auto opacity = static_cast<float>(look.opacity * 100);
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 9);
  if (ImGui::SliderFloat(t.c_str("Opacity"), &opacity, 0, 100, "%.0f%%"))
    look.opacity = static_cast<double>(opacity) / 100;
  bool tinted = look.tint.has_value();
  if (ImGui::Checkbox(t.c_str("One colour"), &tinted))
    look.tint = tinted ? std::optional(scene::Colour{31, 111, 159, 255}) : std::nullopt;
  if (look.tint) {
    float rgb[3] = {static_cast<float>(look.tint->r) / 255, static_cast<float>(look.tint->g) / 255,
                    static_cast<float>(look.tint->b) / 255};
    ImGui::SameLine();
    if (ImGui::ColorEdit3("##colour", rgb, ImGuiColorEditFlags_NoInputs))
      look.tint =
          scene::Colour{static_cast<std::uint8_t>(rgb[0] * 255), static_cast<std::uint8_t>(rgb[1] * 255),
                        static_cast<std::uint8_t>(rgb[2] * 255), 255};
  }
  ImGui::Checkbox(t.c_str("Names"), &look.labels);
  if (ImGui::MenuItem(t.c_str("Zoom to layer"))) fit_layer(state, layer.id);
  if (layer.role && ImGui::MenuItem(t.c_str("Attribute table"))) show_attributes(state, layer.id);
  if (ImGui::MenuItem(t.c_str("Up"))) move_layer(state, layer.id, 1);
  if (ImGui::MenuItem(t.c_str("Down"))) move_layer(state, layer.id, -1);
}

void layer_row(AppState& state, scene::LayerId id) {
  scene::LayerLook* look = state.scene.look(id);
  const scene::MapLayer& layer = *state.scene.find(id);
  ImGui::PushID(static_cast<int>(id.value));
  ImGui::Checkbox("##visible", &look->visible);
  ImGui::SameLine();
  ImGui::Selectable(layer.name.c_str(), false, ImGuiSelectableFlags_AllowDoubleClick,
                    {ImGui::GetContentRegionAvail().x - ImGui::GetFontSize() * 6.5f, 0});
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) fit_layer(state, id);
  if (ImGui::BeginDragDropSource()) {
    ImGui::SetDragDropPayload("layer", &id, sizeof(id));
    ImGui::TextUnformatted(layer.name.c_str());
    ImGui::EndDragDropSource();
  }
  scene::LayerId dropped;
  if (ImGui::BeginDragDropTarget()) {
    if (const ImGuiPayload* payload = ImGui::AcceptDragDropPayload("layer"))
      dropped = *static_cast<const scene::LayerId*>(payload->Data);
    ImGui::EndDragDropTarget();
  }
  if (ImGui::BeginPopupContextItem("layer menu")) {
    layer_popup(state, layer, *look);
    ImGui::EndPopup();
  }
  ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::GetFontSize() * 5.5f);
  ImGui::TextDisabled("%7zu", layer.table->size());
  ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::GetFontSize() * 1.4f);
  if (ImGui::SmallButton("…")) ImGui::OpenPopup("layer menu");
  ImGui::PopID();
  if (!dropped.exists()) return;
  const auto& layers = state.scene.layers();
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (layers[i].id == id) return state.scene.move(dropped, i);
}

}  // namespace

void draw_layers(AppState& state) {
  ImGui::TextDisabled("%s", state.catalogue.c_str("Layers"));
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
