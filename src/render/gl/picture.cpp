#include "render/gl/picture.hpp"

#include <algorithm>

namespace xiangtu::render::gl {

using scene::FeatureStyle;
using scene::MapLayer;
using scene::Piece;
using scene::StyleRun;

namespace {

// Guesses for llvmpipe on one core; a graphics card is faster in all of them.
constexpr double thick_segment_us = 1.0;
constexpr double hairline_us = 0.2;
constexpr double symbol_us = 1.0;
constexpr double tile_us = 500;        // with its upload
constexpr double fill_us = 1500;       // of a tile: about the pixels of a screen
constexpr std::uint32_t chunk = 4096;  // instances a step

// Colours of units fade as one comes closer, where the roads and villages within them matter more.
// Over a background they let it through.
double fill_opacity(const MapLayer& layer, double zoom, bool on_ground) {
  constexpr double fade_from = 10, fade_to = 13, faded = 0.35, over_ground = 0.65;
  if (!layer.look.choropleth) return layer.look.opacity;
  const double t = std::clamp((zoom - fade_from) / (fade_to - fade_from), 0.0, 1.0);
  return layer.look.opacity * (1 - t * (1 - faded)) * (on_ground ? over_ground : 1);
}

bool is_polygon(const MapLayer& layer) {
  return layer.table->geometry.kind() == table::GeometryKind::polygon;
}

// Units without colours of their own are filled like the paper they are printed on.
bool is_paper(const MapLayer& layer) {
  using table::Role;
  return !layer.look.choropleth && !layer.look.tint &&
         (layer.role == Role::counties || layer.role == Role::townships || layer.role == Role::villages ||
          layer.role == Role::admin_villages || layer.role == Role::natural_villages);
}

// A run in pieces that are small enough to stop between.
template <class Visit>
void for_chunks(const StyleRun& run, const Visit& visit) {
  for (std::uint32_t begin = run.begin; begin < run.end; begin += chunk)
    visit(StyleRun{run.style, begin, std::min(begin + chunk, run.end)});
}

}  // namespace

Picture::Picture(const scene::Scene& scene, const scene::Camera& camera, RendererState& state,
                 const PictureOptions& options)
    : camera_(camera), state_(state), options_(options), thick_left_(options.thick_segments) {
  begin_picture(state, scene);
  const scene::PaperStyle& paper = scene.styles().paper;
  if (options.background) add_background(paper);
  for (const scene::Background& background : scene.backgrounds().all())
    if (background.look.visible && background.look.opacity > 0) add_tiles(background, scene.backgrounds());
  std::vector<LayerPieces> layers;
  for (const MapLayer& layer : scene.layers())
    if (layer.look.visible && layer.look.opacity > 0) layers.push_back({&layer, scene.pieces(layer, camera)});
  for (const LayerPieces& entry : layers) state.counts.tiles += entry.pieces.size();
  for (const LayerPieces& entry : layers)
    if (is_polygon(*entry.layer)) add_fills(entry, paper);
  // Counties lie under townships, but their borders over them.
  for (auto entry = layers.rbegin(); entry != layers.rend(); ++entry)
    if (is_polygon(*entry->layer)) add_lines(*entry, entry->layer->look.opacity);
  for (const LayerPieces& entry : layers) add_layer(entry);
}

bool Picture::advance(double microseconds) {
  begin_drawing();
  glViewport(options_.x, options_.y, camera_.width(), camera_.height());
  double spent = 0;
  while (next_ < steps_.size()) {
    const Step& step = steps_[next_++];
    step.run();
    spent += step.microseconds;
    if (spent >= microseconds && !step.with_next) break;
  }
  end_drawing();
  return next_ == steps_.size();
}

void Picture::finish() {
  advance(1e300);
}

void Picture::add_background(const scene::PaperStyle& paper) {
  steps_.push_back({500, true, [this, colour = paper.background] {
                      glEnable(GL_SCISSOR_TEST);
                      glScissor(options_.x, options_.y, camera_.width(), camera_.height());
                      glClearColor(colour.r / 255.0f, colour.g / 255.0f, colour.b / 255.0f, 1);
                      glClear(GL_COLOR_BUFFER_BIT);
                      glDisable(GL_SCISSOR_TEST);
                    }});
}

void Picture::add_tiles(const scene::Background& background, const scene::Backgrounds& backgrounds) {
  for (const scene::TileQuad& quad : backgrounds.quads(background, camera_)) {
    on_ground_ = true;
    steps_.push_back({tile_us, false, [this, quad, opacity = background.look.opacity] {
                        const GLuint texture = state_.raster_textures.of(quad.image);
                        glBindVertexArray(state_.empty_array.id());
                        Painter{state_.programs, state_.counts, camera_.width(), camera_.height()}.tile(
                            texture, quad, camera_, opacity);
                      }});
  }
}

void Picture::add_fills(const LayerPieces& entry, const scene::PaperStyle& paper) {
  const MapLayer& layer = *entry.layer;
  if (on_ground_ && is_paper(layer)) return;
  const GLuint texture = state_.row_colours.texture(layer, paper, camera_.zoom());
  if (texture == 0) return;
  for (const auto& piece : entry.pieces) {
    if (piece->fills.empty()) continue;
    steps_.push_back(
        {fill_us, false, [this, piece, texture, opacity = fill_opacity(layer, camera_.zoom(), on_ground_)] {
           glBindTexture(GL_TEXTURE_2D, texture);
           Painter{state_.programs, state_.counts, camera_.width(), camera_.height()}.fills(
               state_.gpu_pieces.of(piece), *piece, camera_, opacity);
         }});
  }
}

void Picture::add_lines(const LayerPieces& entry, double opacity) {
  const MapLayer& layer = *entry.layer;
  const double zoom = camera_.zoom();
  const double ratio = camera_.pixel_ratio();
  const auto& styles = layer.rows->styles;
  const std::vector<bool> hairline = hairline_styles(entry);
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const FeatureStyle& style = styles[i];
    if (!style.visible_at(zoom) || style.line.width.zero()) continue;
    const double width = style.line.width.at(zoom) * ratio;
    const double casing = hairline[i] ? 0 : style.line.casing.at(zoom) * ratio;
    // Dashes of thin lines are as long as those of a line of one pixel.
    const double unit = std::max(width, ratio);
    const LinePaint paint{width, layer.look.tint.value_or(style.line.colour).with_alpha(opacity),
                          style.line.dash_on * unit, style.line.dash_off * unit};
    if (casing > 0)
      add_style(entry, i, {width + 2 * casing, style.line.casing_colour.with_alpha(opacity), 0, 0}, false);
    add_style(entry, i, paint, hairline[i]);
  }
}

