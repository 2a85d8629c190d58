// What window and picture have in common: ImGui with its OpenGL back end, the map's renderer, fonts.
// Needs a current OpenGL 3.3 core context for all its life.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/gl/map_canvas.hpp"
#include "render/text/system_fonts.hpp"
#include "viewer/frame.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

class Display {
 public:
  // scale: the display's content scale.
  static Result<std::unique_ptr<Display>> create(AppState& state, float scale);
  ~Display();
  Display(const Display&) = delete;

  // Draws a frame into the bound framebuffer of a size in device pixels. Between the caller's own
  // input handling and swap; ImGui's display size and time step are set.
  void draw_frame(AppState& state, int width, int height, unsigned framebuffer);
  // Nothing will change any more until there is input.
  bool settled(const AppState& state) const;
  // Builds every tile of the present view, for a picture.
  void settle(AppState& state, Progress& progress);

 private:
  explicit Display(float scale);
  Status rebuild_fonts(AppState& state);
  void speak_of(const render::text::FontChoice& fonts, AppState& state);
  void update_legend(AppState& state);
  void draw_legend(const AppState& state, int x, int y);

  float scale_;
  bool dark_ = false;
  render::text::FontCatalogue catalogue_;
  std::vector<render::text::FontFile> fonts_;
  std::string said_of_fonts_;  // English, the last remark on them
  std::optional<render::gl::MapRenderer> renderer_;
  std::optional<render::gl::MapCanvas> canvas_;
  // The legend of a view that stands still; looked up again when anything about it changes.
  struct Legend {
    render::scene::Camera camera{1, 1};
    std::uint64_t revision = 0;
    std::vector<render::scene::LayerLook> looks;
    Language language = Language::english;
    bool operator==(const Legend&) const = default;
  };
  Legend legend_of_;
  int legend_frames_ = 0;  // until the panel has followed it
};

}  // namespace xiangtu::viewer
