#include "io/cell.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/message.hpp"
#include "base/text.hpp"

namespace xiangtu::io {

namespace {

constexpr double largest_exact = 9007199254740992.0;  // 2^53

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// Full-width ASCII (U+FF01–FF5E) as ASCII; other characters as they are.
std::string half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    if (i + 2 < text.size() && at(i) == 0xEF && (at(i + 1) == 0xBC || at(i + 1) == 0xBD)) {
      const unsigned code = 0xF000u | (at(i + 1) & 0x3Fu) << 6 | (at(i + 2) & 0x3Fu);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out.push_back(static_cast<char>(code - 0xFF01 + '!'));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

// A mantissa with '.' or a signed exponent: a number, not the name of a road such as "1E5".
bool written_as_power(std::string_view text, std::string_view& mantissa) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || e + 1 >= text.size()) return false;
  mantissa = text.substr(0, e);
  std::string_view exponent = text.substr(e + 1);
  const bool sign = exponent.front() == '+';
  if (sign) exponent.remove_prefix(1);
  const std::size_t dot = mantissa.find('.');
  if (dot == std::string_view::npos && !sign) return false;
  const std::string_view whole = mantissa.substr(0, dot);
  const std::string_view fraction = dot == std::string_view::npos ? "" : mantissa.substr(dot + 1);
  return all_digits(whole) && (fraction.empty() || all_digits(fraction)) && all_digits(exponent);
}

bool leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool valid_date(int year, int month, int day) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  const int last = month == 2 && leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
  return day <= last;
}

// The runs of digits; nothing when there are more than three or one is long. What parts them does
// not matter (so "2023年8月" needs no Chinese here), but a time after a space or 'T' is left out.
std::optional<std::vector<int>> digit_runs(std::string_view text) {
  std::vector<int> runs;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      if ((text[i] == 'T' || text[i] == ' ') && runs.size() == 3) break;
      const auto c = static_cast<unsigned char>(text[i]);
      if (c < 0x80 && std::string_view{"-/. "}.find(text[i]) == std::string_view::npos) return std::nullopt;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - i > 4 || runs.size() == 3) return std::nullopt;
    runs.push_back(static_cast<int>(*parse_integer(text.substr(i, end - i))));
    i = end;
  }
  return runs;
}

}  // namespace

Code code_of(double number) {
  if (!std::isfinite(number)) return {{}, false};
  if (number != std::floor(number)) return {format_exact(number), false};
  if (std::fabs(number) >= largest_exact) return {format_exact(number), true};
  return {fmt::format("{:.0f}", number == 0 ? 0.0 : number), false};
}

Code code_of(std::string_view source) {
  const std::string text = half_width(trim(source));
  if (all_digits(text)) return {text, false};
  if (text.size() > 2 && text.ends_with(".0") &&
      all_digits(std::string_view{text}.substr(0, text.size() - 2)))
    return {text.substr(0, text.size() - 2), false};
  std::string_view mantissa;
  if (!written_as_power(text, mantissa)) return {text, false};
  const auto number = parse_number(text);
  if (!number) return {text, false};
  Code code = code_of(*number);
  const auto digits = static_cast<std::size_t>(std::count_if(mantissa.begin(), mantissa.end(), is_digit));
  if (digits < code.text.size() || !all_digits(code.text)) return {text, true};
  return code;
}

std::optional<std::string> iso_date(std::string_view source) {
  const std::string text = half_width(trim(source));
  if (text.size() == 8 && all_digits(text))
    return iso_date(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2));
  if (text.size() < 4 || !all_digits(text.substr(0, 4))) return std::nullopt;
  const auto runs = digit_runs(text);
  if (!runs || runs->empty()) return std::nullopt;
  const int year = runs->at(0), month = runs->size() > 1 ? runs->at(1) : 1,
            day = runs->size() > 2 ? runs->at(2) : 1;
  if (!valid_date(year, month, day)) return std::nullopt;
  if (runs->size() == 1) return fmt::format("{:04}", year);
  if (runs->size() == 2) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::optional<int> year_of(std::string_view source) {
  const std::string text = half_width(trim(source));
  if (const auto date = iso_date(text)) return static_cast<int>(*parse_integer(date->substr(0, 4)));
  const auto runs = digit_runs(text);
  if (!runs || runs->size() != 3) return std::nullopt;
  const int a = runs->at(0), b = runs->at(1), year = runs->at(2);
  return valid_date(year, a, b) || valid_date(year, b, a) ? std::optional{year} : std::nullopt;
}

std::optional<std::string> tag_value(std::string_view tags, std::string_view key) {
  std::size_t at = 0;
  const auto quoted = [&](std::string& out) {
    out.clear();
    if (at >= tags.size() || tags[at] != '"') return false;
    for (++at; at < tags.size() && tags[at] != '"'; ++at) {
      if (tags[at] == '\\' && at + 1 < tags.size()) ++at;
      out.push_back(tags[at]);
    }
    if (at >= tags.size()) return false;
    ++at;
    return true;
  };
  std::string name, value;
  while (at < tags.size()) {
    if (!quoted(name) || tags.substr(at, 2) != "=>") return std::nullopt;
    at += 2;
    if (!quoted(value)) return std::nullopt;
    if (name == key) return value;
    while (at < tags.size() && (tags[at] == ',' || tags[at] == ' ')) ++at;
  }
  return std::nullopt;
}

}  // namespace xiangtu::io