// Which styles of a layer are too many segments for this picture: the last drawn stay thick longest.
std::vector<bool> Picture::hairline_styles(const LayerPieces& entry) {
  const auto& styles = entry.layer->rows->styles;
  std::vector<bool> hairline(styles.size(), false);
  if (options_.thick_segments == 0) return hairline;
  std::vector<std::size_t> segments(styles.size(), 0);
  for (const auto& piece : entry.pieces)
    for (const StyleRun& run : piece->segment_runs) segments[run.style.value] += run.end - run.begin;
  for (std::size_t i = styles.size(); i-- > 0;) {
    if (!styles[i].visible_at(camera_.zoom())) continue;
    const std::size_t cost = segments[i] * (styles[i].line.casing.zero() ? 1 : 2);
    hairline[i] = cost > thick_left_;
    if (!hairline[i]) thick_left_ -= cost;
  }
  return hairline;
}

void Picture::add_style(const LayerPieces& entry, std::size_t style, const LinePaint& paint, bool hairline) {
  for (const auto& piece : entry.pieces) {
    for (const StyleRun& run : piece->segment_runs) {
      if (run.style.value != style) continue;
      for_chunks(run, [&](const StyleRun& part) {
        const double cost = (part.end - part.begin) * (hairline ? hairline_us : thick_segment_us);
        steps_.push_back(
            {cost, false, [this, piece, part, paint, hairline] {
               Painter painter{state_.programs, state_.counts, camera_.width(), camera_.height()};
               GpuPiece& gpu = state_.gpu_pieces.of(piece);
               if (hairline)
                 painter.hairlines(gpu, *piece, camera_, part, paint);
               else
                 painter.thick_lines(gpu, *piece, camera_, part, paint);
             }});
      });
    }
  }
}

