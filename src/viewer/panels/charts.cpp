// The charts beside the table: bars of the indicator by unit, and villages by distance to a hardened road.
#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "report/coverage_report.hpp"
#include "viewer/commands/charts.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/statistics.hpp"
#include "viewer/measured_text.hpp"
#include "viewer/panels/panels.hpp"
#include "viewer/panels/swatches.hpp"

namespace xiangtu::viewer {

namespace {

constexpr float name_letters = 7, figure_letters = 8.5f;
constexpr ImU32 plain_bar = IM_COL32(110, 140, 165, 255), unknown_bar = IM_COL32(190, 187, 180, 255);

void hatch(ImVec2 from, ImVec2 to) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.PushClipRect(from, to, true);
  constexpr float step = 5;
  for (float x = from.x - (to.y - from.y); x < to.x; x += step)
    draw.AddLine({x, to.y}, {x + to.y - from.y, from.y}, unknown_bar, 1);
  draw.PopClipRect();
}

void bar_tooltip(const AppState& state, const Bar& bar, const std::string& name) {
  const Catalogue& t = state.catalogue;
  const auto& info = state.region->stats.table.indicators[state.statistics.indicator];
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(name.c_str());
  if (bar.figure.value)
    ImGui::TextUnformatted(report::shown(info, bar.figure).c_str());
  else if (bar.figure.why)
    ImGui::TextUnformatted(bar.figure.why->in(t).c_str());
  ImGui::EndTooltip();
}

// The bar, its bounds as a whisker, and what is not known hatched.
void draw_bar(const Bar& bar, double scale, ImVec2 from, ImVec2 to) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float width = to.x - from.x, middle = (from.y + to.y) / 2;
  const auto at = [&](double value) { return from.x + static_cast<float>(value / scale) * width; };
  if (!bar.figure.value) return hatch(from, to);
  const ImU32 colour = bar.colour ? IM_COL32(bar.colour->r, bar.colour->g, bar.colour->b, 255) : plain_bar;
  draw.AddRectFilled(from, {at(*bar.figure.value), to.y}, colour);
  draw.AddRect(from, {at(*bar.figure.value), to.y}, ImGui::GetColorU32(ImGuiCol_Text, 0.35f));
  if (!bar.figure.low || !bar.figure.high || *bar.figure.low == *bar.figure.high) return;
  const float low = at(*bar.figure.low), high = std::min(at(*bar.figure.high), to.x);
  const ImU32 ink = ImGui::GetColorU32(ImGuiCol_Text);
  draw.AddLine({low, middle}, {high, middle}, ink, 1.5f);
  for (const float x : {low, high}) draw.AddLine({x, middle - 3}, {x, middle + 3}, ink, 1.5f);
}

// As what is selected is drawn on the map.
void selected_frame(const AppState& state, ImVec2 from, ImVec2 to) {
  const render::scene::PaperStyle& paper = state.scene.styles().paper;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRect(from, to, packed(paper.highlight_halo), 2, 0, 4);
  draw.AddRect(from, to, packed(paper.highlight), 2, 0, 2);
}

void bar_row(AppState& state, const Bar& bar, double scale) {
  const float em = ImGui::GetFontSize(), width = ImGui::GetContentRegionAvail().x, height = em * 1.15f;
  const atlas::Unit& unit = state.region->hierarchy()[bar.unit];
  const std::string name = unit.name.empty() ? unit.code : unit.name;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::PushID(static_cast<int>(bar.unit.value));
  if (ImGui::InvisibleButton("bar", {std::max(width, 1.0f), height})) {
    select_unit(state, bar.unit, true);
    show_in_table(state);
  }
  if (ImGui::IsItemHovered()) bar_tooltip(state, bar, name);
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) drill_into(state, bar.unit);
  ImGui::PopID();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImU32 ink = ImGui::GetColorU32(ImGuiCol_Text);
  draw.PushClipRect(corner, {corner.x + em * (name_letters - 0.3f), corner.y + height}, true);
  draw.AddText(corner, ink, name.c_str());
  draw.PopClipRect();
  const ImVec2 from{corner.x + em * name_letters, corner.y + 2},
      to{corner.x + std::max(width - em * figure_letters, em * (name_letters + 2)), corner.y + height - 2};
  draw_bar(bar, scale, from, to);
  const auto& info = state.region->stats.table.indicators[state.statistics.indicator];
  const std::string text =
      bar.figure.value ? report::shown(info, bar.figure) : std::string{state.catalogue("n/a")};
  draw.AddText({to.x + em * 0.5f, corner.y}, ink, text.c_str());
  if (state.selection.unit == bar.unit)
    selected_frame(state, {corner.x - 2, corner.y}, {corner.x + width, corner.y + height});
}

