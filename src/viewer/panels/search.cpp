// The search box at the top of the map, with what was found below it.
#include <algorithm>
#include <array>

#include "viewer/commands/search.hpp"
#include "viewer/keys.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace {

constexpr float closed_width = 14, open_width = 27;  // in letters
constexpr std::size_t most_shown = 12;               // without scrolling

int on_arrow(ImGuiInputTextCallbackData* data) {
  move_choice(*static_cast<AppState*>(data->UserData), data->EventKey == ImGuiKey_UpArrow ? -1 : 1);
  return 0;
}

void box(AppState& state) {
  SearchState& search = state.search;
  std::array<char, 256> typed{};
  search.typed.copy(typed.data(), typed.size() - 1);
  if (search.take_focus) ImGui::SetKeyboardFocusHere();
  search.take_focus = false;
  ImGui::SetNextItemWidth(-1);
  const bool entered = ImGui::InputTextWithHint(
      "##place", state.catalogue.c_str("Find a place  (Ctrl+F)"), typed.data(), typed.size(),
      ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackHistory |
          ImGuiInputTextFlags_AutoSelectAll,
      on_arrow, &state);
  const bool cleared = ImGui::IsItemDeactivated() && pressed(ImGuiKey_Escape);
  if (ImGui::IsItemActivated()) search.open = true;
  if (cleared) return close_search(state);
  if (search.typed != typed.data() && ImGui::IsItemActive()) type_search(state, typed.data());
  if (entered) go_to_found(state, search.chosen);
}

void found_row(AppState& state, std::size_t position) {
  const workspace::FoundPlace& place = state.search.found[position];
  const bool chosen = position == state.search.chosen;
  ImGui::PushID(static_cast<int>(position));
  if (ImGui::Selectable("##found", chosen, ImGuiSelectableFlags_None, {0, ImGui::GetTextLineHeight() * 2}))
    go_to_found(state, position);
  if (chosen && !ImGui::IsItemVisible()) ImGui::SetScrollHereY(0.5f);
  ImGui::SameLine(ImGui::GetStyle().ItemSpacing.x);
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::TextUnformatted(found_name(place).c_str());
  const auto& schema = state.region->workspace->schema();
  std::string below{schema.layer_label(place.layer->role, state.catalogue.language())};
  if (const std::string where = found_where(state, place); !where.empty()) below += " · " + where;
  ImGui::TextDisabled("%s", below.c_str());
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  ImGui::PopID();
}

void results(AppState& state, float height) {
  const SearchState& search = state.search;
  if (search.typed.empty()) return;
  if (!search.places) return ImGui::TextDisabled("%s", state.catalogue.c_str("gathering names"));
  if (search.found.empty()) return ImGui::TextDisabled("%s", state.catalogue.c_str("nothing found"));
  const float row = ImGui::GetTextLineHeight() * 2 + ImGui::GetStyle().ItemSpacing.y;
  const float needed = row * static_cast<float>(std::min(search.found.size(), most_shown));
  ImGui::BeginChild("found", {0, std::min(needed, height)});
  for (std::size_t i = 0; i < state.search.found.size() && state.search.open; ++i) found_row(state, i);
  ImGui::EndChild();
}

}  // namespace

void draw_search(AppState& state, ImVec2 origin, ImVec2 size) {
  if (!state.region) return;
  const float em = ImGui::GetFontSize();
  const float width = std::min((state.search.open ? open_width : closed_width) * em, size.x - 2 * em);
  ImGui::SetNextWindowPos({origin.x + em, origin.y + em * 0.8f});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::SetNextWindowBgAlpha(state.search.open ? 1.0f : 0.75f);
  ImGui::Begin("search", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  box(state);
  if (state.search.open) results(state, size.y - em * 6);
  const bool elsewhere = !ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows |
                                                 ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (state.search.open && elsewhere && ImGui::IsMouseClicked(0)) close_search(state);
  ImGui::End();
}

}  // namespace xiangtu::viewer
