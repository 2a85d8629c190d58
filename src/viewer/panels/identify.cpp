#include <filesystem>

#include "base/text.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr std::size_t most_features = 30;

std::string cell_text(const io::Schema& schema, table::Role role, const table::Column& column,
                      std::size_t row, const Catalogue& t) {
  std::string text = column.shown(row);
  const io::FieldSpec* field = schema.field(role, column.name);
  if (field && field->type == io::FieldType::boolean && !text.empty())
    return std::string{t(text == "0" ? "no" : "yes")};
  if (field && field->type == io::FieldType::choice && !text.empty())
    return std::string{schema.choice_label(role, column.name, text, t.language())};
  return text;
}

void feature_fields(const AppState& state, const scene::MapLayer& layer, std::size_t row) {
  const io::Schema& schema = state.region->workspace->schema();
  const Language language = state.catalogue.language();
  if (!ImGui::BeginTable("fields", 2, ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_RowBg)) return;
  for (const table::Column& column : layer.table->columns) {
    ImGui::TableNextColumn();
    ImGui::TextDisabled("%s", schema.field_label(*layer.role, column.name, language).c_str());
    ImGui::TableNextColumn();
    const std::string text = cell_text(schema, *layer.role, column, row, state.catalogue);
    if (text.empty())
      ImGui::TextDisabled("—");
    else
      ImGui::TextWrapped("%s", text.c_str());
  }
  ImGui::EndTable();
}

}  // namespace

void draw_identify(AppState& state) {
  const Catalogue& t = state.catalogue;
  ImGui::TextDisabled("%s", t.c_str("What is here"));
  ImGui::Separator();
  if (!state.region || state.selection.features.empty()) {
    ImGui::TextWrapped("%s", t.c_str("Click on the map to see every field of what is there."));
    return;
  }
  const bool has_card = draw_village_card(state);
  for (std::size_t i = 0; i < state.selection.features.size() && i < most_features; ++i) {
    const scene::Picked& picked = state.selection.features[i];
    const scene::MapLayer* layer = state.scene.find(picked.layer);
    if (!layer || !layer->role) continue;
    const table::Column* name = layer->table->find("name");
    const table::Column* code = layer->table->find("code");
    std::string title = name ? name->shown(picked.row.value) : "";
    if (title.empty() && code) title = code->shown(picked.row.value);
    ImGui::PushID(static_cast<int>(i));
    const std::string heading = layer->name + " · " + title + "###feature";
    const bool unfolded =
        ImGui::CollapsingHeader(heading.c_str(), i == 0 && !has_card ? ImGuiTreeNodeFlags_DefaultOpen : 0);
    if (ImGui::IsItemClicked()) state.scene.select({{picked.layer, {picked.row}}});
    if (unfolded) {
      feature_fields(state, *layer, picked.row.value);
      const std::string origin = Message("row {2} of layer {1} in {0}",
                                         std::filesystem::path{layer->table->source.path}.filename().string(),
                                         layer->table->source.layer, layer->table->row_ids[picked.row.value])
                                     .in(t);
      ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
      ImGui::TextWrapped("%s", origin.c_str());
      ImGui::PopStyleColor();
      if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", layer->table->source.path.c_str());
    }
    ImGui::PopID();
  }
}

}  // namespace xiangtu::viewer
