// A symbol as pixels, ready to be laid down many times: drawn once much larger by cairo, and from that made
// for each place within a pixel that its centre may have.
#pragma once

#include <array>
#include <vector>

#include "render/page/coverage.hpp"
#include "render/scene/paint.hpp"
#include "render/text/faces.hpp"

namespace xiangtu::render::page {

class SymbolStamps {
 public:
  SymbolStamps(const scene::SymbolPaint& paint, const text::Faces& faces);

  const scene::SymbolPaint& paint() const { return paint_; }

  // Pixels with the symbol's centre where it was asked for; they live as long as the stamps. Premultiplied.
  using Stamp = Pixels;
  Stamp at(ScreenPoint centre);

 private:
  static constexpr int phases = 4;  // centres within a pixel each way, and how much larger it is drawn
  int large_side() const { return (side_ + 1) * phases; }  // half a pixel of margin on each side
  struct Made {
    std::vector<std::uint32_t> pixels;
    PixelRect drawn;  // beyond it there is nothing; in pixels of the stamp
  };
  Made made(int phase_x, int phase_y) const;

  scene::SymbolPaint paint_;
  int side_;    // of a stamp, pixels
  int centre_;  // the pixel in it that has the symbol's centre
  std::vector<std::uint32_t> large_;
  PixelRect drawn_;                           // beyond it the large one has nothing
  std::array<Made, phases * phases> stamps_;  // made when first needed
};

}  // namespace xiangtu::render::page
