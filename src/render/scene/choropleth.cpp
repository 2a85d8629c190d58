#include "render/scene/choropleth.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "render/scene/natural_breaks.hpp"

namespace xiangtu::render::scene {

namespace {

constexpr std::array<std::string_view, 4> method_names{"quantile", "equal", "natural", "manual"};

struct Ramp {
  std::string_view name;
  std::array<std::uint32_t, 9> colours;  // light to dark; diverging: end to end
};

// ColorBrewer 2.0, nine-class schemes (see the header for the source).
constexpr std::array<Ramp, 8> ramps{{
    {"YlGnBu", {0xffffd9, 0xedf8b1, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x253494, 0x081d58}},
    {"YlOrRd", {0xffffcc, 0xffeda0, 0xfed976, 0xfeb24c, 0xfd8d3c, 0xfc4e2a, 0xe31a1c, 0xbd0026, 0x800026}},
    {"Blues", {0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b}},
    {"Greens", {0xf7fcf5, 0xe5f5e0, 0xc7e9c0, 0xa1d99b, 0x74c476, 0x41ab5d, 0x238b45, 0x006d2c, 0x00441b}},
    {"Purples", {0xfcfbfd, 0xefedf5, 0xdadaeb, 0xbcbddc, 0x9e9ac8, 0x807dba, 0x6a51a3, 0x54278f, 0x3f007d}},
    {"RdYlBu", {0xd73027, 0xf46d43, 0xfdae61, 0xfee090, 0xffffbf, 0xe0f3f8, 0xabd9e9, 0x74add1, 0x4575b4}},
    {"PuOr", {0xb35806, 0xe08214, 0xfdb863, 0xfee0b6, 0xf7f7f7, 0xd8daeb, 0xb2abd2, 0x8073ac, 0x542788}},
    {"BrBG", {0x8c510a, 0xbf812d, 0xdfc27d, 0xf6e8c3, 0xf5f5f5, 0xc7eae5, 0x80cdc1, 0x35978f, 0x01665e}},
}};
constexpr std::size_t first_diverging = 5;

constexpr std::array<std::string_view, ramps.size()> names = [] {
  std::array<std::string_view, ramps.size()> result;
  for (std::size_t i = 0; i < ramps.size(); ++i) result[i] = ramps[i].name;
  return result;
}();

Colour from_rgb(std::uint32_t rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 255),
          static_cast<std::uint8_t>(rgb & 255), 255};
}

std::vector<double> known_sorted(std::span<const std::optional<double>> values) {
  std::vector<double> known;
  for (const auto& value : values)
    if (value && std::isfinite(*value)) known.push_back(*value);
  std::sort(known.begin(), known.end());
  return known;
}

// Where a value fills more than a class, it has one of its own, and the others are shared out anew.
std::vector<double> limits_around_ties(std::span<const double> sorted, int count) {
  std::vector<double> limits{sorted.front()};
  for (int left = count; left > 1; --left) {
    const double even = sorted[sorted.size() / static_cast<std::size_t>(left)];
    auto next = std::lower_bound(sorted.begin(), sorted.end(), even);
    if (even == limits.back()) next = std::upper_bound(sorted.begin(), sorted.end(), even);
    if (next == sorted.end()) break;
    limits.push_back(*next);
    sorted = sorted.subspan(static_cast<std::size_t>(next - sorted.begin()));
  }
  return limits;
}

std::vector<double> quantile_limits(const std::vector<double>& sorted, int count) {
  std::vector<double> limits{sorted.front()};
  for (int i = 1; i < count; ++i) {
    const double limit =
        sorted[sorted.size() * static_cast<std::size_t>(i) / static_cast<std::size_t>(count)];
    if (limit > limits.back()) limits.push_back(limit);
  }
  if (limits.size() < static_cast<std::size_t>(count)) limits = limits_around_ties(sorted, count);
  limits.push_back(sorted.back());
  // A last class that would hold only the largest value joins the one before it, unless most of a class is
  // there.
  const auto largest = std::lower_bound(sorted.begin(), sorted.end(), sorted.back());
  const bool few =
      static_cast<std::size_t>(sorted.end() - largest) < sorted.size() / static_cast<std::size_t>(count);
  if (few && limits.size() > 2 && limits[limits.size() - 2] == limits.back()) limits.pop_back();
  return limits;
}

}  // namespace

std::string_view class_method_name(ClassMethod method) {
  return method_names[static_cast<std::size_t>(method)];
}

std::optional<ClassMethod> class_method_from_name(std::string_view name) {
  const auto found = std::find(method_names.begin(), method_names.end(), name);
  if (found == method_names.end()) return std::nullopt;
  return static_cast<ClassMethod>(found - method_names.begin());
}

std::size_t Classes::class_of(double value) const {
  const auto inner_begin = limits.begin() + 1;
  const auto inner_end = limits.end() - 1;
  return static_cast<std::size_t>(std::upper_bound(inner_begin, inner_end, value) - inner_begin);
}

