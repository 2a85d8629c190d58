// The rows of a layer with every field, as many as there are: only those in sight are laid out.
#include <algorithm>
#include <utility>
#include <vector>

#include <imgui.h>

#include <imgui_internal.h>

#include "viewer/cell_text.hpp"
#include "viewer/commands/attribute_rows.hpp"
#include "viewer/commands/attributes.hpp"
#include "viewer/keys.hpp"
#include "viewer/panels/panels.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr std::size_t most_columns = 64;  // of an ImGui table

// Positions of the layer's columns as the table has them from left to right: the name stays in sight.
std::vector<std::size_t> column_order(const table::FeatureTable& table) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < table.columns.size(); ++i) order.push_back(i);
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t i) { return table.columns[i].name == "name"; });
  order.resize(std::min(order.size(), most_columns));
  return order;
}

// Wide enough for the heading and for the texts of the first rows.
float width_of(const AppState& state, const scene::MapLayer& layer, const table::Column& column,
               const std::string& heading) {
  constexpr std::size_t looked_at = 30;
  const float em = ImGui::GetFontSize();
  float width = ImGui::CalcTextSize(heading.c_str()).x + em * 1.5f;
  for (std::size_t row = 0; row < std::min(layer.table->size(), looked_at); ++row)
    width = std::max(
        width,
        ImGui::CalcTextSize(
            cell_text(state.region->workspace->schema(), *layer.role, column, row, state.catalogue).c_str())
            .x);
  return std::min(width + em * 0.5f, em * 16);
}

// The widget knows the user's choice itself; one that is new is told what is kept of it.
ImGuiTableColumnFlags flags_of(const LayerTable& kept, std::size_t column, const std::string& name) {
  ImGuiTableColumnFlags flags = ImGuiTableColumnFlags_WidthFixed;
  if (!ImGui::GetCurrentTable()->IsInitializing) return flags;
  if (kept.hidden.contains(name)) flags |= ImGuiTableColumnFlags_DefaultHide;
  if (kept.wanted.column != static_cast<int>(column)) return flags;
  flags |= ImGuiTableColumnFlags_DefaultSort;
  return kept.wanted.ascending ? flags : flags | ImGuiTableColumnFlags_PreferSortDescending;
}

void headings(AppState& state, const scene::MapLayer& layer, const std::vector<std::size_t>& order) {
  ImGui::TableSetupScrollFreeze(1, 1);
  for (const std::size_t i : order) {
    const table::Column& column = layer.table->columns[i];
    const std::string heading =
        state.region->workspace->schema().field_label(*layer.role, column.name, state.catalogue.language());
    ImGui::TableSetupColumn((heading + "###" + column.name).c_str(),
                            flags_of(layer_table(state), i, column.name),
                            width_of(state, layer, column, heading), static_cast<ImGuiID>(i));
  }
  ImGui::TableHeadersRow();
  for (std::size_t k = 0; k < order.size(); ++k)
    show_column(state, layer.table->columns[order[k]].name,
                (ImGui::TableGetColumnFlags(static_cast<int>(k)) & ImGuiTableColumnFlags_IsEnabled) != 0);
  ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  if (!specs || !specs->SpecsDirty) return;
  specs->SpecsDirty = false;
  if (specs->SpecsCount == 0)
    sort_attributes(state, -1, true);
  else
    sort_attributes(state, static_cast<int>(specs->Specs[0].ColumnUserID),
                    specs->Specs[0].SortDirection == ImGuiSortDirection_Ascending);
}

RowClick click_by_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyShift) return io.KeyCtrl ? RowClick::add_range : RowClick::range;
  return io.KeyCtrl ? RowClick::toggle : RowClick::only;
}

void cell(const AppState& state, const scene::MapLayer& layer, const table::Column& column, RowIx row) {
  const std::string text =
      cell_text(state.region->workspace->schema(), *layer.role, column, row.value, state.catalogue);
  if (text.empty()) return ImGui::TextDisabled("—");
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const float room = ImGui::GetContentRegionAvail().x;
  if (!column.is_text() && room > size.x) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room - size.x);
  ImGui::TextUnformatted(text.c_str());
  if (room < size.x && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

void table_row(AppState& state, const scene::MapLayer& layer, const std::vector<std::size_t>& order,
               std::size_t position) {
  const RowIx row = state.attributes.rows[position];
  ImGui::TableNextRow();
  ImGui::PushID(static_cast<int>(row.value));
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (!ImGui::TableNextColumn()) continue;
    if (k == 0) {
      if (ImGui::Selectable("##row", state.attributes.selected[row.value] != 0,
                            ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick |
                                ImGuiSelectableFlags_AllowItemOverlap)) {
        if (ImGui::IsMouseDoubleClicked(0))
          fit_selection(state);
        else
          select_table_row(state, position, click_by_keys());
      }
      ImGui::SameLine(0, 0);
    }
    cell(state, layer, layer.table->columns[order[k]], row);
  }
  ImGui::PopID();
}

