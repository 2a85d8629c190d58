// One settled frame of the window as a picture, drawn without a display.
#include <imgui.h>

#include "io/png_file.hpp"
#include "io/raster_file.hpp"
#include "render/gl/context.hpp"
#include "render/gl/target.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/commands/selection.hpp"
#include "viewer/commands/sessions.hpp"
#include "viewer/display.hpp"
#include "viewer/session.hpp"

namespace xiangtu::viewer {

namespace {

// More than any picture needs; the map comes in steps.
constexpr int most_frames = 2000;

}  // namespace

Status draw_screenshot(const ViewOptions& options, AppState& state) {
  auto context = render::gl::OffscreenContext::create();
  if (!context) return context.issue();
  auto target = render::gl::OffscreenTarget::create(options.width, options.height);
  if (!target) return target.issue();
  auto display = Display::create(state, 1);
  if (!display) return display.issue();
  Progress progress(options.stop);
  if (!options.open.sources.empty()) {
    auto region = load(options.open, state.statistics.typed, progress);
    if (!region) return region.issue();
    show(state, *region);
    if (const Status begun = begin_with(state, options); !begun) return begun;
  }
  for (const std::string& background : options.backgrounds) {
    const auto source = io::open_raster(background, options.stop);
    if (!source) return source.issue();
    show_background(state, background, *source);
  }
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(options.width), static_cast<float>(options.height)};
  io.DeltaTime = 1.0f / 60;
  for (int frame = 0; frame < most_frames; ++frame) {
    if (options.stop.stop_requested()) return cancelled_issue();
    target->bind();
    const render::scene::Camera before = state.camera;
    (*display)->draw_frame(state, options.width, options.height, target->framebuffer());
    if (frame == 1 && options.select.empty()) show_first_view(state);  // the map's place is known now
    if (frame == 1 && !options.select.empty()) select_unit(state, state.selection.unit, true);
    if (!state.scene.settled()) (*display)->settle(state, progress);
    if (frame > 4 && before == state.camera && (*display)->settled(state)) break;
  }
  const render::scene::Image image = target->read();
  return io::write_png(options.screenshot, image.rgba, image.width, image.height, 96, progress);
}

}  // namespace xiangtu::viewer
