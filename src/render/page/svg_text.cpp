#include "render/page/svg_text.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "base/text.hpp"

namespace xiangtu::render::page {

namespace {

std::int64_t power_of_ten(int decimals) {
  std::int64_t power = 1;
  for (int i = 0; i < decimals; ++i) power *= 10;
  return power;
}

// A whole number of units of 10^-decimals.
void append_units(std::int64_t units, int decimals, std::string& text) {
  const std::int64_t power = power_of_ten(decimals);
  const std::int64_t size = units < 0 ? -units : units;
  if (units < 0) text += '-';
  if (size >= power || size == 0) fmt::format_to(std::back_inserter(text), "{}", size / power);
  std::int64_t rest = size % power;
  if (rest == 0) return;
  text += '.';
  for (std::int64_t digit = power / 10; rest > 0; digit /= 10) {
    text += static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
}

// Points as differences of rounded ones, so that nothing adds up.
class PathText {
 public:
  explicit PathText(int decimals)
      : decimals_(decimals), power_(static_cast<double>(power_of_ten(decimals))) {}

  void move(ScreenPoint p) {
    const Whole to = rounded(p);
    text_ += 'M';
    append_units(to.x, decimals_, text_);
    separate(to.y);
    append_units(to.y, decimals_, text_);
    here_ = start_ = to;
    last_ = 'M';
  }
  void line(ScreenPoint p) {
    const Whole to = rounded(p);
    if (to.x == here_.x && to.y == here_.y && last_ == 'l') return;
    command('l');
    add(to);
    here_ = to;
  }
  void curve(ScreenPoint a, ScreenPoint b, ScreenPoint c) {
    command('c');
    add(rounded(a));
    add(rounded(b));
    const Whole to = rounded(c);
    add(to);
    here_ = to;
  }
  void close() {
    text_ += 'z';
    here_ = start_;
    last_ = 'z';
  }
  std::string take() { return std::move(text_); }

 private:
  struct Whole {
    std::int64_t x = 0, y = 0;
  };
  Whole rounded(ScreenPoint p) const { return {std::llround(p.x * power_), std::llround(p.y * power_)}; }
  void command(char letter) {
    if (last_ != letter) text_ += letter;
    last_ = letter;
  }
  // Numbers are parted by a space where a sign does not do it.
  void separate(std::int64_t next) {
    if (next >= 0) text_ += ' ';
  }
  void add(Whole to) {
    const std::int64_t dx = to.x - here_.x, dy = to.y - here_.y;
    if (text_.back() != 'l' && text_.back() != 'c') separate(dx);
    append_units(dx, decimals_, text_);
    separate(dy);
    append_units(dy, decimals_, text_);
  }

  int decimals_;
  double power_;
  std::string text_;
  Whole here_, start_;
  char last_ = 0;
};

}  // namespace

void append_decimal(double number, int decimals, std::string& text) {
  append_units(std::llround(number * static_cast<double>(power_of_ten(decimals))), decimals, text);
}

std::string decimal(double number, int decimals) {
  std::string text;
  append_decimal(number, decimals, text);
  return text;
}

std::string path_data(const Path& path, int decimals) {
  PathText text{decimals};
  const ScreenPoint* point = path.points().data();
  for (const Path::Verb verb : path.verbs()) {
    switch (verb) {
      case Path::Verb::move:
        text.move(*point++);
        break;
      case Path::Verb::line:
        text.line(*point++);
        break;
      case Path::Verb::curve:
        text.curve(point[0], point[1], point[2]);
        point += 3;
        break;
      case Path::Verb::close:
        text.close();
        break;
    }
  }
  return text.take();
}

std::string xml_escaped(std::string_view utf8) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string escaped;
  const std::string clean = scrub_utf8(utf8);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const char c = clean[i];
    // U+FFFE and U+FFFF are characters of UTF-8, but not of XML.
    const bool barred = std::string_view{clean}.substr(i).starts_with("\xEF\xBF\xBE") ||
                        std::string_view{clean}.substr(i).starts_with("\xEF\xBF\xBF");
    if (barred) {
      escaped += replacement;
      i += 2;
    } else if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\t' || c == '\n' || c == '\r') {
      escaped += ' ';
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += replacement;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string colour_attribute(const char* name, scene::Colour colour) {
  std::string text = fmt::format(R"( {}="#{:02x}{:02x}{:02x}")", name, colour.r, colour.g, colour.b);
  if (colour.a < 255) text += fmt::format(R"( {}-opacity="{}")", name, decimal(colour.a / 255.0, 3));
  return text;
}

}  // namespace xiangtu::render::page
