#include "render/page/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace xiangtu::render::page {

namespace {

constexpr int block_width = 64, block_height = 16;

int blocks(int pixels, int block) {
  return (pixels + block - 1) / block;
}

std::uint8_t byte_of(float share) {
  return static_cast<std::uint8_t>(static_cast<int>(share * 255.0f + 0.5f));
}

// Of the x that satisfy least <= x * direction + y * across <= most: they move along with y.
struct Bounds {
  double slope = 0, least = -std::numeric_limits<double>::infinity(),
         most = std::numeric_limits<double>::infinity();

  Bounds(double direction, double across, double from, double to) {
    if (std::abs(direction) < 1e-9) return;
    slope = -across / direction;
    least = std::min(from / direction, to / direction);
    most = std::max(from / direction, to / direction);
  }
};

bool eight_are_zero(const std::uint8_t* bytes) {
  std::uint64_t together = 0;
  std::memcpy(&together, bytes, sizeof(together));
  return together == 0;
}

std::uint32_t premultiplied(scene::Colour colour, unsigned cover) {
  const unsigned alpha = (colour.a * cover + 127) / 255;
  const auto channel = [&](unsigned value) { return (value * alpha + 127) / 255; };
  return alpha << 24 | channel(colour.r) << 16 | channel(colour.g) << 8 | channel(colour.b);
}

// Between the texels around a place; beyond them there is nothing.
float sample(const Coverage::Mask& mask, float x, float y) {
  const int column = static_cast<int>(std::floor(x)), line = static_cast<int>(std::floor(y));
  const float right = x - static_cast<float>(column), down = y - static_cast<float>(line);
  const auto texel = [&](int at_x, int at_y) {
    const bool inside = at_x >= 0 && at_y >= 0 && at_x < mask.width && at_y < mask.height;
    return inside ? static_cast<float>(mask.texels[at_y * mask.stride + at_x]) : 0.0f;
  };
  const float above = texel(column, line) * (1 - right) + texel(column + 1, line) * right;
  const float below = texel(column, line + 1) * (1 - right) + texel(column + 1, line + 1) * right;
  return above * (1 - down) + below * down;
}

}  // namespace

PixelRect PixelRect::cut_to(const PixelRect& other) const {
  return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
          std::min(bottom, other.bottom)};
}

PixelRect PixelRect::joined_with(const PixelRect& other) const {
  if (empty()) return other;
  return {std::min(left, other.left), std::min(top, other.top), std::max(right, other.right),
          std::max(bottom, other.bottom)};
}

Coverage::Coverage(const PixelRect& area)
    : area_(area),
      clip_(area),
      width_(std::max(area.right - area.left, 0)),
      cover_(static_cast<std::size_t>(width_) *
             static_cast<std::size_t>(std::max(area.bottom - area.top, 0))),
      block_columns_(blocks(width_, block_width)),
      block_rows_(blocks(area.bottom - area.top, block_height)),
      touched_(static_cast<std::size_t>(block_columns_) * static_cast<std::size_t>(block_rows_)) {}

void Coverage::touch(const PixelRect& rect) {
  const int first = (rect.left - area_.left) / block_width,
            last = (rect.right - 1 - area_.left) / block_width;
  for (int line = (rect.top - area_.top) / block_height; line <= (rect.bottom - 1 - area_.top) / block_height;
       ++line)
    for (int column = first; column <= last; ++column)
      touched_[static_cast<std::size_t>(line * block_columns_ + column)] = 1;
}

// A pixel is covered as far as its middle is from the line's: wholly up to half a pixel within its edge, not
// at all from half a pixel beyond.
template <bool cut>
void Coverage::draw_row(const Line& line, int y, int x0, int x1, double ux, double uy, double length) {
  std::uint8_t* covered = at(x0, y);
  const double px = x0 + 0.5 - line.a.x, py = y + 0.5 - line.a.y;
  const auto along_0 = static_cast<float>(px * ux + py * uy);
  const auto across_0 = static_cast<float>(py * ux - px * uy);
  const auto along_step = static_cast<float>(ux), across_step = static_cast<float>(-uy);
  const auto extent = static_cast<float>(length);
  const auto reach = static_cast<float>(line.half_width + 0.5);
  for (int i = 0; i < x1 - x0; ++i) {
    const float along = along_0 + along_step * static_cast<float>(i);
    const float across = across_0 + across_step * static_cast<float>(i);
    const float past = along - std::min(std::max(along, 0.0f), extent);
    float cover = std::min(std::max(reach - std::sqrt(past * past + across * across), 0.0f), 1.0f);
    if constexpr (cut) {
      if (line.cut_a) cover *= std::min(std::max(along + 0.5f, 0.0f), 1.0f);
      if (line.cut_b) cover *= std::min(std::max(extent - along + 0.5f, 0.0f), 1.0f);
    }
    covered[i] = std::max(covered[i], byte_of(cover));
  }
}

