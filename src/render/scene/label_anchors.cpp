#include "render/scene/label_anchors.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>
#include <unordered_set>

#include "render/scene/join_lines.hpp"
#include "render/scene/simplify.hpp"

namespace xiangtu::render::scene {

namespace {

using table::GeometryKind;
using table::TextColumn;

constexpr float path_tolerance = 0.75f;  // level pixels: names follow bends, not every jag
constexpr double shield_place = 0.3;     // of the way along its stretch, so that a name has the middle
constexpr float least_shield_line = 24;  // level pixels
// The closest level serves closer zooms as well: places as near as they are used eight times closer.
constexpr double closest_distance = 1.0 / 8, closest_window = 1.0 / 2;

const TextColumn* text_column(const table::FeatureTable& table, const std::string& field) {
  const table::Column* column = table.find(field);
  return column && column->is_text() ? &column->text() : nullptr;
}

// Whether a code is one of roads: letters, then digits, such as G65E, S204 and X003610826 (GB/T 917). Keys of
// a database that were mapped to the code, such as "10432.0", are nothing to read on a map.
bool is_road_number(std::string_view code) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto after = std::find_if_not(code.begin(), code.end(), is_letter);
  const auto letters = after - code.begin();
  const bool begins = letters >= 1 && letters <= 3 && after != code.end() && is_digit(*after);
  return begins && std::all_of(after, code.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

// About as wide as the text will be, in style pixels: no font is known here.
double guessed_width(std::string_view text, double size) {
  double ems = 0;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80) ems += 0.55;
    if (value >= 0xC0) ems += 1.1;
  }
  return ems * size;
}

// A joined line in level pixels, with the sum of its turns up to each vertex.
struct Path {
  std::vector<SegmentVertex> vertices;
  std::vector<float> turned;

  float length() const { return vertices.back().along; }

  explicit Path(const std::vector<Point>& points) {
    float along = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (i > 0) along += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
      vertices.push_back({points[i].x, points[i].y, along});
    }
    turned.assign(points.size(), 0);
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      const float before = std::atan2(points[i].y - points[i - 1].y, points[i].x - points[i - 1].x);
      const float after = std::atan2(points[i + 1].y - points[i].y, points[i + 1].x - points[i].x);
      turned[i] = turned[i - 1] + std::abs(std::remainder(after - before, 6.2831853f));
    }
    if (points.size() > 1) turned.back() = turned[points.size() - 2];
  }

  std::size_t vertex_after(float along) const {
    const auto after = std::upper_bound(vertices.begin() + 1, vertices.end() - 1, along,
                                        [](float at, const SegmentVertex& v) { return at < v.along; });
    return static_cast<std::size_t>(after - vertices.begin());
  }
  Point at(float along) const {
    const std::size_t i = vertex_after(along);
    const SegmentVertex &a = vertices[i - 1], &b = vertices[i];
    const float share = b.along > a.along ? std::clamp((along - a.along) / (b.along - a.along), 0.f, 1.f) : 0;
    return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
  }
  float turns(float from, float to) const {
    return turned[vertex_after(to) - 1] - turned[vertex_after(from) - 1];
  }
  // The middle of the straightest window between two places; among equals the one nearest to their middle.
  float straightest(float from, float to, float window) const {
    const float low = std::max(from, window / 2), high = std::min(to, length() - window / 2);
    const float middle = (from + to) / 2;
    if (low >= high) return std::clamp(middle, std::min(low, high), std::max(low, high));
    constexpr int tries = 24;
    constexpr float weight_of_middle = 0.3f;  // radians for the whole way to an end
    float best = middle, least = 1e9f;
    for (int i = 0; i <= tries; ++i) {
      const float centre = low + (high - low) * static_cast<float>(i) / tries;
      const float cost = turns(centre - window / 2, centre + window / 2) +
                         weight_of_middle * std::abs(centre - middle) / (to - from);
      if (cost >= least) continue;
      least = cost;
      best = centre;
    }
    return best;
  }
};

// Places that remain when every second is left out come first: they stay as one zooms out.
float rank_of(std::size_t number) {
  return number == 0 ? 32 : static_cast<float>(std::countr_zero(number));
}

class LineAnchors {
 public:
  LineAnchors(const LayerGeometry& layer, const LabelTexts& texts, Piece& piece)
      : layer_(layer), texts_(texts), piece_(piece), closest_(piece.level == max_level) {
    const auto& styles = layer.styled->styles;
    for (std::size_t i = 0; i < styles.size(); ++i) {
      std::size_t first = 0;
      while (styles[first].label != styles[i].label || styles[first].shield != styles[i].shield) ++first;
      look_.push_back(static_cast<std::uint32_t>(first));
    }
  }

