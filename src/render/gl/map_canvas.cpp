#include "render/gl/map_canvas.hpp"

#include <chrono>
#include <cmath>
#include <optional>
#include <vector>

#include "render/gl/picture.hpp"
#include "render/gl/renderer_state.hpp"

namespace xiangtu::render::gl {

using scene::Camera;

namespace {

constexpr int margin_px = 64;      // style pixels drawn beyond each edge, for panning
constexpr double slice_us = 3000;  // guessed work between two looks at the clock

// Everything that a picture of the layers depends on.
struct Subject {
  struct Look {
    scene::LayerId id;
    bool visible;
    double opacity;
    std::optional<scene::Colour> tint;
    std::shared_ptr<const scene::Choropleth> choropleth;
    std::shared_ptr<const scene::StyledRows> rows;
    bool operator==(const Look&) const = default;
  };
  Camera camera;
  std::uint64_t revision = 0;
  std::vector<Look> looks;
  std::vector<std::pair<scene::BackgroundId, scene::BackgroundLook>> backgrounds;
  bool draft = false;

  bool operator==(const Subject&) const = default;
};

Subject subject_of(const scene::Scene& scene, const Camera& camera) {
  Subject subject{camera, scene.revision(), {}, {}, false};
  for (const scene::MapLayer& layer : scene.layers())
    subject.looks.push_back({layer.id, layer.look.visible, layer.look.opacity, layer.look.tint,
                             layer.look.choropleth, layer.rows});
  for (const scene::Background& background : scene.backgrounds().all())
    subject.backgrounds.emplace_back(background.id, background.look);
  return subject;
}

bool same_but_draft(const Subject& a, const Subject& b) {
  return a.camera == b.camera && a.revision == b.revision && a.looks == b.looks &&
         a.backgrounds == b.backgrounds;
}

Camera with_margin(Camera camera) {
  const int margin = 2 * static_cast<int>(std::lround(margin_px * camera.pixel_ratio()));
  camera.resize(camera.width() + margin, camera.height() + margin, camera.pixel_ratio());
  return camera;
}

}  // namespace

struct MapCanvas::Impl {
  struct Drawn {
    Subject subject;  // its camera is the window's, without the margin
    Camera camera;    // with the margin
    OffscreenTarget target;
  };

  MapRenderer* renderer;
  std::optional<Drawn> shown;
  std::optional<Drawn> coming;
  std::optional<Picture> picture;  // of coming
  std::optional<OffscreenTarget> spare;
  std::optional<Camera> last_camera;
  bool settled = false;

  explicit Impl(MapRenderer& of) : renderer(&of) {}

  RendererState& state() const { return *renderer->state_; }

  std::optional<OffscreenTarget> target_for(const Camera& camera) {
    if (spare && spare->width() == camera.width() && spare->height() == camera.height())
      return std::exchange(spare, std::nullopt);
    spare.reset();
    Result<OffscreenTarget> fresh = OffscreenTarget::create(camera.width(), camera.height());
    return fresh ? std::optional{std::move(*fresh)} : std::nullopt;
  }

  void begin(const scene::Scene& scene, Subject subject, const CanvasOptions& options) {
    const Camera camera = with_margin(subject.camera);
    std::optional<OffscreenTarget> target = target_for(camera);
    if (!target) return;
    const std::size_t thick = subject.draft ? options.draft_segments : 0;
    coming.emplace(Drawn{std::move(subject), camera, std::move(*target)});
    picture.emplace(scene, camera, state(), PictureOptions{true, thick, 0, 0});
  }

  // Draws on at the coming picture while there is time; when it is done it is the one that is shown.
  void advance(double budget_ms) {
    const auto start = std::chrono::steady_clock::now();
    coming->target.bind();
    bool done = false;
    while (!done) {
      done = picture->advance(slice_us);
      glFinish();
      const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
      if (spent.count() >= budget_ms) break;
    }
    if (!done) return;
    if (shown) spare = std::move(shown->target);
    shown = std::exchange(coming, std::nullopt);
    picture.reset();
  }

  void lay_down(const Camera& camera, const scene::Scene& scene, int x, int y) {
    const scene::Colour paper = scene.styles().paper.background;
    begin_drawing();
    glViewport(x, y, camera.width(), camera.height());
    glEnable(GL_SCISSOR_TEST);
    glScissor(x, y, camera.width(), camera.height());
    glClearColor(paper.r / 255.0f, paper.g / 255.0f, paper.b / 255.0f, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
    if (!shown) return;
    const scene::ScreenPoint corner = camera.to_screen(shown->camera.to_world({0, 0}));
    const double scale = camera.pixels_per_world() / shown->camera.pixels_per_world();
    const bool same_scale = std::abs(scale - 1) < 1e-9;  // then pixel on pixel: no blur
    glBindTexture(GL_TEXTURE_2D, shown->target.texture());
    glBindVertexArray(state().empty_array.id());
    Program& program = state().programs.picture;
    program.use();
    program.set("layer", 0);
    program.set("place", static_cast<float>(same_scale ? std::round(corner.x) : corner.x),
                static_cast<float>(same_scale ? std::round(corner.y) : corner.y), static_cast<float>(scale));
    program.set("size", static_cast<float>(shown->camera.width()),
                static_cast<float>(shown->camera.height()));
    program.set("viewport", static_cast<float>(camera.width()), static_cast<float>(camera.height()));
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  }
};

MapCanvas::MapCanvas(MapRenderer& renderer) : impl_(std::make_unique<Impl>(renderer)) {}
MapCanvas::MapCanvas(MapCanvas&&) noexcept = default;
MapCanvas& MapCanvas::operator=(MapCanvas&&) noexcept = default;
MapCanvas::~MapCanvas() = default;

void MapCanvas::draw(const scene::Scene& scene, const Camera& camera, int x, int y,
                     const CanvasOptions& options) {
  GLint framebuffer = 0;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer);
  Subject wanted = subject_of(scene, camera);
  wanted.draft = impl_->last_camera && *impl_->last_camera != camera;
  impl_->last_camera = camera;

  const bool is_shown = impl_->shown && same_but_draft(impl_->shown->subject, wanted) &&
                        (wanted.draft || !impl_->shown->subject.draft);
  // A picture on its way is finished even when the camera has gone on: something new is shown soon.
  // Layers that came just now are waited for, so that the map is not bare meanwhile.
  const bool ready = !impl_->shown || scene.presentable(camera);
  if (!impl_->coming && !is_shown && ready) impl_->begin(scene, wanted, options);
  if (impl_->coming && options.draws_on) impl_->advance(options.budget_ms);
  impl_->settled = impl_->shown && !impl_->coming && same_but_draft(impl_->shown->subject, wanted) &&
                   !impl_->shown->subject.draft;

  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(framebuffer));
  impl_->lay_down(camera, scene, x, y);
  draw_highlight(impl_->state(), scene, camera);
  if (options.graticule) draw_graticule(impl_->state(), scene, camera, x, y);
  if (options.labels) draw_labels(impl_->state(), scene, camera, {true, options.keep_free});
  end_drawing();
}

bool MapCanvas::settled() const {
  return impl_->settled;
}

}  // namespace xiangtu::render::gl
