// What is tried out on the road network: the changes, the figures by unit, and who is won and lost.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <imgui.h>
#include <imgui_stdlib.h>

#include "base/text.hpp"
#include "geodesy/measure.hpp"
#include "reach/shares.hpp"
#include "report/table_cells.hpp"
#include "viewer/commands/files.hpp"
#include "viewer/commands/network.hpp"
#include "viewer/commands/scenarios.hpp"
#include "viewer/commands/tools.hpp"
#include "viewer/measured_text.hpp"
#include "viewer/panels/button_row.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/table_parts.hpp"

namespace xiangtu::viewer {

using reach::RoadReach;
using reach::UnitReach;

namespace {

constexpr ImGuiTableFlags table_flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY |
                                        ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_Resizable;

constexpr float most_compared_lines = 4;  // above the figures, heading included

std::string whole(double number) {
  return with_thousands(format_number(number, 0));
}

std::string signed_whole(double number) {
  return (number > 0 ? "+" : "") + whole(number);
}

bool is_fresh(const NetworkState& network) {
  return network.answer && network.answered == network.scenario;
}

bool is_loose(const NetworkState& network, std::size_t link) {
  return is_fresh(network) && std::binary_search(network.answer->loose.begin(), network.answer->loose.end(),
                                                 static_cast<std::uint32_t>(link));
}

void buttons(AppState& state) {
  const Catalogue& t = state.catalogue;
  NetworkState& network = state.network;
  ButtonRow row;
  if (row.button(t.c_str("Draw a new road"), network.model != nullptr)) begin_tool(state, MapTool::draw_link);
  if (row.button(t.c_str("Undo##scenario"), !network.done.empty())) undo_scenario(state);
  if (row.button(t.c_str("Redo##scenario"), !network.undone.empty())) redo_scenario(state);
  if (row.button(t.c_str("Clear##scenario"), !network.scenario.is_empty())) clear_scenario(state);
  if (row.button(t.c_str("Open…##scenario"))) ask_for_file(state, FileChoice::open_scenario);
  if (row.button(t.c_str("Save…##scenario"), !network.scenario.is_empty()))
    ask_for_file(state, FileChoice::save_scenario);
  if (row.button(t.c_str("Export…##scenario"), network.base != nullptr)) ImGui::OpenPopup("export");
  if (ImGui::BeginPopup("export")) {
    if (ImGui::MenuItem(t.c_str("Figures by unit…"))) ask_for_file(state, FileChoice::save_scenarios);
    if (ImGui::MenuItem(t.c_str("Villages won and lost…"))) ask_for_file(state, FileChoice::save_changes);
    ImGui::EndPopup();
  }
  ImGui::SameLine();
  ImGui::Checkbox(t.c_str("colours the map"), &network.coloured);
}

std::string name_of(const AppState& state, table::Role role, RowIx row) {
  const atlas::Layer* layer = state.region->atlas().layer(role);
  if (!layer) return {};
  const auto shown = [&](const char* field) {
    const table::Column* column = layer->table.find(field);
    return column ? column->shown(row.value) : std::string{};
  };
  const std::string name = shown("name"), code = shown("code");
  if (name.empty() && code.empty()) return std::to_string(layer->table.row_ids[row.value]);
  return name.empty() || code.empty() ? name + code : name + " " + code;
}

// False when its button was pressed to take it back.
bool change_line(const std::string& text, int id, const Catalogue& t) {
  ImGui::PushID(id);
  const bool back = ImGui::SmallButton("×");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", t.c_str("take this change back"));
  ImGui::PopID();
  ImGui::SameLine();
  ImGui::TextWrapped("%s", text.c_str());
  return !back;
}

void changes(AppState& state) {
  const Catalogue& t = state.catalogue;
  const reach::Scenario& scenario = state.network.scenario;
  if (scenario.is_empty())
    return ImGui::TextWrapped("%s",
                              t.c_str("Nothing is changed. Click a bridge or a road on the map and change "
                                      "it at the left, or draw a new road."));
  int id = 0;
  std::optional<RowIx> bridge_back, road_back;
  std::optional<std::size_t> link_back;
  for (const auto& [row, closed] : scenario.closed_bridges)
    if (!change_line(
            Message(closed ? "closed: {0}" : "open: {0}", name_of(state, table::Role::bridges, row)).in(t),
            id++, t))
      bridge_back = row;
  for (const auto& [row, hardened] : scenario.hardened_roads)
    if (!change_line(
            Message(hardened ? "hardened: {0}" : "not hardened: {0}", name_of(state, table::Role::roads, row))
                .in(t),
            id++, t))
      road_back = row;
  for (std::size_t link = 0; link < scenario.links.size(); ++link) {
    const char* text = is_loose(state.network, link) ? "new road, {0}: it joins no road" : "new road, {0}";
    if (!change_line(Message(text, length_text(geodesy::length(scenario.links[link]), t)).in(t), id++, t))
      link_back = link;
  }
  if (bridge_back) reset_bridge(state, *bridge_back);
  if (road_back) reset_road(state, *road_back);
  if (link_back) remove_link(state, *link_back);
}

void keeping(AppState& state) {
  const Catalogue& t = state.catalogue;
  NetworkState& network = state.network;
  const float width = ImGui::GetFontSize() * 9;
  ButtonRow row;
  row.place(width);
  ImGui::SetNextItemWidth(width);
  const bool entered = ImGui::InputTextWithHint("##name", t.c_str("name of the scenario"), &network.name,
                                                ImGuiInputTextFlags_EnterReturnsTrue);
  const bool can = is_fresh(network) && !network.scenario.is_empty() && !network.name.empty();
  const bool pressed = row.button(t.c_str("Keep for comparison"), can);
  if (can && (pressed || entered)) keep_scenario(state);
}

void compared_row(const std::string& name, double connected, double people, std::size_t won,
                  std::size_t lost) {
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(name.c_str());
  for (const double number : {connected, people, static_cast<double>(won), static_cast<double>(lost)}) {
    ImGui::TableNextColumn();
    figure_text(whole(number), true);
  }
  ImGui::TableNextColumn();
}

void comparison(AppState& state) {
  const Catalogue& t = state.catalogue;
  const NetworkState& network = state.network;
  if (network.kept.empty()) return;
  const float line = ImGui::GetTextLineHeight() + ImGui::GetStyle().CellPadding.y * 2;
  const float rows = std::min(static_cast<float>(network.kept.size()) + 2, most_compared_lines);
  if (!ImGui::BeginTable("compared", 6, table_flags, {0, rows * line + 1})) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  constexpr std::pair<const char*, float> columns[] = {{"scenario", 7}, {"connected", 4.6f}, {"people", 5},
                                                       {"won", 3},      {"lost", 3},         {"", 5}};
  for (const auto& [heading, share] : columns)
    ImGui::TableSetupColumn(*heading ? t.c_str(heading) : "", ImGuiTableColumnFlags_WidthStretch, share);
  ImGui::TableHeadersRow();
  const UnitReach& now = network.model->as_it_is().figures[0];
  compared_row(t.c_str("as it is"), double(now.connected), now.population_connected, 0, 0);
  std::optional<std::size_t> take, forget;
  for (std::size_t i = 0; i < network.kept.size(); ++i) {
    const KeptScenario& kept = network.kept[i];
    const UnitReach& total = kept.answer->reach.figures[0];
    compared_row(kept.scenario.name, double(total.connected), total.population_connected,
                 kept.answer->won.size(), kept.answer->lost.size());
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::SmallButton(t.c_str("show"))) take = i;
    ImGui::SameLine();
    if (ImGui::SmallButton("×")) forget = i;
    ImGui::PopID();
  }
  ImGui::EndTable();
  if (take) take_kept(state, *take);
  if (forget) forget_kept(state, *forget);
}

void unit_row(AppState& state, const RoadReach& before, const RoadReach& after, std::size_t i) {
  const atlas::Unit& unit = state.region->hierarchy()[after.units[i]];
  const std::string name = i == 0              ? std::string{state.catalogue("total")}
                           : unit.name.empty() ? unit.code
                                               : unit.name;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  cell_text_or_tip(name);
  const UnitReach& now = after.figures[i];
  const bool same_units = before.units == after.units;  // they are of the level that was asked first
  const auto cell = [](const std::string& text) {
    ImGui::TableNextColumn();
    figure_text(text, true);
  };
  cell(whole(double(now.villages)));
  cell(whole(double(now.connected)));
  cell(report::share_text(reach::share_connected(now)));
  cell(now.unknown > 0 ? whole(double(now.unknown)) : "");
  const double villages = same_units ? double(now.connected) - double(before.figures[i].connected) : 0;
  const double people = same_units ? now.population_connected - before.figures[i].population_connected : 0;
  cell(villages != 0 ? signed_whole(villages) : "");
  cell(people != 0 ? signed_whole(people) : "");
}

void figures(AppState& state) {
  const Catalogue& t = state.catalogue;
  const NetworkState& network = state.network;
  if (!network.answer || !network.base || !ImGui::BeginTable("figures", 7, table_flags)) return;
  ImGui::TableSetupScrollFreeze(1, 2);
  constexpr std::pair<const char*, float> columns[] = {
      {"unit", 4.6f},    {"villages", 4.2f},   {"connected", 4.9f}, {"%", 8.6f},
      {"unknown", 4.4f}, {"villages ±", 4.9f}, {"people ±", 4.6f}};
  for (const auto& [heading, share] : columns)
    ImGui::TableSetupColumn(t.c_str(heading), ImGuiTableColumnFlags_WidthStretch, share);
  ImGui::TableHeadersRow();
  for (std::size_t i = 0; i < network.answer->reach.units.size(); ++i)
    unit_row(state, network.base->reach, network.answer->reach, i);
  ImGui::EndTable();
}

void village_row(AppState& state, std::uint32_t village, bool won) {
  const RoadReach& reach = state.network.answer->reach;
  const std::string name = name_of(state, reach.villages_layer->role, reach.villages[village].row);
  if (ImGui::Selectable(((won ? "+ " : "– ") + name).c_str())) go_to_village(state, village);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", name.c_str());
}

// Those that are won before those that are lost.
void village_list(AppState& state) {
  const Catalogue& t = state.catalogue;
  const auto answer = state.network.answer;
  const std::size_t won = answer->won.size(), all = won + answer->lost.size();
  ImGui::TextWrapped("%s   %s", Message("won: {0}", whole(double(won))).in(t).c_str(),
                     Message("lost: {0}", whole(double(answer->lost.size()))).in(t).c_str());
  ImGui::BeginChild("rows");
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(all));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto at = static_cast<std::size_t>(i);
      ImGui::PushID(i);
      village_row(state, at < won ? answer->won[at] : answer->lost[at - won], at < won);
      ImGui::PopID();
    }
  ImGui::EndChild();
}

}  // namespace