void Picture::add_symbols(const LayerPieces& entry) {
  const MapLayer& layer = *entry.layer;
  const double zoom = camera_.zoom();
  const double ratio = camera_.pixel_ratio();
  const auto& styles = layer.rows->styles;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    if (!styles[i].visible_at(zoom) || styles[i].symbol.shape == scene::Shape::none) continue;
    scene::SymbolStyle symbol = styles[i].symbol;
    if (layer.look.tint) symbol.colour = *layer.look.tint;
    const double size = symbol.size.at(zoom) * ratio;
    for (const auto& piece : entry.pieces) {
      for (const StyleRun& run : piece->symbol_runs) {
        if (run.style.value != i) continue;
        for_chunks(run, [&](const StyleRun& part) {
          steps_.push_back(
              {(part.end - part.begin) * symbol_us, false, [this, piece, part, symbol, size, ratio] {
                 Painter{state_.programs, state_.counts, camera_.width(), camera_.height()}.symbols(
                     state_.gpu_pieces.of(piece), *piece, camera_, part, symbol, size, ratio);
               }});
        });
      }
    }
  }
}

// Lines and symbols of a layer; when it is not opaque they are drawn apart and laid over as a whole, so
// that nothing shows through where they overlap.
void Picture::add_layer(const LayerPieces& entry) {
  const double opacity = entry.layer->look.opacity;
  const std::size_t first = steps_.size();
  const bool apart = opacity < 1;
  // Shared by the first and the last step.
  const auto framebuffer = std::make_shared<GLint>(0);
  if (apart) {
    steps_.push_back(
        {500, true, [this, framebuffer] {
           glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, framebuffer.get());
           auto& target = state_.apart;
           if (!target || target->width() != camera_.width() || target->height() != camera_.height()) {
             target.reset();
             if (Result<OffscreenTarget> fresh = OffscreenTarget::create(camera_.width(), camera_.height()))
               target = std::move(*fresh);
           }
           if (!target) return;  // too large for the driver: drawn opaque
           target->bind();
           glClearColor(0, 0, 0, 0);
           glClear(GL_COLOR_BUFFER_BIT);
         }});
  }
  if (!is_polygon(*entry.layer)) add_lines(entry, 1);
  add_symbols(entry);
  if (!apart) return;
  if (steps_.size() == first + 1) {
    steps_.pop_back();  // nothing of it is in view
    return;
  }
  for (std::size_t i = first; i < steps_.size(); ++i) steps_[i].with_next = true;
  steps_.push_back({3000, false, [this, framebuffer, opacity] {
                      if (!state_.apart) return;
                      glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(*framebuffer));
                      glViewport(options_.x, options_.y, camera_.width(), camera_.height());
                      glActiveTexture(GL_TEXTURE0);
                      glBindTexture(GL_TEXTURE_2D, state_.apart->texture());
                      glBindVertexArray(state_.empty_array.id());
                      Program& program = state_.programs.sheet;
                      program.use();
                      program.set("layer", 0);
                      program.set("corner", static_cast<float>(options_.x), static_cast<float>(options_.y));
                      program.set("opacity", static_cast<float>(opacity));
                      glDrawArrays(GL_TRIANGLES, 0, 3);
                      ++state_.counts.draw_calls;
                    }});
}

}  // namespace xiangtu::render::gl