void Coverage::add(const Line& line) {
  if (!std::isfinite(line.a.x + line.a.y + line.b.x + line.b.y)) return;
  const double reach = line.half_width + 0.5;
  const double x_min = std::min(line.a.x, line.b.x), x_max = std::max(line.a.x, line.b.x);
  const double y_min = std::min(line.a.y, line.b.y), y_max = std::max(line.a.y, line.b.y);
  // Compared before they are made whole: a line may be as long as it likes.
  if (!(x_max + reach > clip_.left && x_min - reach < clip_.right && y_max + reach > clip_.top &&
        y_min - reach < clip_.bottom))
    return;
  const auto whole = [](double edge, int least, int most) {
    return static_cast<int>(std::clamp(edge, static_cast<double>(least), static_cast<double>(most)));
  };
  const PixelRect box{whole(std::floor(x_min - reach), clip_.left, clip_.right),
                      whole(std::floor(y_min - reach), clip_.top, clip_.bottom),
                      whole(std::ceil(x_max + reach), clip_.left, clip_.right),
                      whole(std::ceil(y_max + reach), clip_.top, clip_.bottom)};
  if (box.empty()) return;
  touch(box);
  const double dx = line.b.x - line.a.x, dy = line.b.y - line.a.y;
  const double length = std::hypot(dx, dy);
  const double ux = length > 0 ? dx / length : 1, uy = length > 0 ? dy / length : 0;
  const auto draw = line.cut_a || line.cut_b ? &Coverage::draw_row<true> : &Coverage::draw_row<false>;
  // Where a row is within reach across the line and along it.
  const Bounds across{uy, -ux, -reach, reach}, along{ux, uy, -reach, length + reach};
  constexpr double slack = 0.001;        // for what is rounded on the way
  const double middle = line.a.x - 0.5;  // a pixel is asked for by its middle
  for (int y = box.top; y < box.bottom; ++y) {
    const double py = y + 0.5 - line.a.y;
    const double from = middle + std::max(py * across.slope + across.least, py * along.slope + along.least);
    const double to = middle + std::min(py * across.slope + across.most, py * along.slope + along.most);
    if (!(from < box.right && to > box.left - 1 && from < to)) continue;
    const int x0 = from > box.left ? static_cast<int>(std::ceil(from - slack)) : box.left;
    const int x1 = to < box.right - 1 ? static_cast<int>(to + slack) + 1 : box.right;
    (this->*draw)(line, y, x0, x1, ux, uy, length);
  }
}

void Coverage::add(const Mask& mask) {
  const int x = static_cast<int>(std::lround(mask.origin.x + mask.left));
  const int y = static_cast<int>(std::lround(mask.origin.y + mask.top));
  const PixelRect box = PixelRect{x, y, x + mask.width, y + mask.height}.cut_to(clip_);
  if (box.empty()) return;
  touch(box);
  for (int line = box.top; line < box.bottom; ++line) {
    const std::uint8_t* texels = mask.texels + (line - y) * mask.stride;
    std::uint8_t* covered = at(box.left, line);
    for (int column = box.left; column < box.right; ++column, ++covered)
      *covered = std::max(*covered, texels[column - x]);
  }
}

void Coverage::add_turned(const Mask& mask, double angle) {
  const double c = std::cos(angle), s = std::sin(angle);
  double x_min = 1e9, x_max = -1e9, y_min = 1e9, y_max = -1e9;
  for (const double along : {mask.left - 1, mask.left + mask.width + 1}) {
    for (const double below : {mask.top - 1, mask.top + mask.height + 1}) {
      const double x = mask.origin.x + along * c - below * s, y = mask.origin.y + along * s + below * c;
      x_min = std::min(x_min, x), x_max = std::max(x_max, x);
      y_min = std::min(y_min, y), y_max = std::max(y_max, y);
    }
  }
  const PixelRect box = PixelRect{static_cast<int>(std::floor(x_min)), static_cast<int>(std::floor(y_min)),
                                  static_cast<int>(std::ceil(x_max)), static_cast<int>(std::ceil(y_max))}
                            .cut_to(clip_);
  if (box.empty()) return;
  touch(box);
  for (int y = box.top; y < box.bottom; ++y) {
    std::uint8_t* covered = at(box.left, y);
    for (int x = box.left; x < box.right; ++x, ++covered) {
      const double px = x + 0.5 - mask.origin.x, py = y + 0.5 - mask.origin.y;
      const double along = px * c + py * s - mask.left, below = py * c - px * s - mask.top;
      const float share = sample(mask, static_cast<float>(along - 0.5), static_cast<float>(below - 0.5));
      *covered = std::max(*covered, static_cast<std::uint8_t>(share + 0.5f));
    }
  }
}

void Coverage::lay_block(int column, int line, const std::uint32_t* coats, const Pixels& pixels) {
  const int left = area_.left + column * block_width, top = area_.top + line * block_height;
  const PixelRect box = PixelRect{left, top, left + block_width, top + block_height}.cut_to(area_);
  const PixelRect seen = box.cut_to(pixels.place);
  for (int y = seen.top; y < seen.bottom; ++y) {
    const std::uint8_t* covered = at(seen.left, y);
    const std::uint8_t* const end = covered + (seen.right - seen.left);
    std::uint32_t* pixel = pixels.at(seen.left, y);
    while (covered < end) {
      if (covered + 8 <= end && eight_are_zero(covered)) {
        covered += 8;
        pixel += 8;
        continue;
      }
      const std::uint8_t* const stop = std::min(covered + 8, end);
      for (; covered < stop; ++covered, ++pixel)
        if (*covered != 0) *pixel = laid_over(coats[*covered], *pixel);
    }
  }
  for (int y = box.top; y < box.bottom; ++y)
    std::memset(at(box.left, y), 0, static_cast<std::size_t>(box.right - box.left));
}

void Coverage::lay(scene::Colour colour, const Pixels& pixels) {
  std::uint32_t coats[256];
  for (unsigned cover = 0; cover < 256; ++cover) coats[cover] = premultiplied(colour, cover);
  for (int line = 0; line < block_rows_; ++line)
    for (int column = 0; column < block_columns_; ++column)
      if (std::exchange(touched_[static_cast<std::size_t>(line * block_columns_ + column)], 0))
        lay_block(column, line, coats, pixels);
}

}  // namespace xiangtu::render::page