Classes classify(std::span<const std::optional<double>> values, ClassMethod method, int count) {
  const std::vector<double> sorted = known_sorted(values);
  if (sorted.empty()) return {};
  const double low = sorted.front();
  const double high = sorted.back();
  count = std::clamp(count, 1, max_classes);
  if (low == high) return {{low, high}};
  if (method == ClassMethod::quantile) return {quantile_limits(sorted, count)};
  if (method == ClassMethod::natural_breaks) {
    std::vector<double> limits = natural_breaks(sorted, count);
    limits.push_back(high);
    return {std::move(limits)};
  }
  Classes classes;
  for (int i = 0; i < count; ++i) classes.limits.push_back(low + (high - low) * i / count);
  classes.limits.push_back(high);
  return classes;
}

Classes classify_manual(std::span<const double> inner) {
  constexpr double open = std::numeric_limits<double>::infinity();
  std::vector<double> limits{inner.begin(), inner.end()};
  std::sort(limits.begin(), limits.end());
  limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
  limits.insert(limits.begin(), -open);
  limits.push_back(open);
  return {std::move(limits)};
}

Classes classify(std::span<const std::optional<double>> values, const ChoroplethSettings& settings) {
  if (settings.method != ClassMethod::manual) return classify(values, settings.method, settings.count);
  return settings.limits.empty() ? classify(values, ClassMethod::quantile, 1)
                                 : classify_manual(settings.limits);
}

std::span<const std::string_view> ramp_names() {
  return names;
}

std::vector<Colour> ramp(std::string_view name, int count, bool reversed) {
  const auto found =
      std::find_if(ramps.begin(), ramps.end(), [name](const Ramp& entry) { return entry.name == name; });
  const Ramp& chosen = found == ramps.end() ? ramps.front() : *found;
  const bool diverging = &chosen - ramps.data() >= static_cast<std::ptrdiff_t>(first_diverging);
  // Sequential ramps leave out the palest and the darkest: both hide what is drawn on them.
  const double first = diverging ? 0 : 0.6;
  const double last = diverging ? 8 : 6.6;
  count = std::clamp(count, 1, max_classes);
  std::vector<Colour> colours;
  for (int i = 0; i < count; ++i) {
    const double at = count == 1 ? (first + last) / 2 : first + (last - first) * i / (count - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min<std::size_t>(below + 1, 8);
    colours.push_back(mix(from_rgb(chosen.colours[below]), from_rgb(chosen.colours[above]),
                          at - static_cast<double>(below)));
  }
  if (reversed) std::reverse(colours.begin(), colours.end());
  return colours;
}

namespace {

constexpr int least_decimals = 1, most_decimals = 9;

// Whether neighbours that differ are written differently.
bool told_apart(std::span<const double> limits, const std::function<std::string(double, int)>& format,
                int decimals) {
  for (std::size_t i = 1; i < limits.size(); ++i) {
    const bool same =
        limits[i] == limits[i - 1] || !std::isfinite(limits[i]) || !std::isfinite(limits[i - 1]);
    if (!same && format(limits[i], decimals) == format(limits[i - 1], decimals)) return false;
  }
  return true;
}

}  // namespace

int Choropleth::decimals() const {
  int decimals = least_decimals;
  while (format && decimals < most_decimals && !told_apart(classes.limits, format, decimals)) ++decimals;
  return decimals;
}

std::string Choropleth::text_of(std::size_t number, int decimals) const {
  const auto written = [&](double limit) { return format ? format(limit, decimals) : std::to_string(limit); };
  const double from = classes.limits[number], below = classes.limits[number + 1];
  if (!std::isfinite(from)) return "< " + written(below);
  if (!std::isfinite(below)) return "≥ " + written(from);
  const std::string low = written(from), high = written(below);
  if (low == high) return low;
  // A class ends below the next one's beginning; only the last holds its end.
  return low + (number + 1 < classes.count() ? " – <" : " – ") + high;
}

std::vector<Choropleth::LegendEntry> Choropleth::legend() const {
  std::vector<LegendEntry> entries;
  const int digits = decimals();
  for (std::size_t i = 0; i < classes.count() && i < colours.size(); ++i)
    entries.push_back({colours[i], false, text_of(i, digits)});
  if (std::find(class_of_row.begin(), class_of_row.end(), unknown) != class_of_row.end())
    entries.push_back({Colour{}, true, unknown_label});
  return entries;
}

Choropleth make_choropleth(std::span<const std::optional<double>> values, Classes classes,
                           std::vector<Colour> colours) {
  Choropleth result;
  result.class_of_row.reserve(values.size());
  for (const auto& value : values) {
    const bool known = value && std::isfinite(*value) && classes.count() > 0;
    result.class_of_row.push_back(known ? static_cast<std::uint8_t>(classes.class_of(*value))
                                        : Choropleth::unknown);
  }
  result.classes = std::move(classes);
  result.colours = std::move(colours);
  return result;
}

}  // namespace xiangtu::render::scene
