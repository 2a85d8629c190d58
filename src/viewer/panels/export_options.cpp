// In the file dialog: how large the map is printed, and what stands above it.
#include <imgui.h>

#include <imgui_stdlib.h>

#include "viewer/commands/export_map.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr const char* picture_sizes[] = {"1600x1200", "1920x1080", "3840x2160"};

void size_choice(AppState& state) {
  std::string& size = state.exporting.sheet.size;
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 7);
  ImGui::InputText("##size", &size);
  ImGui::SameLine(0, 0);
  if (ImGui::BeginCombo("##sizes", "", ImGuiComboFlags_NoPreview | ImGuiComboFlags_HeightLarge)) {
    for (const print::Paper& paper : print::papers) {
      const std::string name{paper.name};
      if (ImGui::Selectable(name.c_str(), size == name)) size = name;
    }
    for (const char* pixels : picture_sizes)
      if (ImGui::Selectable(pixels, size == pixels)) size = pixels;
    ImGui::EndCombo();
  }
  ImGui::SameLine();
  ImGui::TextUnformatted(state.catalogue.c_str("Size: a paper, or pixels"));
}

}  // namespace

void draw_export_options(AppState& state) {
  const Catalogue& t = state.catalogue;
  print::SheetOptions& sheet = state.exporting.sheet;
  size_choice(state);
  ImGui::SameLine(0, ImGui::GetFontSize() * 2);
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 5);
  ImGui::InputDouble("dpi", &sheet.dpi, 0, 0, "%.0f");
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.6f);
  const std::string by_default =
      state.region ? print::default_title(state.scene, *state.region->workspace, t) : "";
  ImGui::InputTextWithHint("##title", by_default.c_str(), &sheet.title);
  ImGui::SameLine();
  ImGui::TextUnformatted(t.c_str("Title"));
  const Status good = check_export(state);
  ImGui::TextDisabled("%s", good ? t.c_str("PNG, PDF or SVG, by the ending of the file's name")
                                 : good.issue().message.in(t).c_str());
}

}  // namespace xiangtu::viewer
