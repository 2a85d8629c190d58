#include "render/scene/labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "render/scene/taken_room.hpp"
#include "render/scene/text_along.hpp"

namespace xiangtu::render::scene {

namespace {

constexpr double count_px = 9.5;
constexpr double reach_px = 160;  // style pixels around the view: how far a text may reach into it

struct Candidate {
  const MapLayer* layer;
  const Piece* piece;
  const LabelAnchor* anchor;
  const FeatureStyle* style;
  const LabelStyle* label;
  ScreenPoint at;
  double scale;  // device pixels a level pixel

  RowIx row() const { return RowIx{anchor->row}; }
};

// The dearest first; a total order that does not depend on where the view is.
bool goes_before(const Candidate& a, const Candidate& b) {
  if (a.label->priority != b.label->priority) return a.label->priority > b.label->priority;
  if (a.anchor->importance != b.anchor->importance) return a.anchor->importance > b.anchor->importance;
  if (a.layer->id != b.layer->id) return a.layer->id < b.layer->id;
  if (a.anchor->row != b.anchor->row) return a.anchor->row < b.anchor->row;
  if (a.piece != b.piece)
    return std::tuple{a.piece->origin.x, a.piece->origin.y} <
           std::tuple{b.piece->origin.x, b.piece->origin.y};
  return std::tuple{a.anchor->x, a.anchor->y, a.anchor->kind} <
         std::tuple{b.anchor->x, b.anchor->y, b.anchor->kind};
}

// What a name may cover.
enum class Over { nothing, symbols };

// The middle of a polygon first, then around it.
constexpr std::array<ScreenPoint, 9> around_middle{
    {{0, 0}, {0, -1}, {0, 1}, {-1, 0}, {1, 0}, {-0.7, -0.7}, {0.7, -0.7}, {-0.7, 0.7}, {0.7, 0.7}}};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

class Placing {
 public:
  Placing(const Scene& scene, const Camera& camera, const MeasureText& measure, const LabelOptions& options)
      : scene_(scene),
        camera_(camera),
        measure_(measure),
        options_(options),
        zoom_(camera.zoom()),
        ratio_(camera.pixel_ratio()),
        view_{0, 0, static_cast<double>(camera.width()), static_cast<double>(camera.height())},
        allowed_(options.cut_at_edges ? view_.grown(reach_px * ratio_) : view_),
        taken_(allowed_.grown(reach_px * ratio_)),
        symbols_(allowed_.grown(reach_px * ratio_)) {}

  std::vector<PlacedLabel> run() {
    for (const MapLayer& layer : scene_.layers())
      if (layer.look.visible && layer.look.labels) add_candidates(layer);
    std::sort(candidates_.begin(), candidates_.end(), goes_before);
    for (const ScreenBox& box : options_.keep_free) taken_.take(box);
    for (const Candidate& candidate : candidates_) take_symbol(candidate);
    for (const Candidate& candidate : candidates_) place(candidate);
    return std::move(result_);
  }

 private:
  void add_candidates(const MapLayer& layer) {
    // What does not fit on the picture has no say on it.
    const double reach = (allowed_.right - view_.right) / ratio_;
    for (auto& piece : scene_.pieces(layer, camera_, reach)) {
      const double scale = camera_.pixels_per_world() / piece->pixels_per_world();
      const ScreenPoint origin = camera_.to_screen(piece->origin);
      for (const LabelAnchor& anchor : piece->labels) {
        const FeatureStyle& style = layer.rows->styles[anchor.style];
        const LabelStyle& label = label_of(anchor, style);
        if (!style.visible_at(zoom_) || !label.visible_at(zoom_)) continue;
        const ScreenPoint at{origin.x + anchor.x * scale, origin.y + anchor.y * scale};
        if (!allowed_.contains(at)) continue;
        candidates_.push_back({&layer, piece.get(), &anchor, &style, &label, at, scale});
      }
      keep_.push_back(std::move(piece));
    }
  }

