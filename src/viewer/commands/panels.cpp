#include "viewer/commands/panels.hpp"

#include <algorithm>

namespace xiangtu::viewer {

namespace {

// Of a panel that a switch shows; the style editor is open while it has a layer.
bool* switch_of(AppState& state, Panel panel) {
  ViewState& view = state.view;
  switch (panel) {
    case Panel::layers:
      return &view.show_layers;
    case Panel::statistics:
      return &view.statistics.shown;
    case Panel::legend:
      return &view.show_legend;
    case Panel::help:
      return &view.show_help;
    case Panel::about:
      return &view.show_about;
    case Panel::bookmarks:
      return &state.bookmarks.shown;
    case Panel::findings:
      return &view.show_findings;
    case Panel::classes:
      return &view.show_classes;
    case Panel::style:
      break;
  }
  return nullptr;
}

// It floats on the screen; most have nothing to say of no region.
bool floats(const AppState& state, Panel panel) {
  return shows(state, panel) && (state.region || panel == Panel::help || panel == Panel::about);
}

void close(AppState& state, Panel panel) {
  if (bool* shown = switch_of(state, panel))
    *shown = false;
  else
    state.style_editor = {};
}

}  // namespace

bool shows(const AppState& state, Panel panel) {
  const bool* shown = switch_of(const_cast<AppState&>(state), panel);
  return shown ? *shown : !state.style_editor.layer.empty();
}

void toggle(AppState& state, Panel panel) {
  if (panel == Panel::statistics) return toggle_tab(state.view.statistics);
  if (bool* shown = switch_of(state, panel)) *shown = !*shown;
}

void toggle_tab(BottomTab& tab) {
  tab.shown = !tab.shown || !(tab.in_front || tab.to_front);
  tab.to_front = tab.shown;
}

void toggle_charts(AppState& state) {
  BottomTab& figures = state.view.statistics;
  const bool hidden = !figures.shown || !figures.in_front;
  state.chart.shown = !state.chart.shown || hidden;
  if (!state.chart.shown) return;
  figures.shown = true;
  figures.to_front = hidden;
}

void bring_to_front(AppState& state, Panel panel) {
  PanelOrder& order = state.view.floating_order;
  if (!order.empty() && order.back() == panel) return;
  std::erase(order, panel);
  order.push_back(panel);
}

bool close_foremost(AppState& state) {
  const PanelOrder& order = state.view.floating_order;
  const auto open = [&](Panel panel) { return floats(state, panel); };
  const auto in_front = std::find_if(order.rbegin(), order.rend(), open);
  const auto any = std::find_if(floating.begin(), floating.end(), open);
  if (in_front != order.rend())
    close(state, *in_front);
  else if (any != floating.end())
    close(state, *any);  // it has not been drawn yet
  else
    return false;
  return true;
}

void quit(AppState& state) {
  state.view.quit = true;
}

}  // namespace xiangtu::viewer
