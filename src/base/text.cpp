#include "base/text.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/compile.h>
#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace xiangtu {

namespace {

constexpr std::string_view ideographic_space = "\xE3\x80\x80";
constexpr std::string_view ascii_space = " \t\r\n\v\f";

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

// NFKC_Casefold of ASCII and of the CJK ideographs U+4E00 … U+9FFF, which stay as they are; false for others.
bool folded_plainly(std::string_view text, std::string& folded) {
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    if (byte(i) < 0x80) {
      folded.push_back(text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i]);
      continue;
    }
    const bool ideograph = byte(i) >= 0xE4 && byte(i) <= 0xE9 && i + 2 < text.size() &&
                           (byte(i) > 0xE4 || byte(i + 1) >= 0xB8) && (byte(i + 1) & 0xC0) == 0x80 &&
                           (byte(i + 2) & 0xC0) == 0x80;
    if (!ideograph) return false;
    folded.append(text.substr(i, 3));
    i += 2;
  }
  return true;
}

// Compatibility normalisation with case folding (Unicode NFKC_Casefold).
std::string compatibility_folded(std::string_view text) {
  if (std::string plain; folded_plainly(text, plain)) return plain;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) return std::string{text};
  const auto source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  std::string folded;
  normalizer->normalize(source, error).toUTF8String(folded);
  return U_FAILURE(error) ? std::string{text} : folded;
}

// "1,234,567.5" → "1234567.5"; false where the commas do not part thousands.
bool drop_thousands(std::string& digits) {
  const std::size_t first = digits.find(',');
  if (first == std::string::npos) return true;
  const std::size_t start = digits.find_first_of("0123456789");
  const std::size_t end = std::min(digits.find_first_of(".eE"), digits.size());
  if (start == std::string::npos || first < start || first - start > 3 || first == start) return false;
  for (std::size_t i = first; i < end; i += 4)
    if (digits[i] != ',' || i + 4 > end || digits.find(',', i + 1) < i + 4) return false;
  if (digits.find(',', end) != std::string::npos) return false;
  std::erase(digits, ',');
  return true;
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  text = trim(text);
  std::string plain = is_ascii(text) ? std::string{text} : compatibility_folded(text);
  if (plain.empty() || !drop_thousands(plain)) return std::nullopt;
  std::string_view digits = plain;
  if (digits.front() == '+') {
    digits.remove_prefix(1);
    if (digits.empty() || digits.front() == '-') return std::nullopt;
  }
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto is_edge = [](char c) {  // of nothing that is trimmed
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte != 0xE3 && byte != 0x80;
  };
  if (!text.empty() && is_edge(text.front()) && is_edge(text.back())) return text;
  for (;;) {
    const std::size_t before = text.size();
    while (!text.empty() && ascii_space.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && ascii_space.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    if (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size());
    if (text.ends_with(ideographic_space)) text.remove_suffix(ideographic_space.size());
    if (text.size() == before) return text;
  }
}

std::string fold(std::string_view text) {
  const std::string folded = compatibility_folded(trim(text));
  std::string_view rest = trim(folded);
  std::string out;
  out.reserve(rest.size());
  if (rest.size() > 1 && rest[0] == '-' && rest[1] >= '0' && rest[1] <= '9') {
    out.push_back('-');
    rest.remove_prefix(1);
  }
  bool gap = false;
  for (const char c : rest) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\n' || c == '\r') {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out.push_back('_');
    gap = false;
    out.push_back(c);
  }
  return out;
}

std::optional<double> parse_number(std::string_view text) {
  const auto number = parse_whole<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<long long> parse_integer(std::string_view text) {
  return parse_whole<long long>(text);
}

std::string format_fixed(double number, int decimals) {
  std::string text = fmt::format("{:.{}f}", number, decimals);
  if (text.starts_with('-') && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string format_number(double number, int decimals) {
  std::string text = format_fixed(number, decimals);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

void append_exact(std::string& text, double number) {
  constexpr double largest_whole = 1e15;  // above, fmt writes an exponent
  char digits[32];
  const auto whole = std::abs(number) < largest_whole ? static_cast<std::int64_t>(number) : 0;
  if (number == 0 || (whole != 0 && static_cast<double>(whole) == number))
    text.append(digits, std::to_chars(digits, digits + sizeof(digits), whole).ptr);
  else
    text.append(digits, fmt::format_to(digits, FMT_COMPILE("{}"), number));
}

std::string format_exact(double number) {
  std::string text;
  append_exact(text, number);
  return text;
}

std::string with_thousands(std::string digits) {
  const std::size_t end = std::min(digits.find('.'), digits.size());
  for (std::size_t at = end; at > 3 + (digits[0] == '-' ? 1u : 0u); at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

bool valid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 character;
    U8_NEXT(bytes, i, length, character);
    if (character < 0) return false;
  }
  return true;
}

std::u32string characters_of(std::string_view text) {
  constexpr char32_t replacement = 0xFFFD;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  std::u32string characters;
  characters.reserve(text.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 character;
    U8_NEXT(bytes, i, length, character);
    characters.push_back(character < 0 ? replacement : static_cast<char32_t>(character));
  }
  return characters;
}

std::string scrub_utf8(std::string_view text) {
  if (valid_utf8(text)) return std::string{text};
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())))
      .toUTF8String(out);
  return out;
}

int display_width(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  int width = 0;
  for (std::int64_t i = 0; i < length;) {
    UChar32 character;
    U8_NEXT(bytes, i, length, character);
    if (character < 0) {
      ++width;
      continue;
    }
    const int kind = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    if (u_charType(character) == U_NON_SPACING_MARK) continue;
    width += kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

}  // namespace xiangtu
