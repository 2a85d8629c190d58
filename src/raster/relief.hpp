// Relief out of heights: hillshade after Horn (1981), "Hill shading and the reflectance map", Proceedings
// of the IEEE 69(1), and tints by height. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "raster/image.hpp"

namespace xiangtu::raster {

// A grid of heights in metres, rows from the north; NaN where there is none. Cells are squares on the
// ground, whose side may change from row to row.
struct Heights {
  int width = 0;
  int height = 0;
  std::vector<float> metres;
  std::vector<double> cell_m;  // by row

  bool empty() const { return metres.empty(); }
  float at(int x, int y) const {
    return metres[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

struct Sun {
  double azimuth_deg = 315;  // clockwise from the north
  double altitude_deg = 45;
};

// The share of light, 0 … 1, of a cell that is not at the grid's edge: the cosine between the surface's
// normal and the direction of the sun, 0 where it is turned away. Horn's gradient of the eight
// neighbours; a neighbour without height counts as high as the cell itself. exaggeration: of heights.
double light_at(const Heights& heights, int x, int y, const Sun& sun, double exaggeration = 1);

// How much relief is exaggerated so that it still shows where cells are large and heights are averaged.
double exaggeration_for(double cell_m);

enum class Tint : bool { none, by_height };

// A picture of the grid without its outermost cells: grey as light falls (flat ground near white), or tinted
// by height. Transparent where there is no height.
Image shade(const Heights& heights, Tint tint, const Sun& sun = {});

}  // namespace xiangtu::raster