void bars_chart(AppState& state) {
  const auto& info = state.region->stats.table.indicators[state.statistics.indicator];
  ImGui::TextUnformatted(std::string{info.name(state.catalogue.language())}.c_str());
  ImGui::BeginChild("bars");
  const std::vector<Bar> bars = chart_bars(state);
  const double scale = bar_scale(bars, info.fraction);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(bars.size()),
                ImGui::GetFontSize() * 1.15f + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      bar_row(state, bars[static_cast<std::size_t>(i)], scale);
  ImGui::EndChild();
}

// Beside the bins that end at these thresholds.
const char* threshold_at(const AppState& state, double end_m) {
  const indicators::Parameters& parameters = state.region->parameters;
  if (end_m == parameters.reach_m) return state.catalogue.c_str("reached up to here");
  return end_m == parameters.near_m ? state.catalogue.c_str("near up to here") : nullptr;
}

void bin_tooltip(const DistanceBin& bin, const std::string& band, const Catalogue& t) {
  std::string text =
      Message("{0}: {1} villages; a click selects them on the map", band, bin.rows.size()).in(t);
  if (bin.maybe_nearer > 0)
    text += "\n" + Message("{0} may be nearer: a road there is of unknown surface", bin.maybe_nearer).in(t);
  ImGui::SetTooltip("%s", text.c_str());
}

void bin_row(AppState& state, std::size_t position) {
  const Catalogue& t = state.catalogue;
  const DistanceHistogram& histogram = *state.chart.histogram;
  const DistanceBin& bin = histogram.bins[position];
  const float em = ImGui::GetFontSize(), width = ImGui::GetContentRegionAvail().x, height = em * 1.15f;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::PushID(static_cast<int>(position));
  const bool clicked = ImGui::InvisibleButton("bin", {std::max(width, 1.0f), height});
  const bool hovered = ImGui::IsItemHovered();
  ImGui::PopID();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImU32 ink = ImGui::GetColorU32(ImGuiCol_Text);
  const std::string band = band_text({bin.from_m}, {bin.to_m}, t);
  draw.AddText(corner, ink, band.c_str());
  const float left = corner.x + em * name_letters,
              room = std::max(width - em * (name_letters + figure_letters), em * 2);
  const auto at = [&](std::size_t villages) {
    const double share =
        static_cast<double>(villages) / static_cast<double>(std::max<std::size_t>(histogram.most, 1));
    return left + static_cast<float>(share) * room;
  };
  const float certain = at(bin.rows.size() - bin.maybe_nearer), end = at(bin.rows.size());
  draw.AddRectFilled({left, corner.y + 2}, {certain, corner.y + height - 2}, plain_bar);
  hatch({certain, corner.y + 2}, {end, corner.y + height - 2});
  const double percent = histogram.villages == 0 ? 0
                                                 : 100.0 * static_cast<double>(bin.rows.size()) /
                                                       static_cast<double>(histogram.villages);
  const std::string text =
      with_thousands(std::to_string(bin.rows.size())) + "  " + format_fixed(percent, 1) + "%";
  draw.AddText({left + room + em * 0.5f, corner.y}, ink, text.c_str());
  if (const char* threshold = threshold_at(state, bin.to_m)) {
    const float y = corner.y + height + ImGui::GetStyle().ItemSpacing.y / 2;
    draw.AddLine({corner.x, y}, {corner.x + width, y}, ImGui::GetColorU32(ImGuiCol_PlotHistogram), 1.5f);
    const float text_width = ImGui::CalcTextSize(threshold).x;
    draw.AddText({left + room - text_width, y - height}, ImGui::GetColorU32(ImGuiCol_PlotHistogram),
                 threshold);
  }
  if (hovered) bin_tooltip(bin, band, t);
  if (clicked) select_bin(state, position);
}

void distances_chart(AppState& state) {
  const Catalogue& t = state.catalogue;
  ImGui::TextUnformatted(t.c_str("Villages by distance to the nearest hardened road"));
  if (!state.chart.histogram) {
    const bool waits = state.chart.measuring || state.village_card.building;
    return ImGui::TextDisabled("%s",
                               waits ? t.c_str("measuring reach") : t.c_str("There is nothing to measure."));
  }
  ImGui::BeginChild("bins");
  for (std::size_t i = 0; i < state.chart.histogram->bins.size(); ++i) bin_row(state, i);
  if (state.chart.histogram->unplaced > 0)
    ImGui::TextDisabled("%s",
                        Message("without a position: {0}", state.chart.histogram->unplaced).in(t).c_str());
  ImGui::EndChild();
}

}  // namespace

void draw_charts(AppState& state) {
  if (!state.region || state.region->stats.table.indicators.empty()) return;
  const Catalogue& t = state.catalogue;
  const auto choice = [&](const char* label, ChartKind kind) {
    if (ImGui::RadioButton(label, state.chart.kind == kind)) show_chart(state, kind);
  };
  choice(t.c_str("By unit"), ChartKind::bars);
  ImGui::SameLine();
  choice(t.c_str("Distances"), ChartKind::distances);
  if (state.chart.kind == ChartKind::bars)
    bars_chart(state);
  else
    distances_chart(state);
}

}  // namespace xiangtu::viewer
