#include "render/scene/text_along.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace xiangtu::render::scene {

namespace {

constexpr double sharpest_turn = 0.42;  // radians between two characters
constexpr double most_turned = 1.25;    // radians between any two
constexpr double middle_height = 0.36;  // of the size: from the baseline to the middle of a character
constexpr double spacing = 0.18;        // of the size, between ideographs: names of lines are set wide

char32_t code_point(std::string_view utf8) {
  const auto byte = [&](std::size_t i) {
    return i < utf8.size() ? static_cast<char32_t>(static_cast<unsigned char>(utf8[i])) : 0;
  };
  const char32_t first = byte(0);
  if (first < 0x80) return first;
  if (first < 0xE0) return (first & 0x1F) << 6 | (byte(1) & 0x3F);
  if (first < 0xF0) return (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

bool is_mark(char32_t c) {  // combining marks, variation selectors
  return (c >= 0x300 && c < 0x370) || (c >= 0x20D0 && c < 0x2100) || (c >= 0xFE00 && c < 0xFE10) ||
         (c >= 0xE0100 && c < 0xE01F0);
}

bool is_ideograph(char32_t c) {
  return (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0xF900 && c < 0xFB00) ||
         (c >= 0xFF01 && c < 0xFF61) || (c >= 0x20000 && c < 0x40000);
}

// Places along a line that is on the screen.
class Walk {
 public:
  explicit Walk(const LineOnScreen& line) : line_(line) {}
  double length() const { return line_.vertices.back().along * line_.scale; }  // device pixels
  ScreenPoint at(double pixels) const {
    const double along = pixels / line_.scale;
    const auto& vertices = line_.vertices;
    const auto after = std::upper_bound(vertices.begin() + 1, vertices.end() - 1, along,
                                        [](double at, const SegmentVertex& v) { return at < v.along; });
    const SegmentVertex &a = *(after - 1), &b = *after;
    const double length = static_cast<double>(b.along) - a.along;
    const double share = length > 0 ? std::clamp((along - a.along) / length, 0.0, 1.0) : 0;
    return {line_.origin.x + (a.x + share * (b.x - a.x)) * line_.scale,
            line_.origin.y + (a.y + share * (b.y - a.y)) * line_.scale};
  }

 private:
  const LineOnScreen& line_;
};

// The curve that the middles of the characters follow: a stretch of the line in reading order, smoothed over
// about a character so that small jags do not make the text dance, and moved aside. In device pixels.
struct Track {
  std::vector<SegmentVertex> vertices;
  double middle = 0;  // along it: beside the middle of the stretch
};

Track track_beside(const Walk& walk, double centre, double reach, double sense, double beside, double size) {
  Track track;
  const int steps = static_cast<int>(std::ceil(reach / (0.4 * size)));
  for (int i = -steps; i <= steps; ++i) {
    const double along = centre + sense * reach * i / steps, half = sense * 0.6 * size;
    const ScreenPoint before = walk.at(along - half), after = walk.at(along + half), on = walk.at(along);
    const double angle = std::atan2(after.y - before.y, after.x - before.x);
    const auto x = static_cast<float>(on.x / 2 + (before.x + after.x) / 4 + beside * std::sin(angle));
    const auto y = static_cast<float>(on.y / 2 + (before.y + after.y) / 4 - beside * std::cos(angle));
    float length = 0;
    if (!track.vertices.empty()) {
      const SegmentVertex& last = track.vertices.back();
      length = last.along + std::hypot(x - last.x, y - last.y);
    }
    track.vertices.push_back({x, y, length});
    if (i == 0) track.middle = length;
  }
  return track;
}

}  // namespace

std::vector<TextCluster> clusters_of(std::string_view utf8) {
  std::vector<TextCluster> clusters;
  for (std::size_t begin = 0; begin < utf8.size();) {
    std::size_t end = begin + 1;
    while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) ++end;
    const char32_t character = code_point(utf8.substr(begin, end - begin));
    if (is_mark(character) && !clusters.empty()) {
      const std::string_view before = clusters.back().text;
      clusters.back().text = {before.data(), before.size() + end - begin};
    } else {
      clusters.push_back({utf8.substr(begin, end - begin), is_ideograph(character), 0});
    }
    begin = end;
  }
  return clusters;
}

std::optional<std::vector<LabelGlyph>> text_along(const LineOnScreen& line, double middle, double beside,
                                                  std::span<const TextCluster> clusters, double size) {
  if (clusters.empty()) return std::nullopt;
  const auto step = [&](const TextCluster& c) { return c.advance + (c.ideograph ? spacing * size : 0); };
  double width = 0;
  bool ideographs = true;
  for (const TextCluster& cluster : clusters) {
    width += step(cluster);
    ideographs = ideographs && cluster.ideograph;
  }
  const Walk walk(line);
  const double centre = middle * line.scale;
  if (centre < width / 2 || centre > walk.length() - width / 2) return std::nullopt;
  const ScreenPoint first = walk.at(centre - width / 2), last = walk.at(centre + width / 2);
  const double across = last.x - first.x, down = last.y - first.y;
  const bool column = ideographs && std::abs(down) > std::abs(across);
  const double sense = (column ? down : across) < 0 ? -1 : 1;  // −1: against the line's own direction

  const Track track = track_beside(walk, centre, width / 2 + size, sense, beside, size);
  const LineOnScreen beside_line{track.vertices, {0, 0}, 1};
  const Walk curve(beside_line);
  if (std::min(track.middle, curve.length() - track.middle) < width / 2) return std::nullopt;

  std::vector<LabelGlyph> glyphs;
  double along = track.middle - width / 2, least = 1e9, most = -1e9;
  for (const TextCluster& cluster : clusters) {
    along += step(cluster) / 2;
    const double half = std::max(cluster.advance, size) / 2;
    const ScreenPoint before = curve.at(along - half), after = curve.at(along + half), at = curve.at(along);
    along += step(cluster) / 2;
    double angle = std::atan2(after.y - before.y, after.x - before.x);
    if (column) angle -= std::numbers::pi / 2;
    // Turns are counted from the character before, also across ±180°.
    if (!glyphs.empty()) {
      const double turn = std::remainder(angle - glyphs.back().angle, 2 * std::numbers::pi);
      if (std::abs(turn) > sharpest_turn) return std::nullopt;
      angle = glyphs.back().angle + turn;
    }
    least = std::min(least, angle);
    most = std::max(most, angle);
    const double x = -cluster.advance / 2, y = middle_height * size;
    glyphs.push_back(
        {std::string{cluster.text},
         {at.x + x * std::cos(angle) - y * std::sin(angle), at.y + x * std::sin(angle) + y * std::cos(angle)},
         angle});
  }
  if (most - least > most_turned) return std::nullopt;
  return glyphs;
}

}  // namespace xiangtu::render::scene