  const LabelStyle& label_of(const LabelAnchor& anchor, const FeatureStyle& style) {
    if (anchor.kind == LabelKind::shield) return style.shield.label;
    if (anchor.kind != LabelKind::count) return style.label;
    const auto [entry, fresh] = count_labels_.try_emplace(&style, count_label(style));
    return entry->second;
  }

  // Small, in the colours of the style's names, and after all of these.
  static LabelStyle count_label(const FeatureStyle& style) {
    LabelStyle label;
    label.size = ZoomSize{count_px};
    label.colour = style.label.colour;
    label.halo = style.label.halo;
    label.priority = std::numeric_limits<int>::min();
    return label;
  }

  // No name covers a symbol that has a name itself, but a unit's that finds no other room.
  void take_symbol(const Candidate& candidate) {
    if (candidate.anchor->kind == LabelKind::count) return;
    const SymbolStyle& symbol = candidate.style->symbol;
    if (symbol.shape == Shape::none) return;
    const double radius = symbol.size.at(zoom_) / 2 * ratio_;
    const ScreenPoint at = candidate.at;
    symbols_.take({at.x - radius, at.y - radius, at.x + radius, at.y + radius});
  }

  void place(const Candidate& candidate) {
    const std::string text = text_of(candidate);
    if (text.empty()) return;
    // Whole pixels: few sizes of each glyph, and no shimmer while zooming.
    const double size = std::round(candidate.label->size.at(zoom_) * ratio_);
    switch (candidate.anchor->kind) {
      case LabelKind::beside:
      case LabelKind::count:
        return place_beside(candidate, text, size);
      case LabelKind::within:
        return place_within(candidate, text, size);
      case LabelKind::along:
        return place_along(candidate, text, size);
      case LabelKind::shield:
        return place_shield(candidate, text, size);
    }
  }

  std::string text_of(const Candidate& candidate) const {
    if (candidate.anchor->kind == LabelKind::count) return fmt::format("+{}", candidate.anchor->others);
    const MapLayer& layer = *candidate.layer;
    const table::Column* column = layer.table->find(candidate.label->field);
    if (!column || !column->is_text()) return {};
    const LayerStyle& style = scene_.styles().of(layer.role, layer.table->geometry.kind());
    std::string text = style.label_text(column->text().at(candidate.anchor->row));
    if (candidate.label->characters > 0) {
      const auto clusters = clusters_of(text);
      const auto most = static_cast<std::size_t>(candidate.label->characters);
      if (clusters.size() > most)
        text.resize(static_cast<std::size_t>(clusters[most].text.data() - text.data()));
    }
    return text;
  }

  ScreenBox box_of(ScreenPoint left_baseline, double width, double size) const {
    const double padding = 1.5 * ratio_;
    return ScreenBox{left_baseline.x, left_baseline.y - size * 0.9, left_baseline.x + width,
                     left_baseline.y + size * 0.25}
        .grown(padding);
  }

  bool free_of_names(const ScreenBox& box) const { return allowed_.contains(box) && taken_.free(box); }
  bool free(const ScreenBox& box) const { return free_of_names(box) && symbols_.free(box); }

  // Right of the symbol, left of it, above or below.
  void place_beside(const Candidate& candidate, const std::string& text, double size) {
    const ScreenPoint at = candidate.at;
    const double width = measure_(text, size), half_height = size * 0.36;
    const double gap = (candidate.style->symbol.size.at(zoom_) / 2 + 3.5) * ratio_;
    for (const ScreenPoint place : {ScreenPoint{at.x + gap, at.y + half_height},
                                    {at.x - gap - width, at.y + half_height},
                                    {at.x - width / 2, at.y - gap - size * 0.1},
                                    {at.x - width / 2, at.y + gap + size * 0.85}})
      if (write(candidate, text, size, place, width)) return;
    if (candidate.anchor->kind != LabelKind::count) return;
    // Names stand on both sides of points that coincide: beyond their lines.
    for (const ScreenPoint place :
         {ScreenPoint{at.x - width / 2, at.y - gap - size}, {at.x - width / 2, at.y + gap + size * 1.75}})
      if (write(candidate, text, size, place, width)) return;
  }

