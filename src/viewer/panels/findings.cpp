#include <array>

#include "viewer/commands/selection.hpp"
#include "viewer/panels/floating.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr std::size_t rows_listed = 200;

void row_links(AppState& state, const Finding& finding) {
  const float right = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
  for (std::size_t i = 0; i < std::min(finding.rows.size(), rows_listed); ++i) {
    const std::string label = std::to_string(finding.rows[i]);
    const float end =
        ImGui::GetItemRectMax().x + ImGui::CalcTextSize(label.c_str()).x + ImGui::GetFontSize() * 2;
    if (i > 0 && end < right) ImGui::SameLine();
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::SmallButton(label.c_str())) show_row(state, finding, finding.rows[i]);
    ImGui::PopID();
  }
  if (finding.rows.size() > rows_listed) ImGui::TextDisabled("…");
}

void finding_row(AppState& state, const Finding& finding) {
  const Catalogue& t = state.catalogue;
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(t.c_str(severity_name(finding.severity).data()));
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(finding.layer.c_str());
  ImGui::TableNextColumn();
  if (!finding.rows.empty()) ImGui::Text("%zu", finding.rows.size());
  ImGui::TableNextColumn();
  ImGui::TextWrapped("%s", finding.message.in(t).c_str());
  if (!finding.rows.empty() && ImGui::TreeNode(t.c_str("rows"))) {
    row_links(state, finding);
    ImGui::TreePop();
  }
}

}  // namespace

void draw_findings(AppState& state) {
  if (!state.view.show_findings || !state.region) return;
  const Catalogue& t = state.catalogue;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowSize({screen.x * 0.5f, screen.y * 0.5f}, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowPos({screen.x * 0.6f, screen.y * 0.4f}, ImGuiCond_FirstUseEver, {0.5f, 0.5f});
  const std::string title = std::string{t("Findings in the data")} + "###findings";
  if (ImGui::Begin(title.c_str(), &state.view.show_findings, ImGuiWindowFlags_NoCollapse)) {
    follow_focus(state, Panel::findings);
    ImGui::TextWrapped("%s",
                       t.c_str("What was odd in the data, and what was done about it. A click on a row's "
                               "number shows it on the map."));
    constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY |
                                      ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_Resizable;
    if (ImGui::BeginTable("findings", 4, flags)) {
      const float em = ImGui::GetFontSize();
      ImGui::TableSetupScrollFreeze(0, 1);
      ImGui::TableSetupColumn(t.c_str("kind"), ImGuiTableColumnFlags_WidthFixed, em * 4);
      ImGui::TableSetupColumn(t.c_str("layer"), ImGuiTableColumnFlags_WidthFixed, em * 8);
      ImGui::TableSetupColumn(t.c_str("rows"), ImGuiTableColumnFlags_WidthFixed, em * 4);
      ImGui::TableSetupColumn(t.c_str("what"), ImGuiTableColumnFlags_WidthStretch);
      ImGui::TableHeadersRow();
      const std::vector<Finding>& findings = state.region->stats.findings;
      for (std::size_t i = 0; i < findings.size(); ++i) {
        ImGui::TableNextRow();
        ImGui::PushID(static_cast<int>(i));
        finding_row(state, findings[i]);
        ImGui::PopID();
      }
      ImGui::EndTable();
    }
  }
  ImGui::End();
}

}  // namespace xiangtu::viewer
