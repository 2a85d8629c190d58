// The list of bookmarks: go, rename, delete.
#include <array>
#include <utility>

#include "viewer/commands/bookmarks.hpp"
#include "viewer/panels/floating.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr std::size_t most_keys = 9;

void bookmark_row(AppState& state, std::size_t bookmark) {
  const Catalogue& t = state.catalogue;
  const float em = ImGui::GetFontSize();
  ImGui::PushID(static_cast<int>(bookmark));
  if (bookmark < most_keys)
    ImGui::TextDisabled("Ctrl+%d", static_cast<int>(bookmark) + 1);
  else
    ImGui::Dummy({1, 1});
  ImGui::SameLine(em * 4);
  std::array<char, 128> name{};
  state.bookmarks.list[bookmark].name.copy(name.data(), name.size() - 1);
  if (state.bookmarks.to_rename == bookmark) ImGui::SetKeyboardFocusHere();
  if (state.bookmarks.to_rename == bookmark) state.bookmarks.to_rename = BookmarksState::none;
  ImGui::SetNextItemWidth(em * 12);
  ImGui::InputText("##name", name.data(), name.size(), ImGuiInputTextFlags_AutoSelectAll);
  if (ImGui::IsItemDeactivatedAfterEdit()) rename_bookmark(state, bookmark, name.data());
  ImGui::SameLine();
  if (ImGui::Button(t.c_str("Go"))) go_to_bookmark(state, bookmark);
  ImGui::SameLine();
  const bool removed = ImGui::Button("×");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str("Delete"));
  ImGui::PopID();
  if (removed) remove_bookmark(state, bookmark);
}

}  // namespace

void draw_bookmarks(AppState& state) {
  if (!state.bookmarks.shown || !state.region) return;
  ImGui::Begin(state.catalogue.c_str("Bookmarks"), &state.bookmarks.shown,
               ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoCollapse);
  follow_focus(state, Panel::bookmarks);
  for (std::size_t i = 0; i < state.bookmarks.list.size(); ++i) bookmark_row(state, i);
  if (ImGui::Button(state.catalogue.c_str("Add this view"))) add_bookmark(state);
  ImGui::End();
}

}  // namespace xiangtu::viewer