  void place_within(const Candidate& candidate, const std::string& text, double size) {
    const double width = measure_(text, size);
    if (candidate.anchor->extent * candidate.scale < std::max(size * 1.2, width * 0.75)) return;  // too small
    // In the middle, else near it: within the polygon, and not so far that panning would change it.
    const double step = std::min(candidate.anchor->extent * candidate.scale * 0.2, size * 2);
    const auto write_around = [&](Over over) {
      for (const auto& [right, down] : around_middle) {
        const ScreenPoint middle{candidate.at.x + right * step, candidate.at.y + down * step};
        if (write(candidate, text, size, {middle.x - width / 2, middle.y + size * 0.36}, width, over))
          return true;
      }
      return false;
    };
    if (!write_around(Over::nothing) && is_unit(candidate)) write_around(Over::symbols);
  }

  // A map without the names of its units is not understood; a symbol under such a name still shows its edge.
  static bool is_unit(const Candidate& candidate) {
    const auto& role = candidate.layer->role;
    return role == table::Role::counties || role == table::Role::townships;
  }

  bool write(const Candidate& candidate, const std::string& text, double size, ScreenPoint place,
             double width, Over over = Over::nothing) {
    const ScreenBox box = box_of(place, width, size);
    if (over == Over::symbols ? !free_of_names(box) : !free(box)) return false;
    taken_.take(box);
    if (box.meets(view_)) add(candidate, text, size, place);
    return true;
  }

  void place_along(const Candidate& candidate, const std::string& text, double size) {
    if (repeats(candidate, text)) return;
    std::vector<TextCluster> clusters = clusters_of(text);
    for (TextCluster& cluster : clusters) cluster.advance = measure_(cluster.text, size);
    const LabelPath& path = candidate.piece->label_paths[candidate.anchor->path];
    const LineOnScreen line{
        std::span{candidate.piece->label_vertices}.subspan(path.begin, path.end - path.begin),
        camera_.to_screen(candidate.piece->origin), candidate.scale};
    const LineStyle& drawn = candidate.style->line;
    const double beside = (drawn.width.at(zoom_) / 2 + drawn.casing.at(zoom_) + 1) * ratio_ + size * 0.5;
    for (const double side : {beside, -beside}) {
      auto glyphs = text_along(line, candidate.anchor->at, side, clusters, size);
      if (!glyphs || !take(*glyphs, clusters, size)) continue;
      note(candidate, text);
      if (std::none_of(boxes_.begin(), boxes_.end(), [&](const ScreenBox& box) { return box.meets(view_); }))
        return;
      add(candidate, text, size, glyphs->front().left_baseline);
      result_.back().glyphs = std::move(*glyphs);
      return;
    }
  }

  // Whether all characters find room, which they take then.
  bool take(const std::vector<LabelGlyph>& glyphs, const std::vector<TextCluster>& clusters, double size) {
    boxes_.clear();
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
      boxes_.push_back(box_around(glyphs[i], clusters[i].advance, size));
      if (!free(boxes_.back())) return false;
    }
    for (const ScreenBox& box : boxes_) taken_.take(box);
    return true;
  }

  // Around a turned character.
  ScreenBox box_around(const LabelGlyph& glyph, double advance, double size) const {
    const double c = std::cos(glyph.angle), s = std::sin(glyph.angle);
    const double x = advance / 2, y = -size * 0.33;
    const ScreenPoint middle{glyph.left_baseline.x + x * c - y * s, glyph.left_baseline.y + x * s + y * c};
    const double half = std::max(advance, size) * 0.55 + 1.5 * ratio_;
    return {middle.x - half, middle.y - half, middle.x + half, middle.y + half};
  }

