#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/text.hpp"
#include "viewer/cell_text.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

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

// "312 natural villages: 4,310 households, 15,004 people"
void selected_counts(const AppState& state) {
  const Catalogue& t = state.catalogue;
  const io::Schema& schema = state.region->workspace->schema();
  for (const SelectedCount& count : state.selection.counts) {
    const scene::MapLayer* layer = state.scene.find(count.layer);
    if (!layer || !layer->role) continue;
    const std::string kind =
        count.kind.empty() ? layer->name
                           : std::string{schema.choice_label(*layer->role, "kind", count.kind, t.language())};
    ImGui::TextUnformatted((kind + ": " + with_thousands(std::to_string(count.rows))).c_str());
    for (const SelectedCount::Sum& sum : count.sums) {
      const std::string label = sum.field == measured_km
                                    ? std::string{t("Length on the map (km)")}
                                    : schema.field_label(*layer->role, sum.field, t.language());
      std::string text = label + "  " + with_thousands(format_number(sum.value, 1));
      if (sum.unknown > 0)
        text += "  " + Message("({0} unknown)", with_thousands(std::to_string(sum.unknown))).in(t);
      ImGui::TextDisabled("   %s", text.c_str());
    }
  }
  ImGui::Separator();
}

void stepping(AppState& state) {
  const SelectionState& selection = state.selection;
  if (selection.features.size() < 2) return;
  ImGui::SameLine();
  const std::string place = with_thousands(std::to_string(selection.described + 1)) + " / " +
                            with_thousands(std::to_string(selection.features.size()));
  const float arrow = ImGui::GetFrameHeight(), gap = ImGui::GetStyle().ItemSpacing.x;
  ImGui::SameLine(ImGui::GetContentRegionMax().x - 2 * arrow - 2 * gap -
                  ImGui::CalcTextSize(place.c_str()).x);
  if (ImGui::ArrowButton("previous", ImGuiDir_Left)) step_described(state, -1);
  ImGui::SameLine();
  ImGui::TextUnformatted(place.c_str());
  ImGui::SameLine();
  if (ImGui::ArrowButton("next", ImGuiDir_Right)) step_described(state, 1);
}

// Through the list of many: "31–60 of 4,310".
void pages(AppState& state) {
  const SelectionState& selection = state.selection;
  const std::size_t all = selection.features.size();
  if (all <= listed_at_once) return;
  const auto number = [](std::size_t of) { return with_thousands(std::to_string(of)); };
  if (ImGui::ArrowButton("page back", ImGuiDir_Left)) turn_pages(state, -1);
  ImGui::SameLine();
  ImGui::TextUnformatted(Message("{0}–{1} of {2}", number(selection.listed + 1),
                                 number(std::min(selection.listed + listed_at_once, all)), number(all))
                             .in(state.catalogue)
                             .c_str());
  ImGui::SameLine();
  if (ImGui::ArrowButton("page forth", ImGuiDir_Right)) turn_pages(state, 1);
}

std::string title_of(const scene::MapLayer& layer, std::size_t row) {
  const table::Column* name = layer.table->find("name");
  const table::Column* code = layer.table->find("code");
  std::string title = name ? name->shown(row) : "";
  if (title.empty() && code) title = code->shown(row);
  return layer.name + " · " + title;
}

// to_it: it was stepped to, so that it is brought into sight.
void feature(AppState& state, std::size_t i, bool step_taken, bool to_it, bool below_card) {
  const scene::Picked picked = state.selection.features[i];
  const scene::MapLayer* layer = state.scene.find(picked.layer);
  if (!layer || !layer->role) return;
  const bool looked_at = i == state.selection.described;
  if (step_taken) ImGui::SetNextItemOpen(looked_at && !below_card);
  const std::string heading = title_of(*layer, picked.row.value) + "###feature";
  const bool unfolded =
      ImGui::CollapsingHeader(heading.c_str(), looked_at && !below_card ? ImGuiTreeNodeFlags_DefaultOpen : 0);
  // To the first with what stands above all: how many there are, and the heights of the ground.
  if (to_it && looked_at) i == 0 ? ImGui::SetScrollY(0) : ImGui::SetScrollHereY(0);
  if (ImGui::IsItemClicked()) describe(state, i);
  if (!unfolded) return;
  draw_scenario_buttons(state, *layer->role, picked.row);
  feature_fields(state, *layer, picked.row.value);
  const std::string origin = Message("row {2} of layer {1} in {0}",
                                     std::filesystem::path{layer->table->source.path}.filename().string(),
                                     layer->table->source.layer, layer->table->row_ids[picked.row.value])
                                 .in(state.catalogue);
  ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  ImGui::TextWrapped("%s", origin.c_str());
  ImGui::PopStyleColor();
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", layer->table->source.path.c_str());
}

// "heights.tif  1,234.5 m"
void background_reading(const BackgroundReading& background, const Catalogue& t) {
  std::string values;
  bool known = false;
  if (background.reading)
    for (const std::optional<double>& value : background.reading->bands) {
      known = known || value;
      values += (values.empty() ? "" : ", ") + (value ? with_thousands(format_number(*value, 2)) : "—");
    }
  ImGui::TextUnformatted(background.name.c_str());
  ImGui::SameLine();
  if (!background.reading)
    ImGui::TextDisabled("%s", t.c_str("cannot be read"));
  else if (!known)
    ImGui::TextDisabled("%s", t.c_str("no data"));
  else
    ImGui::TextUnformatted((values + (background.content == raster::Content::heights ? " m" : "")).c_str());
}

}  // namespace

void draw_identify(AppState& state) {
  const Catalogue& t = state.catalogue;
  ImGui::TextDisabled("%s", t.c_str("What is here"));
  stepping(state);
  ImGui::Separator();
  for (const BackgroundReading& background : state.backgrounds.readings) background_reading(background, t);
  std::size_t selected = 0;
  for (const SelectedCount& count : state.selection.counts) selected += count.rows;
  if (state.region && selected > 1) selected_counts(state);
  if (!state.region || state.selection.features.empty()) {
    ImGui::TextWrapped("%s", t.c_str("Click on the map to see every field of what is there."));
    return;
  }
  // What was stepped to is unfolded and the others are folded; what the user folds stays so until then.
  const bool step_taken = std::exchange(state.selection.unfold_described, false);
  const bool has_card = draw_village_card(state);
  const bool from_top = std::exchange(state.village_card.show_top, false);
  if (from_top) ImGui::SetScrollY(0);
  const std::size_t first = state.selection.listed,
                    end = std::min(first + listed_at_once, state.selection.features.size());
  for (std::size_t i = first; i < end; ++i) {
    ImGui::PushID(static_cast<int>(i));
    feature(state, i, step_taken, step_taken && !from_top, has_card);
    ImGui::PopID();
  }
  pages(state);
}

}  // namespace xiangtu::viewer
