#include "render/gl/picture.hpp"

#include <algorithm>
#include <map>

namespace xiangtu::render::gl {

using scene::LinePaint;
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
  std::map<const MapLayer*, LayerPieces> layers;
  for (const scene::DrawingPass& pass : scene::drawing_passes(scene)) {
    const auto [found, fresh] = layers.try_emplace(pass.layer, LayerPieces{pass.layer, {}});
    LayerPieces& entry = found->second;
    if (fresh) entry.pieces = scene.pieces(*pass.layer, camera);
    if (fresh) state.counts.tiles += entry.pieces.size();
    if (pass.kind == scene::DrawingPass::Kind::fills) add_fills(entry, paper);
    if (pass.kind == scene::DrawingPass::Kind::outlines) add_lines(entry, pass.layer->look.opacity);
    if (pass.kind == scene::DrawingPass::Kind::features) add_layer(entry);
  }
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
  if (on_ground_ && scene::is_paper(layer)) return;
  const GLuint texture = state_.row_colours.texture(layer, paper, camera_.zoom());
  if (texture == 0) return;
  for (const auto& piece : entry.pieces) {
    if (piece->fills.empty()) continue;
    steps_.push_back(
        {fill_us, false,
         [this, piece, texture, opacity = scene::fill_opacity(layer, camera_.zoom(), on_ground_)] {
           glBindTexture(GL_TEXTURE_2D, texture);
           Painter{state_.programs, state_.counts, camera_.width(), camera_.height()}.fills(
               state_.gpu_pieces.of(piece), *piece, camera_, opacity);
         }});
  }
}

void Picture::add_lines(const LayerPieces& entry, double opacity) {
  const MapLayer& layer = *entry.layer;
  const auto& styles = layer.rows->styles;
  const std::vector<bool> hairline = hairline_styles(entry);
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const auto paint = scene::line_of(styles[i], layer.look, camera_, opacity);
    if (!paint) continue;
    if (paint->casing && !hairline[i]) add_style(entry, i, *paint->casing, false);
    add_style(entry, i, paint->line, hairline[i]);
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
  const auto& styles = layer.rows->styles;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const auto symbol = scene::symbol_of(styles[i], layer.look, camera_);
    if (!symbol) continue;
    for (const auto& piece : entry.pieces) {
      for (const StyleRun& run : piece->symbol_runs) {
        if (run.style.value != i) continue;
        for_chunks(run, [&](const StyleRun& part) {
          steps_.push_back(
              {(part.end - part.begin) * symbol_us, false, [this, piece, part, symbol = *symbol] {
                 Painter{state_.programs, state_.counts, camera_.width(), camera_.height()}.symbols(
                     state_.gpu_pieces.of(piece), *piece, camera_, part, symbol);
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
  if (!scene::has_polygons(*entry.layer)) add_lines(entry, 1);
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