  void place_shield(const Candidate& candidate, const std::string& text, double size) {
    if (repeats(candidate, text)) return;
    const double width = std::round(measure_(text, size)), beside = std::round(3 * ratio_),
                 height = std::round(size * 0.72 + 5 * ratio_);
    const double left = std::round(candidate.at.x - width / 2), top = std::round(candidate.at.y - height / 2);
    // Where it would be before rounding: what is taken must not depend on the view.
    const ScreenBox box = ScreenBox{candidate.at.x - width / 2 - beside, candidate.at.y - height / 2,
                                    candidate.at.x + width / 2 + beside, candidate.at.y + height / 2}
                              .grown(2 * ratio_);
    if (!free(box)) return;
    taken_.take(box);
    note(candidate, text);
    if (!box.meets(view_)) return;
    add(candidate, text, size, {left, top + std::round(height / 2 + size * 0.36)});
    const ShieldStyle& style = candidate.style->shield;
    result_.back().halo = {0, 0, 0, 0};
    result_.back().box =
        LabelBox{{left - beside, top}, {left + width + beside, top + height}, 2 * ratio_, ratio_, style.fill,
                 style.outline};
  }

  // A text that stands on lines already, too near to be written again.
  bool repeats(const Candidate& candidate, const std::string& text) const {
    const auto found = on_lines_.find(text);
    if (found == on_lines_.end()) return false;
    const double least = candidate.label->distance * ratio_;
    return std::any_of(found->second.begin(), found->second.end(), [&](const OnLine& other) {
      return other.kind == candidate.anchor->kind &&
             std::hypot(other.at.x - candidate.at.x, other.at.y - candidate.at.y) < least;
    });
  }
  void note(const Candidate& candidate, const std::string& text) {
    on_lines_[text].push_back({candidate.at, candidate.anchor->kind});
  }

  void add(const Candidate& candidate, const std::string& text, double size, ScreenPoint place) {
    result_.push_back({text,
                       {std::round(place.x), std::round(place.y)},
                       size,
                       candidate.label->colour,
                       candidate.label->halo,
                       candidate.layer->id,
                       candidate.row(),
                       {},
                       {}});
  }

  struct OnLine {
    ScreenPoint at;
    LabelKind kind;
  };

  const Scene& scene_;
  const Camera& camera_;
  const MeasureText& measure_;
  const LabelOptions& options_;
  double zoom_, ratio_;
  ScreenBox view_;
  ScreenBox allowed_;  // where texts may be
  TakenRoom taken_;    // by names and what is kept free
  TakenRoom symbols_;  // by symbols that have names
  std::vector<std::shared_ptr<const Piece>> keep_;
  std::vector<Candidate> candidates_;
  std::unordered_map<const FeatureStyle*, LabelStyle> count_labels_;
  std::unordered_map<std::string, std::vector<OnLine>> on_lines_;
  std::vector<ScreenBox> boxes_;  // of the characters on a line
  std::vector<PlacedLabel> result_;
};

}  // namespace

std::string names_on(const Scene& scene) {
  std::string names;
  for (const MapLayer& layer : scene.layers()) {
    if (!layer.look.visible) continue;
    for (const std::string& field :
         scene.styles().of(layer.role, layer.table->geometry.kind()).label_fields()) {
      const table::Column* column = layer.table->find(field);
      if (!column || !column->is_text()) continue;
      const table::Dictionary& texts = column->text().dictionary;
      for (std::uint32_t entry = 0; entry < texts.size(); ++entry)
        if (!is_ascii(texts[entry])) names += texts[entry];
    }
  }
  return names;
}

std::vector<PlacedLabel> place_labels(const Scene& scene, const Camera& camera, const MeasureText& measure,
                                      const LabelOptions& options) {
  return Placing{scene, camera, measure, options}.run();
}

}  // namespace xiangtu::render::scene
