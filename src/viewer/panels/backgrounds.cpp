// Below the layers: the pictures of the ground, topmost first.
#include <iterator>

#include "viewer/commands/backgrounds.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/theme.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr const char* drawing_labels[] = {"As a picture", "Hillshade", "Hillshade over tints by height"};

void choices(AppState& state, const scene::Background& background) {
  const Catalogue& t = state.catalogue;
  const scene::BackgroundLook look = background.look;
  auto opacity = static_cast<float>(look.opacity * 100);
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 8);
  if (ImGui::SliderFloat(t.c_str("Opacity"), &opacity, 0, 100, "%.0f%%"))
    set_background_opacity(state, background.id, static_cast<double>(opacity) / 100, Gesture::dragged);
  if (background.source->facts().content == raster::Content::heights)
    for (std::size_t i = 0; i < std::size(drawing_labels); ++i) {
      const auto drawing = static_cast<raster::Drawing>(i);
      if (ImGui::RadioButton(t.c_str(drawing_labels[i]), look.drawing == drawing))
        set_background_drawing(state, background.id, drawing);
    }
  ImGui::Separator();
  if (state.scene.backgrounds().trouble(background.id) && ImGui::MenuItem(t.c_str("Try again")))
    retry_background(state, background.id);
  if (ImGui::MenuItem(t.c_str("Zoom to background"))) fit_background(state, background.id);
  if (ImGui::MenuItem(t.c_str("Up"))) move_background(state, background.id, 1);
  if (ImGui::MenuItem(t.c_str("Down"))) move_background(state, background.id, -1);
  // Last: the background is gone afterwards.
  if (ImGui::MenuItem(t.c_str("Remove"))) remove_background(state, background.id);
}

void row(AppState& state, scene::BackgroundId id) {
  const scene::Background& background = *state.scene.backgrounds().find(id);
  const auto& trouble = state.scene.backgrounds().trouble(id);
  const float em = ImGui::GetFontSize();
  ImGui::PushID("background");
  ImGui::PushID(static_cast<int>(id.value));
  bool visible = background.look.visible;
  if (ImGui::Checkbox("##visible", &visible)) show_background(state, id, visible);
  ImGui::SameLine();
  ImGui::Selectable(background.name.c_str(), false, ImGuiSelectableFlags_AllowDoubleClick,
                    {ImGui::GetContentRegionAvail().x - em * 3.2f, 0});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && trouble) ImGui::SetTooltip("%s", trouble->message.in(state.catalogue).c_str());
  if (hovered && ImGui::IsMouseDoubleClicked(0)) fit_background(state, id);
  if (trouble) {
    ImGui::SameLine(ImGui::GetContentRegionMax().x - em * 2.6f);
    ImGui::TextColored(error_colour(), "!");
  }
  ImGui::SameLine(ImGui::GetContentRegionMax().x - em * 1.4f);
  if (ImGui::SmallButton("…")) ImGui::OpenPopup("choices");
  if (ImGui::BeginPopup("choices")) {
    choices(state, background);
    ImGui::EndPopup();
  }
  ImGui::PopID();
  ImGui::PopID();
}

}  // namespace

void draw_backgrounds(AppState& state) {
  std::vector<scene::BackgroundId> ids;
  for (const scene::Background& background : state.scene.backgrounds().all())
    ids.insert(ids.begin(), background.id);
  if (ids.empty()) return;
  ImGui::Spacing();
  ImGui::TextDisabled("%s", state.catalogue.c_str("Backgrounds"));
  ImGui::Separator();
  for (const scene::BackgroundId id : ids) row(state, id);
}

}  // namespace xiangtu::viewer