  void add(std::span<const RowIx> rows) {
    std::vector<Labelled> labelled;
    for (const RowIx row : rows) {
      const Labelled entry = labelled_row(row);
      if (entry.name != table::Dictionary::missing || entry.shield != table::Dictionary::missing)
        labelled.push_back(entry);
    }
    std::sort(labelled.begin(), labelled.end());
    for (std::size_t begin = 0; begin < labelled.size();) {
      std::size_t end = begin;
      lines_.clear();
      for (; end < labelled.size() && labelled[end].same_texts(labelled[begin]); ++end)
        add_parts(labelled[end]);
      for (const auto& line : join_lines(lines_)) add_path(labelled[begin], line);
      begin = end;
    }
  }

 private:
  struct Labelled {
    std::uint32_t look, name, shield, row;
    auto operator<=>(const Labelled&) const = default;
    bool same_texts(const Labelled& other) const {
      return look == other.look && name == other.name && shield == other.shield;
    }
  };

  Labelled labelled_row(RowIx row) const {
    constexpr std::uint32_t missing = table::Dictionary::missing;
    const std::uint16_t number = layer_.styled->style_of_row[row.value];
    const FeatureStyle& style = layer_.styled->styles[number];
    Labelled entry{look_[number], missing, missing, static_cast<std::uint32_t>(row.value)};
    if (label_kind(GeometryKind::line, style) != LabelKind::along) return entry;
    const TextColumn *names = texts_.names[number], *shields = texts_.shields[number];
    if (names && labelled_at_level(style.label, piece_.level)) entry.name = names->entries[row.value];
    if (shields && labelled_at_level(style.shield.label, piece_.level))
      entry.shield = shields->entries[row.value];
    const bool is_code = entry.shield != missing && style.shield.label.field == "code";
    if (is_code && !is_road_number(shields->at(row.value))) entry.shield = missing;
    // A road that is called like its code needs no name beside the shield.
    const bool both = entry.name != missing && entry.shield != missing;
    if (both && names->at(row.value) == shields->at(row.value)) entry.name = missing;
    return entry;
  }

  void add_parts(const Labelled& entry) {
    const table::GeometryColumn& geometry = layer_.table->geometry;
    for (std::size_t part = geometry.part_begin(entry.row); part < geometry.part_end(entry.row); ++part)
      lines_.push_back(geometry.part(part));
  }

  void add_path(const Labelled& entry, const std::vector<geodesy::LonLat>& line) {
    points_.clear();
    const double scale = piece_.pixels_per_world();
    for (const geodesy::LonLat vertex : line) {
      const WorldPoint world = world_of(vertex);
      points_.push_back({static_cast<float>((world.x - piece_.origin.x) * scale),
                         static_cast<float>((world.y - piece_.origin.y) * scale)});
    }
    simplify(points_, closest_ ? 0 : path_tolerance, simplifying_);
    if (points_.size() < 2) return;
    const Path path{points_};
    if (entry.shield != table::Dictionary::missing) add_shields(entry, path);
    if (entry.name != table::Dictionary::missing) add_names(entry, path);
  }

  std::size_t stretches(const Path& path, const LabelStyle& style) const {
    const double distance = std::max(style.distance, 20.0) * (closest_ ? closest_distance : 1);
    return std::max<std::size_t>(static_cast<std::size_t>(path.length() / distance), 1);
  }

  LabelAnchor anchor(const Labelled& entry, LabelKind kind, const Path& path, float at,
                     std::size_t number) const {
    constexpr float longest = 4095;
    const Point place = path.at(at);
    return {place.x,   place.y,
            entry.row, layer_.styled->style_of_row[entry.row],
            kind,      rank_of(number) * (longest + 1) + std::min(path.length(), longest),
            0,         0,
            at};
  }

  void add_shields(const Labelled& entry, const Path& path) {
    if (!closest_ && path.length() < least_shield_line) return;
    const FeatureStyle& style = layer_.styled->styles[layer_.styled->style_of_row[entry.row]];
    const std::size_t count = stretches(path, style.shield.label);
    for (std::size_t i = 0; i < count; ++i) {
      const double at = (static_cast<double>(i) + shield_place) / static_cast<double>(count) * path.length();
      piece_.labels.push_back(anchor(entry, LabelKind::shield, path, static_cast<float>(at), i));
    }
  }