// Keys of the table while it has the focus.
void table_keys(AppState& state, std::ptrdiff_t rows_in_sight) {
  const ImGuiIO& io = ImGui::GetIO();
  state.view.table_focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows) && !io.WantTextInput;
  if (!state.view.table_focused) return;
  if (io.KeyCtrl) {
    if (pressed(ImGuiKey_A)) select_shown_rows(state);
    if (pressed(ImGuiKey_C))
      if (const std::string text = copied_rows(state); !text.empty()) ImGui::SetClipboardText(text.c_str());
    return;
  }
  const auto all = static_cast<std::ptrdiff_t>(state.attributes.rows.size());
  const std::pair<ImGuiKey_, std::ptrdiff_t> steps[] = {{ImGuiKey_UpArrow, -1},
                                                        {ImGuiKey_DownArrow, 1},
                                                        {ImGuiKey_PageUp, -rows_in_sight},
                                                        {ImGuiKey_PageDown, rows_in_sight},
                                                        {ImGuiKey_Home, -all},
                                                        {ImGuiKey_End, all}};
  for (const auto& [key, step] : steps)
    if (pressed_or_held(key)) move_in_table(state, step, io.KeyShift);
  if (pressed_enter()) fit_selection(state);
}

void table_body(AppState& state, const scene::MapLayer& layer) {
  const std::vector<std::size_t> order = column_order(*layer.table);
  headings(state, layer, order);
  AttributesState& attributes = state.attributes;
  const float line = ImGui::GetTextLineHeight() + ImGui::GetStyle().CellPadding.y * 2;
  const float seen = ImGui::GetWindowHeight() - line * 2;  // less the headings and the scroll bar
  table_keys(state, std::max<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(seen / line), 1));
  if (std::exchange(attributes.scroll_to_cursor, false)) {
    const auto found = std::ranges::find(attributes.rows, attributes.cursor);
    const float top = static_cast<float>(found - attributes.rows.begin()) * line;
    if (found != attributes.rows.end() &&
        (top < ImGui::GetScrollY() || top + line > ImGui::GetScrollY() + seen))
      ImGui::SetScrollY(std::max(top - seen / 2, 0.0f));
  }
  // The keys move the selection here, not ImGui's own focus from row to row.
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(attributes.rows.size()), line);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      if (static_cast<std::size_t>(i) >= attributes.rows.size()) break;  // a click may leave fewer
      table_row(state, layer, order, static_cast<std::size_t>(i));
    }
  ImGui::PopItemFlag();
}

}  // namespace

void draw_attributes(AppState& state) {
  if (!table_layer(state)) return ImGui::TextDisabled("%s", state.catalogue.c_str("Nothing is open yet."));
  draw_attribute_filter(state);
  const scene::MapLayer& layer = *table_layer(state);  // it may have been chosen just now
  const auto columns = static_cast<int>(std::min(layer.table->columns.size(), most_columns));
  if (columns == 0) return ImGui::TextDisabled("%s", state.catalogue.c_str("This layer has no fields."));
  constexpr ImGuiTableFlags flags =
      ImGuiTableFlags_Sortable | ImGuiTableFlags_SortTristate | ImGuiTableFlags_RowBg |
      ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerV |
      ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable | ImGuiTableFlags_Reorderable |
      ImGuiTableFlags_Hideable | ImGuiTableFlags_SizingFixedFit;
  // A table of its own for each layer: its columns, their order and widths.
  const scene::LayerId widget = layer_table(state).widget;
  ImGui::PushID(static_cast<int>((widget.exists() ? widget : layer.id).value));
  if (ImGui::BeginTable("rows", columns, flags)) {
    table_body(state, layer);
    ImGui::EndTable();
  }
  ImGui::PopID();
}

}  // namespace xiangtu::viewer
