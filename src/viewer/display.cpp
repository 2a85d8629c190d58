#include "viewer/display.hpp"

#include <algorithm>
#include <utility>

#include <epoxy/gl.h>
#include <imgui.h>

#include <backends/imgui_impl_opengl3.h>

#include "render/gl/context.hpp"
#include "viewer/commands/backgrounds.hpp"
#include "viewer/commands/map_view.hpp"
#include "viewer/commands/regions.hpp"
#include "viewer/theme.hpp"

namespace xiangtu::viewer {

namespace scene = render::scene;

namespace {

constexpr double widest_legend = 0.45;  // of the map
constexpr int panel_frames = 3;         // until a panel that appears has its scroll bar

}  // namespace

Display::Display(float scale) : scale_(scale) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
}

Display::~Display() {
  canvas_.reset();
  renderer_.reset();
  if (ImGui::GetIO().BackendRendererUserData) ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

Result<std::unique_ptr<Display>> Display::create(AppState& state, float scale) {
  if (const Status supported = render::gl::check_opengl(); !supported) return supported.issue();
  std::unique_ptr<Display> display(new Display(scale));
  if (!ImGui_ImplOpenGL3_Init("#version 330 core"))
    return Issue{IssueCode::no_opengl, "the window's widgets need OpenGL 3.3; update the graphics driver"};
  display->dark_ = state.view.dark;
  apply_theme(state.view.dark, scale);
  if (const Status built = display->rebuild_fonts(state); !built) return built.issue();
  return display;
}

// Once: what cannot be shown. Where that is Chinese itself the window speaks English.
void Display::speak_of(const render::text::FontChoice& fonts, AppState& state) {
  const std::optional<Message> remark = remark_on(fonts);
  const std::string said = remark ? remark->english() : "";
  if (said == std::exchange(said_of_fonts_, said) || !remark) return;
  const bool no_chinese = fonts.files.empty() || fonts.missing.find("\u4e2d") != std::string::npos;
  if (no_chinese && state.catalogue.language() == Language::chinese) set_language(state, Language::english);
  state.notices.push_back({remark->in(state.catalogue), true});
}

// Glyphs of new texts for the widgets; the map takes its own as it draws them, from the same fonts.
Status Display::rebuild_fonts(AppState& state) {
  const std::string texts = texts_of(state);
  render::text::FontChoice choice = catalogue_.choose(texts);
  std::vector<render::text::FontFile>& fonts = choice.files;
  speak_of(choice, state);
  build_fonts(fonts, texts, scale_);
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
  state.view.fonts_dirty = false;
  if (renderer_ && fonts == fonts_) return {};
  fonts_ = std::move(fonts);
  legend_of_ = {};  // names may look otherwise
  if (renderer_) return renderer_->use(fonts_);
  Result<render::gl::MapRenderer> renderer = render::gl::MapRenderer::create(fonts_);
  if (!renderer) return renderer.issue();
  renderer_.emplace(std::move(*renderer));
  canvas_.emplace(*renderer_);
  return {};
}

void Display::draw_frame(AppState& state, int width, int height, unsigned framebuffer) {
  state.mailbox.drain();
  state.jobs.sweep();
  const bool rebuilds = state.view.fonts_dirty;
  if (rebuilds)
    if (const Status built = rebuild_fonts(state); !built) report(state, built.issue());
  if (state.view.dark != dark_) {
    dark_ = state.view.dark;
    apply_theme(dark_, scale_);
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  const MapPlace place = draw_widgets(state);
  ImGui::Render();

  const double ratio = width / std::max(1.0, static_cast<double>(ImGui::GetIO().DisplaySize.x));
  const int map_width = std::max(1, static_cast<int>(place.width * ratio)),
            map_height = std::max(1, static_cast<int>(place.height * ratio));
  const bool resized = map_width != state.camera.width() || map_height != state.camera.height();
  if (resized) state.camera.resize(map_width, map_height, scale_);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glViewport(0, 0, width, height);
  glClearColor(0.93f, 0.93f, 0.92f, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  state.scene.update(state.camera);
  tell_of_backgrounds(state);
  render::gl::CanvasOptions options;
  options.graticule = state.document.now.graticule;
  options.draws_on = !rebuilds;  // else this frame has done enough
  if (const auto panel = legend_panel(state.legend, state.camera))
    options.keep_free.push_back({panel->x, panel->y, panel->x + panel->width, panel->y + panel->height});
  const int map_x = static_cast<int>(place.x * ratio),
            map_y = height - static_cast<int>((place.y + place.height) * ratio);
  canvas_->draw(state.scene, state.camera, map_x, map_y, options);
  update_legend(state);
  state.legend.paint = [this, &state, map_x, map_y] { draw_legend(state, map_x, map_y); };
  glViewport(0, 0, width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

// Looked up when the view stands still.
void Display::update_legend(AppState& state) {
  legend_frames_ = std::max(legend_frames_ - 1, 0);
  if (!state.region || !state.view.show_legend) {
    legend_of_ = {};
    state.legend.content = {};
    return;
  }
  Legend wanted{state.camera, state.scene.revision(), {}, state.catalogue.language()};
  for (const scene::MapLayer& layer : state.scene.layers()) wanted.looks.push_back(layer.look);
  if (wanted == legend_of_ || !canvas_->settled()) return;
  legend_frames_ = panel_frames;
  state.legend.content = scene::legend_alone(state.camera, state.camera.width() * widest_legend,
                                             scene::legend_of(state.scene, state.camera, wanted.language),
                                             state.scene.styles().paper, renderer_->measure());
  legend_of_ = std::move(wanted);
}

// x, y: the map's lower left corner.
void Display::draw_legend(const AppState& state, int x, int y) {
  const auto panel = legend_panel(state.legend, state.camera);
  if (!panel) return;
  const scene::PaperStyle& paper = state.scene.styles().paper;
  scene::Furniture beneath;
  beneath.boxes.push_back({*panel, paper.panel, paper.frame.with_alpha(0.4), scale_, scene::Hatch::none, {}});
  renderer_->draw(beneath, x, y, state.camera.width(), state.camera.height(), scale_);
  const int width = static_cast<int>(panel->width), height = static_cast<int>(panel->height);
  renderer_->draw(scene::moved(state.legend.content, {0, -state.legend.scrolled}),
                  x + static_cast<int>(panel->x),
                  y + state.camera.height() - static_cast<int>(panel->y) - height, width, height, scale_);
}

bool Display::settled(const AppState& state) const {
  return state.jobs.jobs().empty() && state.scene.settled() && canvas_->settled() &&
         !state.view.fonts_dirty && legend_frames_ == 0;
}

void Display::settle(AppState& state, Progress& progress) {
  state.scene.settle(state.camera, progress);
}

}  // namespace xiangtu::viewer