void draw_network(AppState& state) {
  const Catalogue& t = state.catalogue;
  NetworkState& network = state.network;
  if (!state.region) return;
  if (network.issue) return ImGui::TextWrapped("%s", network.issue->message.in(t).c_str());
  buttons(state);
  if (!network.answer) return ImGui::TextDisabled("%s", t.c_str("joining roads"));
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::BeginChild("changes", {width * 0.22f, 0});
  keeping(state);
  changes(state);
  ImGui::EndChild();
  ImGui::SameLine();
  ImGui::BeginChild("figures", {width * 0.62f, 0});
  comparison(state);
  figures(state);
  ImGui::EndChild();
  ImGui::SameLine();
  ImGui::BeginChild("villages");
  village_list(state);
  ImGui::EndChild();
}

void draw_scenario_buttons(AppState& state, table::Role role, RowIx row) {
  const Catalogue& t = state.catalogue;
  if (role != table::Role::bridges && role != table::Role::roads) return;
  const bool is_bridge = role == table::Role::bridges;
  const auto now = is_bridge ? is_closed(state, row) : is_hardened(state, row);
  const auto offer = [&](const char* label, bool value) {
    if (now == value || !ImGui::SmallButton(t.c_str(label))) return;
    state.network.to_front = !state.network.shown;
    state.network.shown = true;
    is_bridge ? close_bridge(state, row, value) : harden_road(state, row, value);
  };
  ImGui::TextDisabled("%s", t.c_str("What if"));
  ImGui::SameLine();
  offer(is_bridge ? "close the bridge" : "harden the road", true);
  if (!now) ImGui::SameLine();
  offer(is_bridge ? "open the bridge" : "not hardened", false);
}

}  // namespace xiangtu::viewer