  void add_names(const Labelled& entry, const Path& path) {
    const std::uint16_t number = layer_.styled->style_of_row[entry.row];
    const LabelStyle& style = layer_.styled->styles[number].label;
    const double width = guessed_width(texts_.names[number]->at(entry.row), style.size.at(piece_.level));
    if (!closest_ && path.length() < width * 0.9) return;
    const auto window = static_cast<float>(width * (closest_ ? closest_window : 1));
    const std::size_t count = stretches(path, style);
    const float stretch = path.length() / static_cast<float>(count);
    for (std::size_t i = 0; i < count; ++i) {
      const float from = stretch * static_cast<float>(i);
      LabelAnchor place =
          anchor(entry, LabelKind::along, path, path.straightest(from, from + stretch, window), i);
      place.path = static_cast<std::uint32_t>(piece_.label_paths.size());
      piece_.labels.push_back(place);
    }
    const auto begin = static_cast<std::uint32_t>(piece_.label_vertices.size());
    piece_.label_vertices.insert(piece_.label_vertices.end(), path.vertices.begin(), path.vertices.end());
    piece_.label_paths.push_back({begin, static_cast<std::uint32_t>(piece_.label_vertices.size())});
  }

  const LayerGeometry& layer_;
  const LabelTexts& texts_;
  Piece& piece_;
  bool closest_;
  std::vector<std::uint32_t> look_;  // by style: the first style with the same labels
  std::vector<std::span<const geodesy::LonLat>> lines_;
  std::vector<Point> points_;
  std::vector<std::size_t> simplifying_;
};

}  // namespace

LabelTexts label_texts(const table::FeatureTable& table, const StyledRows& styled) {
  LabelTexts texts;
  for (const FeatureStyle& style : styled.styles) {
    const auto column = [&](const LabelStyle& label) {
      return label.size.zero() ? nullptr : text_column(table, label.field);
    };
    texts.names.push_back(column(style.label));
    texts.shields.push_back(column(style.shield.label));
  }
  return texts;
}

LabelKind label_kind(GeometryKind geometry, const FeatureStyle& style) {
  if (geometry == GeometryKind::point || style.symbol.shape != Shape::none) return LabelKind::beside;
  return geometry == GeometryKind::polygon ? LabelKind::within : LabelKind::along;
}

bool labelled_at_level(const LabelStyle& style, int level) {
  return !style.size.zero() && (level == max_level || style.min_zoom <= level) && style.max_zoom > level - 1;
}

void add_line_anchors(const LayerGeometry& layer, const LabelTexts& texts, std::span<const RowIx> rows,
                      Piece& piece) {
  if (layer.table->geometry.kind() != GeometryKind::line) return;
  const auto there = [](const TextColumn* column) { return column != nullptr; };
  if (std::any_of(texts.names.begin(), texts.names.end(), there) ||
      std::any_of(texts.shields.begin(), texts.shields.end(), there))
    LineAnchors{layer, texts, piece}.add(rows);
}

void order_anchors(const LayerGeometry& layer, Piece& piece) {
  const auto& styles = layer.styled->styles;
  const auto rank = [&](const LabelAnchor& anchor) {
    const FeatureStyle& style = styles[anchor.style];
    const int priority =
        anchor.kind == LabelKind::shield ? style.shield.label.priority : style.label.priority;
    return std::tuple{-priority, -anchor.importance, anchor.row, anchor.path, anchor.at};
  };
  std::sort(piece.labels.begin(), piece.labels.end(),
            [&](const LabelAnchor& a, const LabelAnchor& b) { return rank(a) < rank(b); });
  if (piece.level == max_level) return;
  constexpr double cell_width = 40, cell_height = 14;  // level pixels: a short name
  const double left = piece.origin.x * piece.pixels_per_world();
  const double top = piece.origin.y * piece.pixels_per_world();
  std::unordered_set<std::uint64_t> taken;
  std::erase_if(piece.labels, [&](const LabelAnchor& anchor) {
    if (anchor.kind != LabelKind::beside) return false;
    const auto column = static_cast<std::uint64_t>(std::max((left + anchor.x) / cell_width, 0.0));
    const auto row = static_cast<std::uint64_t>(std::max((top + anchor.y) / cell_height, 0.0));
    return !taken.insert(column << 32 | row).second;
  });
}

}  // namespace xiangtu::render::scene
